import { expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { cancelDigest, pauseDigest, resumeDigest } from '../../src/actions/steer-dispatch.ts'
import { updatePublication } from '../../src/store/publication.ts'
import {
  addReaders,
  countRows,
  draftDigest,
  ended,
  type Newsroom,
  openNewsletters,
  readBalance,
  sendNow,
  startNow,
} from '../support/sending.ts'
import { freshNewsroom, useSink, withSenders } from '../support/sending-story.ts'
import { sharedNow } from '../support/shared-clock.ts'
import { until } from '../support/until.ts'

const connections = 5
const sink = useSink({ takes: 10 })

async function roomWith(readers: number, options: Partial<Parameters<typeof freshNewsroom>[0]> = {}) {
  await sink.current.clear()
  const room = await freshNewsroom({
    smtpUrl: sink.current.url,
    config: { smtpConnections: connections },
    ...options,
  })
  const [morning] = await openNewsletters(room, 'morning')
  await addReaders(room.raw, readers, [morning!])
  return { room, digest: await draftDigest(room, [morning!]) }
}

/** Some are sent, and many are not. */
const underWay = (room: Newsroom, digest: number) =>
  until('the first messages', async () => (await readBalance(room, digest)).sent > 20)

/** Every lane has handed in what it had. */
const atRest = (room: Newsroom) =>
  until('the lanes to rest', async () => {
    const [row] = await room.raw`select count(subscriber_id)::int as n from in_flight`
    return row!.n === 0
  })

test('a pause stops what has not started, and resuming sends the rest, to each once', async () => {
  const { room, digest } = await roomWith(600)
  await withSenders(room, [{}], async sender => {
    await dispatchDigest(room.services, digest)
    sender.wake()
    await underWay(room, digest)
    await pauseDigest(room.services, digest)
    const sentAtPause = await sink.current.count()
    await atRest(room)
    const paused = await readBalance(room, digest)
    expect(paused.state).toBe('paused')
    expect(paused.pending).toBeGreaterThan(0)
    // 100 ms, at 10 ms a message, and what was on the wire.
    expect((await sink.current.count()) - sentAtPause).toBeLessThanOrEqual(connections * 11)
    expect(paused.sent).toBe(await sink.current.count())
    await resumeDigest(room.services, digest)
    sender.wake()
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: 600 })
  })
  const records = await sink.current.records()
  expect(new Set(records.map(record => record.to)).size).toBe(600)
  expect(records).toHaveLength(600)
})

test('a cancel is final: what was not sent stays pending, and the balance holds', async () => {
  const { room, digest } = await roomWith(600)
  await withSenders(room, [{}], async sender => {
    await dispatchDigest(room.services, digest)
    sender.wake()
    await underWay(room, digest)
    await cancelDigest(room.services, digest)
    await atRest(room)
    const balance = await readBalance(room, digest)
    expect(balance).toMatchObject({ state: 'cancelled', sent: await sink.current.count() })
    expect(balance.pending).toBeGreaterThan(0)
    expect(await countRows(room.raw, digest)).toEqual({ sent: balance.sent, pending: balance.pending })
  })
})

test('who left, was suppressed, erased or paused after the audience was fixed gets nothing', async () => {
  const { room, digest } = await roomWith(10)
  const { raw } = room
  const outcome = await dispatchDigest(room.services, digest)
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  await startDispatch(room.services, outcome.dispatch.id)
  const [one, two, three, four, five] = (await raw`select id from subscribers order by id`).map(row =>
    Number(row.id),
  )
  await raw`update subscriptions set state = 'ended', ended_at = now(), end_reason = 'left' where subscriber_id = ${one!}`
  await raw`insert into suppressions (address_key, address_hash, hash_version, cause)
    select address_key, sha256(address_key::bytea), 1, 'complained' from subscribers where id = ${two!}`
  await raw`delete from subscribers where id = ${three!}`
  await raw`update subscriptions set paused_until = now() + interval '1 day' where subscriber_id = ${four!}`
  await raw`update subscribers set address = 'moved@new.example', address_key = 'moved@new.example' where id = ${five!}`
  await withSenders(room, [{}], async () => {
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: 6, suppressed: 4, pending: 0 })
  })
  const to = (await sink.current.records()).map(record => record.to)
  expect(to).toHaveLength(6)
  expect(to).toContain('moved@new.example')
})

test('SEND_RATE holds over all senders of the database', async () => {
  const { room, digest } = await roomWith(80, { config: { smtpConnections: connections, sendRate: 50 } })
  await startNow(room, digest)
  const begun = sharedNow()
  await withSenders(room, [{}, {}], () => ended(room, digest))
  const began = (await sink.current.records()).map(record => record.began)
  expect(began).toHaveLength(80)
  // All of it is theirs while no notice waits. A turn may be used late, none early; 2 % is for the clocks.
  expect(Math.max(...began) - begun).toBeGreaterThan((79 / 50) * 1000 * 0.98)
})

test('a sender leaves what goes by another way', async () => {
  const { room, digest } = await roomWith(5)
  const toMailbox = {
    ...room.services,
    config: { ...room.services.config, transport: { kind: 'mailbox' } as const },
  }
  const [morning] = await openNewsletters(room, 'morning')
  const other = await draftDigest(room, [morning!])
  await dispatchDigest(toMailbox, other)
  await withSenders(room, [{}], sender => sendNow(room, digest, sender))
  expect(await readBalance(room, other)).toMatchObject({ state: 'scheduled', intended: 0 })
})

test('a copy of the database under another address sends nothing, and says so', async () => {
  const { room, digest } = await roomWith(5)
  await updatePublication(room.services.db, { home: 'https://news.bulletin.example' })
  const said: string[] = []
  const note = (_: object, text: string) => void said.push(text)
  await dispatchDigest(room.services, digest)
  await withSenders(room, [{ services: { log: { info: note, warn: note, error: note } } }], async () => {
    await until('the sender to say that it is a copy', () => said.some(text => text.includes('copy')))
  })
  expect(await readBalance(room, digest)).toMatchObject({ state: 'scheduled' })
  expect(await sink.current.count()).toBe(0)
})
