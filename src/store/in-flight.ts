import { sql } from 'drizzle-orm'
import type { Queryable, Raw } from './client.ts'
import { foldTallies, listTallied, withTallies } from './tallies.ts'

/**
 * Frees batches whose lease ended, and makes unknown exactly those of their deliveries that were in flight. First the
 * fence moves, which waits for a statement of the former holder that still runs, and then what it noted is read.
 * Answers how many became unknown.
 */
export async function reclaimExpired(raw: Raw): Promise<number> {
  const [row] = await raw`
    select exists (select from batches where finished_at is null and leased_until < now())
      or exists (select from in_flight f where f.subscriber_id is not null and not exists (
        select from batches b where b.id = f.batch_id and b.holder = f.holder and b.fence = f.fence)) as some`
  if (!row!.some) return 0
  const foldAll = async () => {
    for (const id of await listTallied(raw)) await foldTallies(raw, id)
  }
  return withTallies(foldAll, () => reclaimOnce(raw))
}

async function reclaimOnce(raw: Raw): Promise<number> {
  const [, unknown] = await raw.begin(tx => [
    tx`update batches set holder = null, leased_until = null, fence = fence + 1
      where finished_at is null and leased_until < now()`,
    tx`
      with orphans as (
        delete from in_flight f where f.subscriber_id is not null and not exists (
          select from batches b where b.id = f.batch_id and b.holder = f.holder and b.fence = f.fence)
        returning dispatch_id, subscriber_id
      ), changed as (
        update deliveries d set state = 'unknown', attempts = attempts + 1, changed_at = now(),
          reply = 'the sender ended before the server answered'
        from orphans o
        where d.dispatch_id = o.dispatch_id and d.subscriber_id = o.subscriber_id and d.state = 'pending'
        returning d.dispatch_id
      ), counted as (
        update dispatches p set unknown = unknown + t.n, pending = pending - t.n
        from (select dispatch_id, count(*)::int as n from changed group by 1) as t where p.id = t.dispatch_id
      )
      select count(*)::int as n from changed`,
  ])
  return Number(unknown?.[0]?.n ?? 0)
}

/** Forgets the connections of a sender that ends, but for those whose last result could not be written. */
export const forgetConnections = (raw: Raw, holder: string) =>
  raw`delete from in_flight where holder = ${holder}::uuid and subscriber_id is null`

/** Forgets idle connections of senders that hold nothing any more, most of which were killed. A living one notes its own anew. */
export const forgetDeadConnections = (db: Queryable) =>
  db.execute(sql`
    delete from in_flight f where f.subscriber_id is null
      and not exists (select from batches b where b.holder = f.holder and b.leased_until > now())`)
