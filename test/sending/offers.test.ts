import { expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { limitDomain, pauseDomain, unpauseDomain } from '../../src/store/mail-domains.ts'
import { withdrawOffers } from '../../src/store/offers.ts'
import { deliverAlone, offer } from '../support/batch-queue.ts'
import { addReaders, draftDigest, type Newsroom, openNewsletters } from '../support/sending.ts'
import { freshNewsroom, useSink } from '../support/sending-story.ts'

const sink = useSink()

/** A newsroom with newsletters of so many readers each. */
async function roomOf(readers: number, slugs: readonly string[], domains = ['one.example']) {
  const room = await freshNewsroom({ smtpUrl: sink.current.url })
  const newsletters = await openNewsletters(room, ...slugs)
  for (const [n, id] of newsletters.entries())
    await addReaders(room.raw, readers, [id], { from: 1 + n * readers, domains })
  return { room, newsletters }
}

/** Starts a digest in batches of so many readers; answers its dispatch. */
async function start(
  room: Newsroom,
  newsletters: readonly number[],
  { batch = 1000, breaking = false } = {},
): Promise<number> {
  const digest = await draftDigest(room, newsletters)
  const outcome = await dispatchDigest(room.services, digest, { breaking })
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  const { id } = outcome.dispatch
  await startDispatch(room.services, id)
  await cutSmaller(room, id, batch)
  return id
}

/** What a million readers would be, with a few: as many batches. */
const cutSmaller = ({ raw }: Newsroom, dispatch: number, size: number) => raw`
  with pieces as (
    select d.batch_id, b.newsletter_id, b.domain, b.due_at, array_agg(d.subscriber_id order by d.subscriber_id) as readers
    from (
      select *, (row_number() over (partition by batch_id order by subscriber_id) - 1) / ${size}::int as piece
      from deliveries where dispatch_id = ${dispatch}
    ) as d join batches b on b.id = d.batch_id
    where piece > 0 group by d.batch_id, b.newsletter_id, b.domain, b.due_at, piece
  ), made as (
    insert into batches (dispatch_id, newsletter_id, domain, due_at, first_reader, last_reader)
    select ${dispatch}, newsletter_id, domain, due_at, readers[1], readers[array_upper(readers, 1)] from pieces
    returning id, first_reader
  )
  update deliveries set batch_id = made.id from made join pieces on first_reader = readers[1]
  where dispatch_id = ${dispatch} and subscriber_id = any(readers)`

/** Of each dispatch, how many of these batches there are. */
async function ofEach({ raw }: Newsroom, ids: readonly number[], by = 'dispatch_id') {
  const rows = await raw`
    select ${raw(by)}::text as of, count(*)::int as n from batches where id = any(${ids as number[]}) group by 1`
  return Object.fromEntries(rows.map(row => [row.of, row.n]))
}

/** Ends each offer, as 30 s would. */
const endOffers = ({ raw }: Newsroom) =>
  raw`update batches set offered_until = now() - interval '1 millisecond' where offered_until is not null`

/** Has a consumer take it, and never end. */
const lease = ({ raw }: Newsroom, id: number) => raw`
  update batches set holder = gen_random_uuid(), leased_until = now() + interval '15 seconds', offered_until = null
  where id = ${id}`

/** Has a newsletter go out at this hour, or at another only. */
const keepHours = ({ raw }: Newsroom, id: number, hours: 'open' | 'closed') => raw`
  update newsletters set time_zone = 'UTC',
    sends_from = (now() at time zone 'UTC')::time + ${hours === 'open' ? '-1 hours' : '2 hours'}::interval,
    sends_until = (now() at time zone 'UTC')::time + ${hours === 'open' ? '1 hours' : '3 hours'}::interval
  where id = ${id}`

test('no more is offered than may be in hands, whoever asks, until a place is free', async () => {
  const { room, newsletters } = await roomOf(40, ['morning'])
  await start(room, newsletters, { batch: 4 })
  const both = (await Promise.all([offer(room, 3), offer(room, 3)])).flat()
  expect(new Set(both).size).toBe(3)
  expect(both).toHaveLength(3)
  await lease(room, both[0]!)
  expect(await offer(room, 3)).toEqual([])
  expect(await deliverAlone(room, both[1]!)).toBe('done')
  expect(await offer(room, 3)).toHaveLength(1)
})

test('what nobody came for is offered again, and what could not be offered at once', async () => {
  const { room, newsletters } = await roomOf(4, ['morning'])
  await start(room, newsletters)
  const [id] = await offer(room)
  expect(await offer(room)).toEqual([])
  await endOffers(room)
  expect(await offer(room)).toEqual([id])
  await withdrawOffers(room.services.db, [id!])
  expect(await offer(room)).toEqual([id])
})

test('a breaking digest goes first, in the queue too, and the others have as many places each', async () => {
  const { room, newsletters } = await roomOf(20, ['morning', 'evening'])
  const [first, second] = [
    await start(room, newsletters, { batch: 2 }),
    await start(room, newsletters, { batch: 2 }),
  ]
  const breaking = await start(room, [newsletters[0]!], { batch: 10, breaking: true })
  const ids = await offer(room, 10)
  expect(await ofEach(room, ids)).toEqual({ [breaking]: 2, [first]: 4, [second]: 4 })
  expect(await ofEach(room, ids.slice(0, 2))).toEqual({ [breaking]: 2 })
  expect(await ofEach(room, ids, 'newsletter_id')).toEqual({ [newsletters[0]!]: 6, [newsletters[1]!]: 4 })
})

test('with fewer places than digests none waits for the end of another', async () => {
  const { room, newsletters } = await roomOf(60, ['morning'])
  const dispatches = [
    await start(room, newsletters, { batch: 2 }),
    await start(room, newsletters, { batch: 2 }),
  ]
  const served: number[] = []
  for (let turn = 0; turn < 30; turn++) {
    const [id] = await offer(room, 1)
    await deliverAlone(room, id!)
    served.push(id!)
  }
  const of = await ofEach(room, served)
  // By chance alone one of them would have had none of 30 turns once in a thousand million times.
  for (const id of dispatches) expect(of[id]).toBeGreaterThan(0)
})

test('a domain that has a limit is offered once at a time, whatever is to go there', async () => {
  const { room, newsletters } = await roomOf(8, ['morning', 'evening'], ['slow.example'])
  await limitDomain(room.services.db, 'slow.example', { connections: 1, perMinute: null })
  await start(room, newsletters, { batch: 2 })
  await start(room, newsletters, { batch: 2 })
  const [id, ...others] = await offer(room)
  expect(others).toEqual([])
  await lease(room, id!)
  expect(await offer(room)).toEqual([])
  await room.raw`update batches set holder = null, leased_until = null, finished_at = now() where id = ${id!}`
  // A consumer that was killed still holds the domain: who came now would find it taken.
  await room.raw`update mail_domains set holder = gen_random_uuid(), leased_until = now() + interval '15 seconds'
    where domain = 'slow.example'`
  expect(await offer(room)).toEqual([])
  await room.raw`update mail_domains set leased_until = now() - interval '1 millisecond' where domain = 'slow.example'`
  expect(await offer(room)).toHaveLength(1)
})

test('a domain whose limit all share waits for none of its own', async () => {
  const { room, newsletters } = await roomOf(8, ['morning'], ['slow.example', 'one.example'])
  await limitDomain(room.services.db, 'slow.example', { connections: 1, perMinute: null })
  await start(room, newsletters, { batch: 1 })
  expect(await ofEach(room, await offer(room), 'domain')).toEqual({ '': 4, 'slow.example': 1 })
})

test('nothing is offered to a domain that is left alone, nor by night, until it is too late for all of it', async () => {
  const { room, newsletters } = await roomOf(2, ['morning'], ['slow.example'])
  const { db } = room.services
  await limitDomain(db, 'slow.example', { connections: 1, perMinute: null })
  await start(room, newsletters)
  await pauseDomain(room.raw, {
    domain: 'slow.example',
    ms: 60_000,
    reason: 'slow-down',
    reply: '421 4.7.0 no',
  })
  expect(await offer(room)).toEqual([])
  await unpauseDomain(db, 'slow.example')
  await keepHours(room, newsletters[0]!, 'closed')
  expect(await offer(room)).toEqual([])
  await keepHours(room, newsletters[0]!, 'open')
  const [id] = await offer(room)
  expect(id).toBeDefined()
  await endOffers(room)
  await keepHours(room, newsletters[0]!, 'closed')
  await room.raw`update dispatches set deliver_until = now()`
  expect(await offer(room)).toEqual([id])
})
