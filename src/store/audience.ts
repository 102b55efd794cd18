import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'

/**
 * Who a digest is for, as a query of (subscriber_id, newsletter_id): active, not paused, not suppressed, each reader
 * once, through the first of the newsletters, in their order, that the reader has.
 */
export const audienceOf = (newsletterIds: readonly number[]): SQL =>
  // Nobody has one newsletter twice: a million readers are found in a third of the time.
  newsletterIds.length === 1
    ? sql`
  select s.subscriber_id, s.newsletter_id from subscriptions s
  where s.newsletter_id = ${newsletterIds[0]}::bigint and ${getsIt}`
    : sql`
  select distinct on (s.subscriber_id) s.subscriber_id, s.newsletter_id
  from subscriptions s
  join unnest(${sql.param(newsletterIds)}::bigint[]) with ordinality as n(id, place) on n.id = s.newsletter_id
  where ${getsIt}
  order by s.subscriber_id, n.place`

const getsIt = sql`s.state = 'active'
  and (s.paused_until is null or s.paused_until <= now())
  and not exists (
    select from (
      select r.id from suppressions x join subscribers r on r.address_key = x.address_key
    ) as suppressed where suppressed.id = s.subscriber_id
  )`

/** How many readers a digest to these newsletters would reach now: each counted once. */
export async function countAudience(db: Queryable, newsletterIds: readonly number[]): Promise<number> {
  if (!newsletterIds.length) return 0
  const [row] = await db.execute(
    sql`select count(*)::int as readers from (${audienceOf(newsletterIds)}) as audience`,
  )
  return Number(row?.readers)
}

/** Those of the newsletters that nobody gets. */
export async function newslettersWithoutReaders(
  db: Queryable,
  newsletterIds: readonly number[],
): Promise<Set<number>> {
  const rows = await db.execute(sql`
    select n.id::int as id from unnest(${sql.param(newsletterIds)}::bigint[]) as n(id)
    where not exists (select from subscriptions s where s.newsletter_id = n.id and s.state = 'active')`)
  return new Set(rows.map(row => Number(row.id)))
}
