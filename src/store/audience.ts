import { type SQL, sql } from 'drizzle-orm'
import type { Audience, Condition } from '../domain/audience.ts'
import type { Queryable } from './client.ts'

/** The newsletters, in order, and who of their readers. */
export type Readership = { newsletterIds: readonly number[]; audience?: Audience }

/**
 * Who a digest is for, as a query of (subscriber_id, newsletter_id): active, not paused, not suppressed, meeting each
 * condition, each reader once, through the first of the newsletters, in their order, that the reader has.
 */
export const audienceOf = ({ newsletterIds, audience = [] }: Readership): SQL =>
  // Nobody has one newsletter twice: a million readers are found in a third of the time.
  newsletterIds.length === 1
    ? sql`
  select s.subscriber_id, s.newsletter_id from subscriptions s
  where s.newsletter_id = ${newsletterIds[0]}::bigint and ${getsIt} ${eachOf(audience)}`
    : sql`
  select distinct on (s.subscriber_id) s.subscriber_id, s.newsletter_id
  from subscriptions s
  join unnest(${sql.param(newsletterIds)}::bigint[]) with ordinality as n(id, place) on n.id = s.newsletter_id
  where ${getsIt} ${eachOf(audience)}
  order by s.subscriber_id, n.place`

const getsIt = sql`s.state = 'active'
  and (s.paused_until is null or s.paused_until <= now())
  and not exists (
    select from (
      select r.id from suppressions x join subscribers r on r.address_key = x.address_key
    ) as suppressed where suppressed.id = s.subscriber_id
  )`

const eachOf = (audience: Audience): SQL =>
  sql.join(
    audience.map(one => (one.is ? sql`and ${holds(one)}` : sql`and not ${holds(one)}`)),
    sql` `,
  )

function holds(condition: Condition): SQL {
  switch (condition.kind) {
    case 'tag':
      return sql`exists (select from subscribers r where r.id = s.subscriber_id and r.tags @> array[${condition.tag}::text])`
    case 'attribute':
      return sql`exists (select from subscribers r, jsonb_each_text(r.attributes) as had where r.id = s.subscriber_id
        and lower(had.key) = lower(${condition.name}) and lower(had.value) = lower(${condition.value}))`
    case 'newsletter':
      return sql`exists (select from subscriptions o join newsletters m on m.id = o.newsletter_id
        where o.subscriber_id = s.subscriber_id and o.state = 'active' and m.slug = ${condition.newsletter})`
    case 'got':
      return sql`exists (select from deliveries d where d.subscriber_id = s.subscriber_id and d.state = 'sent'
        and d.dispatch_id = (select p.id from dispatches p where p.digest_id = ${condition.digest}::bigint))`
  }
}

/** How many readers a digest would reach now: each counted once. */
export async function countAudience(db: Queryable, readership: Readership): Promise<number> {
  if (!readership.newsletterIds.length) return 0
  const [row] = await db.execute(
    sql`select count(*)::int as readers from (${audienceOf(readership)}) as audience`,
  )
  return Number(row?.readers)
}

/** The digests of the conditions of which nobody knows who got them: never sent, or their ledger is gone. */
export async function digestsWithoutLedger(
  db: Queryable,
  digestIds: readonly number[],
): Promise<Set<number>> {
  if (!digestIds.length) return new Set()
  const rows = await db.execute(sql`
    select n.id::int as id from unnest(${sql.param([...digestIds])}::bigint[]) as n(id)
    left join dispatches p on p.digest_id = n.id left join balances b on b.dispatch_id = p.id
    where p.id is null or (b.sent > 0 and not exists (select from deliveries d where d.dispatch_id = p.id))
      or p.started_at is null`)
  return new Set(rows.map(row => Number(row.id)))
}

/** How many of them got another digest by a dispatch that went out since a moment, and the latest such digest. */
export async function countRecentMail(
  db: Queryable,
  readership: Readership,
  { since, without }: { since: Date; without: number },
): Promise<{ readers: number; digest: string; at: Date } | undefined> {
  const [latest] = await db.execute<{ id: string; subject: string; at: string }>(sql`
    select p.id::text as id, g.subject, p.started_at::text as at
    from dispatches p join digests g on g.id = p.digest_id join balances b on b.dispatch_id = p.id
    where p.started_at is not null and coalesce(p.finished_at, now()) >= ${since.toISOString()}::timestamptz
      and p.digest_id <> ${without}::bigint and b.sent > 0
    order by p.started_at desc limit 1`)
  if (!latest || !readership.newsletterIds.length) return undefined
  const [row] = await db.execute<{ readers: number }>(sql`
    with recent as materialized (
      select p.id from dispatches p join balances b on b.dispatch_id = p.id
      where p.started_at is not null and b.sent > 0 and p.digest_id <> ${without}::bigint
        and coalesce(p.finished_at, now()) >= ${since.toISOString()}::timestamptz
    )
    select count(*)::int as readers from (${audienceOf(readership)}) as audience
    where exists (select from deliveries d join recent on recent.id = d.dispatch_id
      where d.subscriber_id = audience.subscriber_id and d.state = 'sent'
        and d.changed_at >= ${since.toISOString()}::timestamptz)`)
  return row!.readers
    ? { readers: Number(row!.readers), digest: latest.subject, at: new Date(latest.at) }
    : undefined
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
