import { sql } from 'drizzle-orm'
import type { GrowthStep } from '../domain/growth.ts'
import { tryLock } from './advisory-locks.ts'
import type { Db, Queryable } from './client.ts'

/** In `reader_days`, those who read any newsletter. */
export const anyNewsletter = 0

/**
 * Counts the days of the publication's zone from the last one that was counted on, the day before today at least, since
 * a leaving can be taken back for 24 hours; at first all that the subscriptions still tell. Today's `active` is what
 * reads now, and earlier ones follow from it. A repeat changes nothing. One process at a time; another leaves it.
 */
export const countReaderDays = (db: Db): Promise<void> =>
  db.transaction(async tx => {
    if (!(await tryLock(tx, 'reader-days'))) return
    await tx.execute(sql`
      with zone as (
        select coalesce((select time_zone from publication), 'UTC') as name
      ), today as (
        select name as zone, (now() at time zone name)::date as day from zone
      ), start as (
        select zone, today.day as today, coalesce(
          (select least(max(day), today.day - 1) from reader_days having max(day) is not null),
          (select (min(since) at time zone zone)::date from subscriptions), today.day) as day
        from today
      ), span as (
        select zone, today, least(day, today) as day, (least(day, today)::timestamp at time zone zone) as moment from start
      ), ids as (
        select id from newsletters union all select ${anyNewsletter}::bigint
      ), joined as (
        select newsletter_id, (since at time zone span.zone)::date as day, count(*) as readers
        from span, subscriptions where since >= span.moment group by 1, 2
        union all
        select ${anyNewsletter}::bigint, day, count(*) from (
          select distinct p.subscriber_id, (p.since at time zone span.zone)::date as day
          from span, subscriptions p where p.since >= span.moment and not exists (
            select from subscriptions had where had.subscriber_id = p.subscriber_id and had.since < p.since
              and (had.ended_at is null or had.ended_at > p.since))
        ) as came group by day
      ), gone as (
        select newsletter_id, (ended_at at time zone span.zone)::date as day, count(*) as readers
        from span, subscriptions where ended_at >= span.moment group by 1, 2
        union all
        select ${anyNewsletter}::bigint, day, count(*) from (
          select distinct p.subscriber_id, (p.ended_at at time zone span.zone)::date as day
          from span, subscriptions p where p.ended_at >= span.moment and not exists (
            select from subscriptions has where has.subscriber_id = p.subscriber_id
              and has.since <= p.ended_at and (has.ended_at is null or has.ended_at > p.ended_at))
        ) as went group by day
      ), reading as (
        select newsletter_id, count(*) as readers, count(*) filter (where paused_until > now()) as pausing
        from subscriptions where state = 'active' group by 1
        union all
        select ${anyNewsletter}::bigint, count(distinct subscriber_id), 0 from subscriptions where state = 'active'
      ), days as (
        select ids.id, series::date as day, coalesce(joined.readers, 0) as joined, coalesce(gone.readers, 0) as gone,
          coalesce(reading.readers, 0) as reading, coalesce(reading.pausing, 0) as pausing
        from span cross join ids
        cross join generate_series(span.day::timestamp, span.today::timestamp, interval '1 day') as series
        left join joined on joined.newsletter_id = ids.id and joined.day = series::date
        left join gone on gone.newsletter_id = ids.id and gone.day = series::date
        left join reading on reading.newsletter_id = ids.id
      )
      insert into reader_days (newsletter_id, day, joined, gone, active, paused)
      select id, day, joined, gone, greatest(0, reading - coalesce(sum(joined - gone) over after_it, 0)), pausing
      from days window after_it as (partition by id order by day desc rows between unbounded preceding and 1 preceding)
      on conflict (newsletter_id, day) do update
        set joined = excluded.joined, gone = excluded.gone, active = excluded.active, paused = excluded.paused, counted_at = now()`)
  })

export type Period = { from: string; joined: number; gone: number; active: number }
type Wish = { newsletterId: number; since?: string; step: GrowthStep }

/** Who joined and left in each day, week (from Monday) or month, and who read at its end; the oldest first. */
export async function readerPeriods(db: Queryable, { newsletterId, since, step }: Wish): Promise<Period[]> {
  const rows = await db.execute<Period>(sql`
    select date_trunc(${step}, day::timestamp)::date::text as from, sum(joined)::int as joined, sum(gone)::int as gone,
      (array_agg(active order by day desc))[1] as active
    from reader_days where newsletter_id = ${newsletterId} and ${since === undefined ? sql`true` : sql`day >= ${since}::date`}
    group by 1 order by 1`)
  return [...rows]
}

export type GrowthOf = { newsletterId: number; joined: number; gone: number; active: number }

/** The same in one sum per newsletter, and for all of them together. */
export async function growthByNewsletter(
  db: Queryable,
  since: string | undefined,
): Promise<Map<number, GrowthOf>> {
  const rows = await db.execute<GrowthOf>(sql`
    select newsletter_id::int as "newsletterId", sum(joined)::int as joined, sum(gone)::int as gone,
      (array_agg(active order by day desc))[1] as active
    from reader_days where ${since === undefined ? sql`true` : sql`day >= ${since}::date`} group by 1`)
  return new Map(rows.map(row => [row.newsletterId, row]))
}

/** When the days were counted last. */
export async function lastReaderCount(db: Queryable): Promise<Date | undefined> {
  const [row] = await db.execute<{ at: string | null }>(sql`
    select counted_at as at from reader_days where newsletter_id = ${anyNewsletter} order by day desc limit 1`)
  return row?.at ? new Date(row.at) : undefined
}
