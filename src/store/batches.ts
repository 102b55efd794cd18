import type { Raw } from './client.ts'
import type { Claim } from './turns.ts'

export type Lease = { id: number; dispatchId: number; fence: number }

/**
 * Leases up to `count` batches that are due, for 15 s by the database's clock, those that waited longest first. Each
 * lease has a new fence. A sender takes only dispatches of its own kind.
 */
export async function leaseBatches(
  raw: Raw,
  { holder, transport, count }: { holder: string; transport: 'smtp' | 'mailbox'; count: number },
): Promise<Lease[]> {
  const rows = await raw`
    update batches b set holder = ${holder}::uuid, fence = b.fence + 1, leased_until = now() + interval '15 seconds'
    from (
      select b.id from batches b join dispatches d on d.id = b.dispatch_id
      where d.state = 'sending' and d.transport = ${transport}::transport
        and b.finished_at is null and b.holder is null and b.due_at <= now()
      order by b.due_at, b.id limit ${count}
      for update of b skip locked
    ) as free
    where b.id = free.id
    returning b.id, b.dispatch_id, b.fence`
  return rows
    .map(row => ({ id: Number(row.id), dispatchId: Number(row.dispatch_id), fence: Number(row.fence) }))
    .sort((a, b) => a.id - b.id)
}

/** Holds these leases for another 15 s, even where they ended unnoticed; answers those that are still ours. */
export async function renewLeases(raw: Raw, holder: string, ids: readonly number[]): Promise<Set<number>> {
  const rows = await raw`
    update batches set leased_until = now() + interval '15 seconds'
    where holder = ${holder}::uuid and id = any(${`{${ids.join()}}`}::text::bigint[]) and finished_at is null
    returning id`
  return new Set(rows.map(row => Number(row.id)))
}

/** What is left to do in a leased batch. Unknown ones are sent again where the dispatch's policy says so. */
export async function claimBatch(raw: Raw, lease: Lease): Promise<Claim[]> {
  const rows = await raw`
    select d.subscriber_id, d.newsletter_id, d.attempts, d.state
    from deliveries d join dispatches p on p.id = d.dispatch_id
    where d.dispatch_id = ${lease.dispatchId} and d.batch_id = ${lease.id}
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
export const failLate = (raw: Raw, holder: string, lease: Lease) => raw`
  with held as (
    select id from batches where id = ${lease.id} and holder = ${holder}::uuid and fence = ${lease.fence} for share
  ), late as (
    update deliveries d set state = 'failed', reply = 'too late', changed_at = now()
    from dispatches p, held
    where p.id = ${lease.dispatchId} and d.dispatch_id = ${lease.dispatchId} and d.batch_id = held.id
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
    select from deliveries d join dispatches p on p.id = d.dispatch_id
    where d.dispatch_id = ${lease.dispatchId} and d.batch_id = ${lease.id}
      and (d.state = 'pending' or (d.state = 'unknown' and p.unknown_policy = 'retry'))) as open) as rest
  where b.id = ${lease.id} and b.holder = ${holder}::uuid and b.fence = ${lease.fence}`

/** Gives leased batches back as they are, at once. Nothing of them may be in flight. */
export const releaseBatches = (raw: Raw, holder: string, ids: readonly number[]) => raw`
  update batches set holder = null, leased_until = null
  where holder = ${holder}::uuid and id = any(${`{${ids.join()}}`}::text::bigint[])`

/** Makes a batch for what is to be tried in `pause` milliseconds; answers its id. */
export async function addLaterBatch(raw: Raw, dispatchId: number, pause: number): Promise<number> {
  const [row] = await raw`
    insert into batches (dispatch_id, due_at)
    values (${dispatchId}, now() + ${pause}::float8 * interval '1 millisecond') returning id`
  return Number(row!.id)
}
