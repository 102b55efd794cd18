import { describe, expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { cancelDigest, pauseDigest, resumeDigest } from '../../src/actions/steer-dispatch.ts'
import { type DomainLimit, limitDomain, pauseDomain, unpauseDomain } from '../../src/store/mail-domains.ts'
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
  /** Of slow.example. */
  limit?: DomainLimit
  smtpUrl?: string
  config?: Parameters<typeof freshNewsroom>[0]['config']
}

/** A newsroom whose digest has started, and a mail server that follows the script. */
async function startedRoom(
  script: Script = () => undefined,
  { readers = 12, domains, newsletters = 1, limit, config, smtpUrl }: Wish = {},
) {
  const server = await startMisbehavingServer(script)
  atEnd(() => server.close())
  const room = await freshNewsroom({ smtpUrl: smtpUrl ?? server.url, ...(config && { config }) })
  const slugs = Array.from({ length: newsletters }, (_, n) => `n${n}`)
  const ids = await openNewsletters(room, ...slugs)
  for (const [n, id] of ids.entries())
    await addReaders(room.raw, readers, [id], { from: 1 + n * readers, ...(domains && { domains }) })
  if (limit) await limitDomain(room.services.db, 'slow.example', limit)
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

/** The batch of a reader, by number. */
const batchOf = async ({ raw }: Newsroom, reader: number): Promise<number> =>
  (
    await raw`select batch_id::int as id from deliveries join subscribers r on r.id = subscriber_id
      where r.address like ${`reader${reader}@%`}`
  )[0]!.id

/** Ends each pause, offer and lease, as time would. The columns round to the millisecond, up as well as down. */
const letTimePass = (raw: Newsroom['raw']) => raw`
  update batches set due_at = least(due_at, past),
    offered_until = case when offered_until > past then past else offered_until end,
    leased_until = case when leased_until > past then past else leased_until end
  from (select now() - interval '1 millisecond' as past) as clock where finished_at is null`

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

  test('gives way to breaking news that has no place, and goes on after it', async () => {
    const sink = await startSink({ takes: 200 })
    atEnd(() => sink.close())
    const { room, digest, newsletters } = await startedRoom(undefined, { readers: 160, smtpUrl: sink.url })
    const [id] = await offer(room, 1)
    const delivering = deliverAlone(room, id!)
    const breaking = await draftDigest(room, newsletters, 'Breaking')
    await dispatchDigest(room.services, breaking, { breaking: true })
    await tend(room)
    expect(await offer(room, 1)).toEqual([])
    await delivering
    expect((await readBalance(room, digest)).pending).toBeGreaterThan(0)
    const [next] = await offer(room, 1)
    expect(
      await room.raw`select from batches join dispatches d on d.id = dispatch_id
      where batches.id = ${next!} and d.breaking`,
    ).toHaveLength(1)
    // It has its place now: nobody else need give way.
    expect(await deliverAlone(room, id!)).toBe('done')
    expect(await readBalance(room, digest)).toMatchObject({ sent: 160 })
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

  test('that a greylist defers is offered when it is due, and not before', async () => {
    const { room, server, digest } = await startedRoom(({ moment, before }) =>
      moment === 'rcpt' && before === 0 ? '451 4.7.1 come back later' : undefined,
    )
    const retry = { pauses: [3_600_000], jitter: 0 }
    expect(await deliverDue(room, { retry })).toEqual(['done'])
    expect(server.received).toEqual([])
    expect(await readBalance(room, digest)).toMatchObject({ state: 'sending', pending: 12 })
    expect(await openBatches(room)).toMatchObject([{ free: true, later: true }])
    await letTimePass(room.raw)
    expect(await deliverDue(room)).toEqual(['done'])
    expectOnce(server, 12)
    expect(await readBalance(room, digest)).toMatchObject({ state: 'finished', sent: 12 })
  })

  test.each([
    ['all at once', {}],
    ['at the rate that all share', { sendRate: 20 }],
  ])('whose readers go out %s asks for no second connection to the database', async (_, config) => {
    const { room, server } = await startedRoom(undefined, { config })
    expect(await deliverDue(room)).toEqual(['done'])
    expectOnce(server, 12)
  })

  test.each<[string, Script, object]>([
    [
      'that would not have us',
      ({ moment }) => (moment === 'mail' ? '550 5.7.1 not from you' : undefined),
      { failed: 0, pending: 40 },
    ],
    [
      'that takes no session',
      ({ moment }) => (moment === 'connect' ? '554 no service' : undefined),
      { failed: 0, pending: 40 },
    ],
    [
      'that refuses all in the same words',
      ({ moment }) => (moment === 'rcpt' ? '550 5.1.1 unknown' : undefined),
      { failed: 0, pending: 40 },
    ],
    [
      'of whose readers too many fail',
      ({ moment, to }) => (moment === 'rcpt' ? `550 5.2.1 ${to} is closed` : undefined),
      { state: 'paused' },
    ],
  ])(
    'at a mail server %s pauses its digest, over one connection to the database',
    async (_, script, balance) => {
      const { room, digest } = await startedRoom(script, { readers: 40 })
      const [id] = await offer(room)
      await room.raw`update publication set failure_least = 20`
      await deliverAlone(room, id!)
      expect(await readBalance(room, digest)).toMatchObject({ state: 'paused', ...balance })
      expect((await openBatches(room)).every(batch => batch.free)).toBe(true)
      expect(await offer(room)).toEqual([])
      if ('pending' in balance) expect(await room.raw`select from suppressions`).toHaveLength(0)
    },
  )

  test('whose readers were refused in the words for which another consumer stopped the digest has them back', async () => {
    const words = '550 5.1.1 unknown'
    let refused = 0
    // The first newsletter's consumer comes to a stand before 20 of its readers are refused.
    const { room, server, digest } = await startedRoom(
      ({ moment, to }) => {
        if (moment !== 'body') return undefined
        return Number(/\d+/.exec(to)) > 30 || ++refused <= 10 ? words : 'hold'
      },
      { readers: 30, newsletters: 2 },
    )
    const [first, second] = await offer(room)
    const standing = await batchOf(room, 1)
    const delivering = deliverAlone(room, standing)
    const held = await heldBy(server, 4)
    await deliverAlone(room, first === standing ? second! : first!)
    expect(await readBalance(room, digest)).toMatchObject({ state: 'paused' })
    for (const message of held) message.says(words)
    await delivering
    expect(await readBalance(room, digest)).toMatchObject({ state: 'paused', failed: 0, pending: 60 })
    expect(await room.raw`select from suppressions`).toHaveLength(0)
  })

  test('whose reader was unknown, and has it, counts them, though another consumer put them off meanwhile', async () => {
    const { room, server, digest } = await startedRoom(
      ({ moment, before }) => {
        if (moment !== 'body' || before > 1) return undefined
        return before === 0 ? 'hold' : '451 4.2.0 later'
      },
      { readers: 1 },
    )
    await room.raw`update deliveries set state = 'unknown'`
    await room.raw`update dispatches set unknown = 1, pending = 0`
    const [id] = await offer(room)
    const delivering = deliverAlone(room, id!)
    const [message] = await heldBy(server, 1)
    await letTimePass(room.raw)
    await tend(room)
    await deliverAlone(room, id!, { retry: { pauses: [3_600_000], jitter: 0 } })
    expect(await readBalance(room, digest)).toMatchObject({ unknown: 0, pending: 1 })
    message!.says()
    await delivering
    expect(await readBalance(room, digest)).toMatchObject({ sent: 1, unknown: 0, pending: 0 })
    await letTimePass(room.raw)
    await deliverDue(room)
    expect(server.received).toHaveLength(2)
    expect(await readBalance(room, digest)).toMatchObject({ state: 'finished', sent: 1 })
  })
})

describe('a domain that has a limit', () => {
  const slow = { domains: ['slow.example'] }

  test('is one consumer’s, whatever comes out of the queue, and free for the next one after it', async () => {
    const { room, server, newsletters } = await startedRoom(
      ({ moment }) => (moment === 'body' ? 'hold' : undefined),
      { ...slow, readers: 4, limit: { connections: 2, perMinute: null } },
    )
    const second = await draftDigest(room, newsletters)
    await startNow(room, second)
    const ids = (await openBatches(room)).map(batch => batch.id)
    expect(ids).toHaveLength(2)
    const delivering = deliverAlone(room, ids[0]!)
    const first = await heldBy(server, 2)
    expect(await deliverAlone(room, ids[1]!)).toBe('not-to-be-had')
    expect(server.takeHeld()).toEqual([])
    for (const message of first) message.says()
    for (const message of await heldBy(server, 2)) message.says()
    expect(await delivering).toBe('done')
    const next = deliverAlone(room, ids[1]!)
    for (const round of [1, 2])
      for (const message of await heldBy(server, 2)) message.says(`250 2.0.0 taken ${round}`)
    expect(await next).toBe('done')
  })

  test('and is left alone between offer and lease keeps its batch for later', async () => {
    const { room, server } = await startedRoom(undefined, {
      ...slow,
      limit: { connections: 2, perMinute: null },
    })
    const [id] = await offer(room)
    await pauseDomain(room.raw, {
      domain: 'slow.example',
      ms: 60_000,
      reason: 'slow-down',
      reply: '421 4.7.0 no',
    })
    expect(await deliverAlone(room, id!)).toBe('not-to-be-had')
    await letTimePass(room.raw)
    expect(await offer(room)).toEqual([])
    await unpauseDomain(room.services.db, 'slow.example')
    expect(await deliverDue(room)).toEqual(['done'])
    expectOnce(server, 12)
  })

  test('goes out at its pace, and what is left when the time is up in the next turn', async () => {
    const { room, server } = await startedRoom(undefined, {
      ...slow,
      readers: 8,
      limit: { connections: null, perMinute: 120 },
    })
    const began = performance.now()
    const outcomes = await deliverDue(room, { time: 1200 })
    expect(outcomes.slice(0, -1).every(outcome => outcome === 'time-up')).toBe(true)
    expect(outcomes.length).toBeGreaterThan(1)
    expectOnce(server, 8)
    // 8 at 2 a second; the first may go at once.
    expect(performance.now() - began).toBeGreaterThan(3400)
  })
})
