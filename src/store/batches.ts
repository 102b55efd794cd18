import type { Row } from 'postgres'
import type { Raw } from './client.ts'
import { partitionName } from './ledger.ts'
import { newsletterHours, openNow } from './open-hours.ts'
import { foldTallies, withTallies } from './tallies.ts'
import type { Claim } from './turns.ts'

/** The part of a dispatch that goes through one newsletter, and to one domain where that has a limit (else empty). */
export type Stream = { dispatchId: number; newsletterId: number; domain: string }

export type Lease = Stream & {
  id: number
  fence: number
  /** Between whom its readers lie; absent: they were moved here. */
  readers?: { first: number; last: number }
  breaking: boolean
  /** Something in it may have to fail as too late. */
  late: boolean
}

const leaseStatement = (which = '') => `
  with streams as (
    select d.id as dispatch_id, r.newsletter_id, m.domain, d.breaking, d.deliver_until <= now() as is_over,
      d.deliver_until <= now() or exists (
        select from renderings o join dispatches newer on newer.id = o.dispatch_id
        where o.newsletter_id = r.newsletter_id and newer.started_at > d.started_at
      ) as late
    from dispatches d
    join renderings r on r.dispatch_id = d.id
    ${newsletterHours('r.newsletter_id')}
    cross join jsonb_to_recordset($3::text::jsonb) as m(domain text, ours boolean)
    where d.state = 'sending' and d.transport = $2::transport and (d.deliver_until <= now() or (m.ours and ${openNow}))
      and not exists (
        select from jsonb_to_recordset($4::text::jsonb) as ready("dispatchId" bigint, "newsletterId" bigint, domain text)
        where ready."dispatchId" = d.id and ready."newsletterId" = r.newsletter_id and ready.domain = m.domain
      )
  )
  update batches b set holder = $1::uuid, fence = b.fence + 1, leased_until = now() + interval '15 seconds',
    offered_until = null
  from (
    select free.id, s.breaking, s.late from streams s cross join lateral (
      select id from batches
      where dispatch_id = s.dispatch_id and newsletter_id = s.newsletter_id and domain = s.domain
        and finished_at is null and holder is null and due_at <= now() ${which}
      order by due_at, id limit 1 for update skip locked
    ) as free
  ) as free
  where b.id = free.id
  returning b.id, b.dispatch_id, b.newsletter_id, b.domain, b.first_reader, b.last_reader, b.fence, free.breaking, free.late`
const leaseAny = leaseStatement()
const leaseThis = leaseStatement('and id = $5::bigint')

/**
 * Leases a batch that is due, of each stream but those that are `ready`, for 15 s by the database's clock; the one that
 * waited longest first. Each lease has a new fence. Only within the newsletter's hours, and for domains that are `ours`
 * now; what is past its time to deliver is leased whenever, since it only has to fail. A sender takes only dispatches
 * of its own kind.
 */
export async function leaseBatches(
  raw: Raw,
  { holder, transport }: Holder,
  { domains, ready }: { domains: Standing; ready: readonly Stream[] },
): Promise<Lease[]> {
  const rows = await raw.unsafe(
    leaseAny,
    [holder, transport, standing(domains), JSON.stringify(ready.map(streamOf))],
    { prepare: true },
  )
  return rows.map(leaseOf)
}

/** Leases this one batch on the same terms; undefined where it is not to be had. */
export async function leaseBatch(
  raw: Raw,
  { holder, transport }: Holder,
  domains: Standing,
  id: number,
): Promise<Lease | undefined> {
  const [row] = await raw.unsafe(leaseThis, [holder, transport, standing(domains), '[]', id], {
    prepare: true,
  })
  return row && leaseOf(row)
}

/** The domain whose limit an open batch waits for, empty where there is none; undefined where it is finished or gone. */
export async function domainOfBatch(raw: Raw, id: number): Promise<string | undefined> {
  const [row] = await raw`select domain from batches where id = ${id} and finished_at is null`
  return row?.domain
}

type Holder = { holder: string; transport: 'smtp' | 'mailbox' }
/** What a sender may send to now: all that have no limit, and of the others those that are `ours`. */
type Standing = readonly { domain: string; ours: boolean }[]

const standing = (domains: Standing) => JSON.stringify([{ domain: '', ours: true }, ...domains])

function leaseOf(row: Row): Lease {
  return {
    id: Number(row.id),
    dispatchId: Number(row.dispatch_id),
    newsletterId: Number(row.newsletter_id),
    domain: row.domain,
    fence: Number(row.fence),
    ...(row.first_reader !== null && {
      readers: { first: Number(row.first_reader), last: Number(row.last_reader) },
    }),
    breaking: row.breaking,
    late: row.late,
  }
}

const streamOf = ({ dispatchId, newsletterId, domain }: Stream): Stream => ({
  dispatchId,
  newsletterId,
  domain,
})

const renewStatement = (condition: string) => `
  update batches b set leased_until = now() + interval '15 seconds'
  from (
    select held.id, ${condition} and coalesce(m.paused_until <= now(), true) and d.deliver_until > now()
      and (m.connections is null and m.per_minute is null or coalesce(m.holder = $1::uuid, false))
      and ${openNow} as may_go_on
    from batches held join dispatches d on d.id = held.dispatch_id
    ${newsletterHours('held.newsletter_id')}
    left join mail_domains m on m.domain = held.domain
    where held.id = any($2::text::bigint[])
  ) as held
  where b.id = held.id and b.holder = $1::uuid and b.finished_at is null
  returning b.id, held.may_go_on`

/** Of a dispatch `d`: breaking itself, or no breaking batch is to be had that nobody has or was offered. */
const isInNobodysWay = `(d.breaking or not exists (
  select from batches w join dispatches p on p.id = w.dispatch_id
  ${newsletterHours('w.newsletter_id')}
  where p.breaking and p.state = 'sending' and p.transport = d.transport and w.domain = '' and w.finished_at is null
    and w.holder is null and w.due_at <= now() and coalesce(w.offered_until <= now(), true) and ${openNow}))`

const renewing = { alone: renewStatement('true'), 'giving-way': renewStatement(isInNobodysWay) }

/** What is still a sender's, by its id, and whether what is in it may be sent now. */
export type Renewed = Map<number, { mayGoOn: boolean }>

/**
 * Holds these leases for another 15 s, even where they ended unnoticed. Answers those that are still ours, and whether
 * what is in them may be sent now: the hours of its newsletter may be over, its domain paused or another sender's, its
 * time to deliver past. `giving-way`: nor where a breaking dispatch waits for a place.
 */
export async function renewLeases(
  raw: Raw,
  holder: string,
  ids: readonly number[],
  how: keyof typeof renewing = 'alone',
): Promise<Renewed> {
  const rows = await raw.unsafe(renewing[how], [holder, `{${ids.join()}}`], { prepare: true })
  return new Map(rows.map(row => [Number(row.id), { mayGoOn: row.may_go_on }]))
}

/** The deliveries `d` of a batch. */
const inBatch = (raw: Raw, { id, readers }: Lease) =>
  readers
    ? raw`d.subscriber_id between ${readers.first} and ${readers.last} and d.batch_id = ${id}`
    : raw`d.moved and d.batch_id = ${id}`

/** What is left to do in a leased batch. Unknown ones are sent again where the dispatch's policy says so. */
export async function claimBatch(raw: Raw, lease: Lease): Promise<Claim[]> {
  const rows = await raw`
    select d.subscriber_id, d.newsletter_id, d.attempts, d.state
    from ${raw(partitionName(lease.dispatchId))} d join dispatches p on p.id = d.dispatch_id
    where d.dispatch_id = ${lease.dispatchId} and ${inBatch(raw, lease)}
      and (d.state = 'pending' or (d.state = 'unknown' and p.unknown_policy = 'retry'))
    order by d.subscriber_id`
  return rows.map(row => ({
    subscriberId: Number(row.subscriber_id),
    newsletterId: Number(row.newsletter_id),
    attempts: Number(row.attempts),
    was: row.state,
    batchId: lease.id,
    fence: lease.fence,
  }))
}

/**
 * Fails as "too late" what is pending in a leased batch: all of it once the dispatch's time to deliver is over, and
 * what was tried before once the next edition of its newsletter has started. Moves the counters with it.
 */
export async function failLate(raw: Raw, holder: string, lease: Lease): Promise<void> {
  await withTallies(
    () => foldTallies(raw, lease.dispatchId),
    () => failLateOnce(raw, holder, lease),
  )
}

const failLateOnce = (raw: Raw, holder: string, lease: Lease) => raw`
  with held as (
    select id from batches where id = ${lease.id} and holder = ${holder}::uuid and fence = ${lease.fence} for share
  ), late as (
    update deliveries d set state = 'failed', reply = 'too late', changed_at = now()
    from dispatches p, held
    where p.id = ${lease.dispatchId} and d.dispatch_id = ${lease.dispatchId} and ${inBatch(raw, lease)}
      and d.state = 'pending'
      and (p.deliver_until <= now() or (d.attempts > 0 and exists (
        select from renderings r join dispatches newer on newer.id = r.dispatch_id
        where r.newsletter_id = d.newsletter_id and newer.started_at > p.started_at)))
    returning 1
  ), t as (select count(*)::int as n from late)
  update dispatches set failed = failed + t.n, pending = pending - t.n
  from t where id = ${lease.dispatchId} and t.n > 0`

/** Finishes a leased batch, or frees it for a second look where something in it is still to do. */
export const endBatch = (raw: Raw, holder: string, lease: Lease) => raw`
  update batches b set holder = null, leased_until = null,
    finished_at = case when rest.open then null else now() end,
    due_at = case when rest.open then now() + interval '1 second' else b.due_at end
  from (select exists (
    select from ${raw(partitionName(lease.dispatchId))} d join dispatches p on p.id = d.dispatch_id
    where d.dispatch_id = ${lease.dispatchId} and ${inBatch(raw, lease)}
      and (d.state = 'pending' or (d.state = 'unknown' and p.unknown_policy = 'retry'))) as open) as rest
  where b.id = ${lease.id} and b.holder = ${holder}::uuid and b.fence = ${lease.fence}`

/** Gives leased batches back as they are, at once. Nothing of them may be in flight. */
export const releaseBatches = (raw: Raw, holder: string, ids: readonly number[]) => raw`
  update batches set holder = null, leased_until = null
  where holder = ${holder}::uuid and id = any(${`{${ids.join()}}`}::text::bigint[])`

/** Makes a batch for what is to be tried in `pause` milliseconds; answers its id. */
export async function addLaterBatch(raw: Raw, stream: Stream, pause: number): Promise<number> {
  const [row] = await raw`
    insert into batches (dispatch_id, newsletter_id, domain, due_at)
    values (${stream.dispatchId}, ${stream.newsletterId}, ${stream.domain},
      now() + ${pause}::float8 * interval '1 millisecond') returning id`
  return Number(row!.id)
}
