import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { anyNewsletter } from './reader-days.ts'

/** Up to so many are counted exactly for a page: 3 ms for each newsletter. */
const countedExactly = 10_000

/**
 * Active subscriptions of each newsletter, and how many of them pause, by the newsletter's id. Beyond 10,000 it is what
 * the days of growth counted last, minutes ago: a million would take 0.2 s at every view.
 */
export async function countReaders(db: Queryable): Promise<Map<number, { active: number; paused: number }>> {
  const rows = await db.execute<{ id: number; active: number; paused: number }>(sql`
    select n.id::int as id, coalesce(kept.active, few.active)::int as active, coalesce(kept.paused, few.paused)::int as paused
    from newsletters n
    cross join lateral (
      select count(*) as active, count(*) filter (where paused_until > now()) as paused from (
        select paused_until from subscriptions where newsletter_id = n.id and state = 'active' limit ${countedExactly + 1}
      ) as first_ones
    ) as few
    left join lateral (
      select active, paused from reader_days where newsletter_id = n.id and few.active > ${countedExactly} order by day desc limit 1
    ) as kept on true`)
  return new Map(rows.map(({ id, active, paused }) => [id, { active, paused }]))
}

/** How many readers get at least one newsletter, and how many get none any more, where these are few enough to count. */
export async function countSubscribers(
  db: Queryable,
): Promise<{ reading: number; none: number | undefined }> {
  const [row] = await db.execute<{ all: number; reading: number; kept: number | null }>(sql`
    select all_of_them as all, (
        select count(distinct subscriber_id)::int from subscriptions where state = 'active' and all_of_them <= ${countedExactly}
      ) as reading,
      (select active from reader_days where newsletter_id = ${anyNewsletter} order by day desc limit 1) as kept
    from (select count(*)::int as all_of_them from (select from subscribers limit ${countedExactly + 1}) as first_ones) as counted`)
  const { all, reading, kept } = row!
  return all <= countedExactly ? { reading, none: all - reading } : { reading: kept ?? all, none: undefined }
}

/** A count that stops: beyond 10,000 it says no more than that. */
export type UpTo = { count: number; more: boolean }

const upTo = (count: number): UpTo => ({
  count: Math.min(count, countedExactly),
  more: count > countedExactly,
})

/** Sign-ups that nobody has confirmed yet, and suppressed addresses. */
export async function countWaitingAndSuppressed(db: Queryable): Promise<{ waiting: UpTo; suppressed: UpTo }> {
  const [row] = await db.execute<{ waiting: number; suppressed: number }>(sql`
    select
      (select count(*)::int from (select from sign_ups where state in ('waiting', 'asked') limit ${countedExactly + 1}) as w) as waiting,
      (select count(*)::int from (select from suppressions limit ${countedExactly + 1}) as s) as suppressed`)
  return { waiting: upTo(row!.waiting), suppressed: upTo(row!.suppressed) }
}
