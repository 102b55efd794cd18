import { expect, test } from 'vitest'
import { cancelDigest } from '../../src/actions/steer-dispatch.ts'
import { finishDispatches } from '../../src/store/dispatches.ts'
import { digestsOutOfBalance } from '../../src/store/examination.ts'
import { takeBack } from '../../src/store/take-back.ts'
import { deliverAlone, offer } from '../support/batch-queue.ts'
import { startMisbehavingServer } from '../support/misbehaving-smtp.ts'
import {
  addReaders,
  countRows,
  draftDigest,
  ended,
  openNewsletters,
  readBalance,
  startNow,
} from '../support/sending.ts'
import { freshNewsroom, heldBy, useSink, withSenders } from '../support/sending-story.ts'

// Batches that are delivered by themselves count in rows of their own: what is read is the sum, at every moment.

const sink = useSink()

async function roomWith(readers: number, smtpUrl = sink.current.url) {
  const room = await freshNewsroom({ smtpUrl })
  const [morning] = await openNewsletters(room, 'morning')
  await addReaders(room.raw, readers, [morning!])
  const digest = await draftDigest(room, [morning!])
  const dispatch = await startNow(room, digest)
  return { room, digest, dispatch }
}

const byEditor = { kind: 'service' } as const

test('a batch waits for nobody who holds its dispatch', async () => {
  const { room, digest, dispatch } = await roomWith(20)
  const [batch] = await offer(room)
  const { raw } = room
  await raw.begin(async tx => {
    await tx`update dispatches set active_at = now() where id = ${dispatch}`
    expect(await deliverAlone(room, batch!)).toBe('done')
    expect(await readBalance(room, digest)).toMatchObject({ sent: 20, pending: 0 })
  })
  expect(await raw`select sent from dispatches`).toEqual([{ sent: 0 }])
  await finishDispatches(room.services.db, 'smtp')
  expect(await raw`select state, intended, sent, pending from dispatches`).toEqual([
    { state: 'finished', intended: 20, sent: 20, pending: 0 },
  ])
  expect(await raw`select from tallies`).toHaveLength(0)
})

test('two batches count at once, and what is cancelled on the way adds up', async () => {
  const server = await startMisbehavingServer(({ moment }) => (moment === 'body' ? 'hold' : undefined))
  const { room, digest } = await roomWith(1010, server.url)
  const batches = await offer(room)
  expect(batches).toHaveLength(2)
  const deliveries = batches.map(id => deliverAlone(room, id, { connections: 2 }))
  const held = await heldBy(server, 4)
  expect(await readBalance(room, digest)).toMatchObject({ intended: 1010, sent: 0, pending: 1010 })
  await cancelDigest(room.services, digest, byEditor)
  for (const { says } of held) says()
  await Promise.all(deliveries)
  expect(await readBalance(room, digest)).toMatchObject({ state: 'cancelled', sent: 4, pending: 1006 })
  expect(await countRows(room.raw, digest)).toEqual({ sent: 4, pending: 1006 })
  expect((await room.raw`select from tallies`).length).toBe(2)
  expect(await digestsOutOfBalance(room.services.db)).toEqual([])
  await room.raw`update tallies set sent = sent + 1, pending = pending - 1 where slot = (select min(slot) from tallies)`
  expect(await digestsOutOfBalance(room.services.db)).toEqual([digest])
})

test('a sender on Node goes on where batches by themselves have counted what it takes', async () => {
  const { room, digest, dispatch } = await roomWith(5)
  const { raw } = room
  // A crash left five unknown, and a batch by itself put them off: the dispatch's own row knows of no pending one.
  await raw`update dispatches set unknown = 5, pending = 0 where id = ${dispatch}`
  await raw`insert into tallies (dispatch_id, slot, sent, failed, suppressed, unknown, pending)
    values (${dispatch}, 3, 0, 0, 0, -5, 5)`
  expect(await readBalance(room, digest)).toMatchObject({ unknown: 0, pending: 5 })
  await withSenders(room, [{}], async () => {
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: 5, pending: 0 })
  })
  expect(await digestsOutOfBalance(room.services.db)).toEqual([])
})

test('what a batch counts as failed while it is taken back is taken back', async () => {
  const { room, digest, dispatch } = await roomWith(2)
  const { raw } = room
  const readers = (await raw`select subscriber_id::int as id from deliveries`).map(row => row.id)
  const waiting = [...readers]
  const count = async () => {
    const reader = waiting.shift()
    if (reader === undefined) return
    await raw`update deliveries set state = 'failed' where subscriber_id = ${reader}`
    await raw`insert into tallies (dispatch_id, slot, sent, failed, suppressed, unknown, pending)
      values (${dispatch}, 3, 0, 1, 0, 0, -1)`
  }
  await count()
  // The other as soon as the first one's tally is home, as from a process of its own.
  const interrupted = new Proxy(raw, {
    get: (target, key) =>
      key === 'unsafe'
        ? async (query: string, given: number[]) => {
            await target.unsafe(query, given)
            await count()
          }
        : Reflect.get(target, key),
  })
  await takeBack(interrupted, { dispatchId: dispatch, readers, pause: 0 })
  expect(await readBalance(room, digest)).toMatchObject({ failed: 0, pending: 2 })
  expect(await countRows(raw, digest)).toEqual({ pending: 2 })
})
