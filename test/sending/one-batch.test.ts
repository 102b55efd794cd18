import { describe, expect, test } from 'vitest'
import { cancelDigest, pauseDigest, resumeDigest } from '../../src/actions/steer-dispatch.ts'
import { atEnd } from '../support/at-end.ts'
import { deliverAlone, deliverDue, offer, tend } from '../support/batch-queue.ts'
import { type MisbehavingServer, type Script, startMisbehavingServer } from '../support/misbehaving-smtp.ts'
import {
  addReaders,
  draftDigest,
  type Newsroom,
  openNewsletters,
  readBalance,
  startNow,
} from '../support/sending.ts'
import { freshNewsroom, heldBy } from '../support/sending-story.ts'
import { startSink } from '../support/sink.ts'

// A Worker's consumer gets the id of a batch and delivers it: at least once, at any time, many at once.

type Wish = {
  readers?: number
  domains?: string[]
  newsletters?: number
  smtpUrl?: string
  config?: Parameters<typeof freshNewsroom>[0]['config']
}

/** A newsroom whose digest has started, and a mail server that follows the script. */
async function startedRoom(
  script: Script = () => undefined,
  { readers = 12, domains, newsletters = 1, config, smtpUrl }: Wish = {},
) {
  const server = await startMisbehavingServer(script)
  atEnd(() => server.close())
  const room = await freshNewsroom({ smtpUrl: smtpUrl ?? server.url, ...(config && { config }) })
  const slugs = Array.from({ length: newsletters }, (_, n) => `n${n}`)
  const ids = await openNewsletters(room, ...slugs)
  for (const [n, id] of ids.entries())
    await addReaders(room.raw, readers, [id], { from: 1 + n * readers, ...(domains && { domains }) })
  const digest = await draftDigest(room, ids)
  const dispatch = await startNow(room, digest)
  return { room, server, digest, dispatch, newsletters: ids }
}

/** So many readers have had it, each once. */
function expectOnce({ received }: MisbehavingServer, readers: number) {
  const to = received.map(message => message.to)
  expect(to).toHaveLength(readers)
  expect(new Set(to).size).toBe(readers)
}

const openBatches = async ({ raw }: Newsroom) =>
  (
    await raw`
    select id::int, holder is null as free, leased_until is null as unleased, due_at > now() as later,
      coalesce(offered_until > now(), false) as offered
    from batches where finished_at is null order by id`
  ).map(row => ({ ...row }))

/** Ends each pause, offer and lease, as time would. */
const letTimePass = (raw: Newsroom['raw']) => raw`
  update batches set due_at = least(due_at, now()),
    offered_until = case when offered_until > now() then now() else offered_until end,
    leased_until = case when leased_until > now() then now() else leased_until end
  where finished_at is null`

describe('a message of the queue', () => {
  test('delivers its batch, and nothing is left open', async () => {
    const { room, server, digest } = await startedRoom()
    const [id] = await offer(room)
    expect(await deliverAlone(room, id!)).toBe('done')
    expectOnce(server, 12)
    await tend(room)
    expect(await readBalance(room, digest)).toMatchObject({ state: 'finished', sent: 12 })
    expect(await openBatches(room)).toEqual([])
    expect(await room.raw`select from in_flight`).toHaveLength(0)
  })

  test('that comes twice, or for nobody, delivers nothing twice', async () => {
    const { room, server } = await startedRoom()
    const [id] = await offer(room)
    await deliverAlone(room, id!)
    expect(await deliverAlone(room, id!)).toBe('not-to-be-had')
    expect(await deliverAlone(room, 987_654)).toBe('not-to-be-had')
    expectOnce(server, 12)
  })

  test('that comes twice at once is delivered by one of the two', async () => {
    const { room, server } = await startedRoom()
    const [id] = await offer(room)
    const outcomes = await Promise.all([deliverAlone(room, id!), deliverAlone(room, id!)])
    expect(outcomes.toSorted()).toEqual(['done', 'not-to-be-had'])
    expectOnce(server, 12)
  })

  test('comes in any order, and before the one in front of it', async () => {
    const { room, server, digest } = await startedRoom(undefined, { readers: 4, newsletters: 3 })
    const ids = await offer(room)
    expect(ids).toHaveLength(3)
    for (const id of ids.toReversed()) expect(await deliverAlone(room, id)).toBe('done')
    expectOnce(server, 12)
    await tend(room)
    expect(await readBalance(room, digest)).toMatchObject({ state: 'finished', sent: 12 })
  })

  test('of a digest that goes to the built-in mailbox is none of a mail server’s', async () => {
    const { room, server } = await startedRoom()
    await room.raw`update dispatches set transport = 'mailbox'`
    expect(await offer(room)).toEqual([])
    const [batch] = await openBatches(room)
    expect(await deliverAlone(room, batch!.id)).toBe('not-to-be-had')
    expect(server.sessions()).toBe(0)
  })

  test('that reaches a copy of the installation sends nothing', async () => {
    const { room, server } = await startedRoom()
    const [id] = await offer(room)
    await room.raw`update publication set home = 'https://elsewhere.example'`
    expect(await deliverAlone(room, id!)).toBe('not-to-be-had')
    expect(server.sessions()).toBe(0)
  })
})

describe('a batch', () => {
  test.each([
    ['paused', pauseDigest],
    ['cancelled', cancelDigest],
  ])('whose digest is %s while it is in the queue is left alone', async (_, steer) => {
    const { room, server, digest } = await startedRoom()
    const [id] = await offer(room)
    await steer(room.services, digest)
    expect(await deliverAlone(room, id!)).toBe('not-to-be-had')
    expect(server.sessions()).toBe(0)
    await letTimePass(room.raw)
    expect(await offer(room)).toEqual([])
  })

  test.each([
    ['paused', pauseDigest],
    ['cancelled', cancelDigest],
  ])('whose digest is %s when half of it is sent goes no further, and is free', async (state, steer) => {
    const { room, server, digest } = await startedRoom(({ moment }) =>
      moment === 'body' ? 'hold' : undefined,
    )
    const [id] = await offer(room)
    const delivering = deliverAlone(room, id!)
    const onTheWire = await heldBy(server, 4)
    await steer(room.services, digest)
    for (const message of onTheWire) message.says()
    await delivering
    expectOnce(server, 4)
    expect(await readBalance(room, digest)).toMatchObject({ state, sent: 4, pending: 8 })
    expect(await openBatches(room)).toMatchObject([{ id, free: true }])
    if (state === 'cancelled') return
    expect(await offer(room)).toEqual([])
    await resumeDigest(room.services, digest)
    expect(await offer(room)).toEqual([id])
  })

  test('whose time is up is offered again at once, and the rest of it goes out', async () => {
    const sink = await startSink({ takes: 100 })
    atEnd(() => sink.close())
    const { room, digest } = await startedRoom(undefined, { readers: 60, smtpUrl: sink.url })
    const [id] = await offer(room)
    expect(await deliverAlone(room, id!, { time: 500 })).toBe('time-up')
    const { sent, unknown, pending } = await readBalance(room, digest)
    expect({ unknown, all: sent + pending }).toEqual({ unknown: 0, all: 60 })
    expect(pending).toBeGreaterThan(0)
    expect(await sink.count()).toBe(sent)
    expect(await deliverDue(room)).toEqual(['done'])
    expect(await readBalance(room, digest)).toMatchObject({ state: 'finished', sent: 60 })
    expect(new Set((await sink.records()).map(({ to }) => to)).size).toBe(60)
  })

  test('that finds no mail server goes to nobody for 30 s, and then out', async () => {
    const { room, server, digest } = await startedRoom()
    const away = { ...room, smtpUrl: 'smtp://127.0.0.1:1' }
    const [id] = await offer(room)
    expect(await deliverAlone(away, id!)).toBe('no-server')
    expect(await readBalance(room, digest)).toMatchObject({ state: 'sending', pending: 12 })
    expect(await openBatches(room)).toMatchObject([{ id, free: true, offered: true }])
    expect(await offer(room)).toEqual([])
    await letTimePass(room.raw)
    expect(await deliverDue(room)).toEqual(['done'])
    expectOnce(server, 12)
  })

  test('whose mail server ends each connection at its first message goes to nobody for 30 s', async () => {
    const { room, digest } = await startedRoom(({ moment }) => (moment === 'mail' ? 'drop' : undefined))
    expect(await deliverDue(room)).toEqual(['no-server'])
    expect(await readBalance(room, digest)).toMatchObject({ state: 'sending', pending: 12 })
  })
})
