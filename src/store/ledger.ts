import { type SQL, sql } from 'drizzle-orm'
import { audienceOf, type Readership } from './audience.ts'
import type { Db, Queryable } from './client.ts'

/** So many dispatches share a partition: old ledgers go by dropping it. */
const dispatchesPerPartition = 32
/** Deliveries that a sender leases at a time. */
const batchSize = 1000

const firstOf = (dispatchId: number) => dispatchId - (dispatchId % dispatchesPerPartition)

/** The table in which a dispatch's deliveries stand. */
export const partitionName = (dispatchId: number): string => `deliveries_${firstOf(dispatchId)}`

const partitionOf = (dispatchId: number) => {
  const from = firstOf(dispatchId)
  return { name: sql.raw(partitionName(dispatchId)), from, to: from + dispatchesPerPartition }
}

/**
 * Makes the partition for a dispatch's deliveries if it is absent. Created apart and then attached, which takes no
 * lock that a sender at work would wait for. Room is left in its pages (fillfactor), so that results are written
 * beside what they replace (HOT) and touch no index.
 */
export async function ensurePartition(db: Db, dispatchId: number): Promise<void> {
  const { name, from, to } = partitionOf(dispatchId)
  if (await exists(db, from)) return
  await db.transaction(async tx => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('deliveries'))`)
    if (await exists(tx, from)) return
    await tx.execute(sql`create table ${name} (like deliveries including all) with (fillfactor = 85)`)
    await tx.execute(
      sql`alter table deliveries attach partition ${name} for values from (${sql.raw(`${from}`)}) to (${sql.raw(`${to}`)})`,
    )
  })
}

// By a snapshot: to_regclass answers from a cache that a wait for the advisory lock does not bring up to date.
async function exists(db: Queryable, from: number): Promise<boolean> {
  const [row] = await db.execute<{ made: boolean }>(sql`
    select exists (
      select from pg_inherits join pg_class on pg_class.oid = inhrelid
      where inhparent = 'deliveries'::regclass and relname = ${`deliveries_${from}`}
    ) as made`)
  return row!.made
}

/** When readers of a zone are due; who has none of these is due at once. */
export type DueByZone = { zone: string; at: Date }[]

/** The zones of those whom a digest reaches; `otherwise` stands for readers of whom none is known. */
export async function zonesOf(tx: Queryable, readership: Readership, otherwise: string): Promise<string[]> {
  const rows = await tx.execute<{ zone: string }>(sql`
    select distinct coalesce(nullif(r.time_zone, ''), ${otherwise}) as zone
    from (${audienceOf(readership)}) as a join subscribers r on r.id = a.subscriber_id`)
  return rows.map(row => row.zone)
}

/**
 * Fixes the audience of a dispatch: its deliveries, cut into batches, and its counters, all by one statement. A batch
 * holds readers of one newsletter, due at one moment, and of one domain where that has a limit and the dispatch goes by
 * SMTP. Answers how many they are. A million takes about 3 s.
 */
export async function fixAudience(
  tx: Queryable,
  dispatchId: number,
  readership: Readership,
  due?: { zones: DueByZone; otherwise: string },
): Promise<number> {
  await tx.execute(sql`set local work_mem = '128MB'`)
  const [row] = await tx.execute(fillLedger(dispatchId, audienceOf(readership), due))
  return Number(row?.intended)
}

function fillLedger(
  dispatchId: number,
  audience: SQL,
  due: { zones: DueByZone; otherwise: string } = { zones: [], otherwise: '' },
) {
  const zones = sql.param(due.zones.map(({ zone }) => zone))
  // Zones whose clocks agree are due together.
  const distinct = [...new Set(due.zones.map(({ at }) => at.toISOString()))]
  const moments = sql.param(distinct)
  const places = sql.param(due.zones.map(({ at }) => distinct.indexOf(at.toISOString()) + 1))
  const isByZone = due.zones.length > 0
  // The place of a reader's moment among them; 0 for all where everybody is due at once.
  const zone = isByZone
    ? sql`coalesce((${places}::int[])[array_position(${zones}::text[], coalesce(nullif(r.time_zone, ''), ${due.otherwise}))], 0)`
    : sql`0`
  return sql`
  with limited as materialized (
    select coalesce(array_agg(domain order by domain), '{}') as domains from mail_domains
    where (connections is not null or per_minute is not null)
      and (select transport from dispatches where id = ${dispatchId}::bigint) = 'smtp'
  ), audience as (
    select a.subscriber_id, a.newsletter_id,
      coalesce(array_position(limited.domains, split_part(r.address_key, '@', -1)), 0) as domain, ${zone} as zone
    from limited, (${audience}) as a join subscribers r on r.id = a.subscriber_id
  ), placed as materialized (
    select *, ((row_number() over (partition by newsletter_id, domain, zone order by subscriber_id) - 1) / ${batchSize}::int)::int as place
    from audience
  ), stretches as (
    select newsletter_id, domain, zone, count(*)::int as readers, min(subscriber_id) as first, max(subscriber_id) as last
    from placed group by newsletter_id, domain, zone, place
  ), made as (
    insert into batches (dispatch_id, newsletter_id, domain, first_reader, last_reader, due_at)
    select ${dispatchId}::bigint, newsletter_id, coalesce(limited.domains[domain], ''), first, last,
      ${isByZone ? sql`coalesce((${moments}::text[]::timestamptz[])[zone], now())` : sql`now()`}
    from limited, stretches order by newsletter_id, domain, zone, first
    returning id, newsletter_id, domain, first_reader
  ), cut as (
    select stretches.newsletter_id, stretches.domain, stretches.zone, array_agg(made.id order by first_reader) as ids
    from made join stretches on stretches.newsletter_id = made.newsletter_id and stretches.first = made.first_reader
    group by 1, 2, 3
  ), filled as (
    insert into ${partitionOf(dispatchId).name} (dispatch_id, subscriber_id, newsletter_id, batch_id)
    select ${dispatchId}::bigint, subscriber_id, newsletter_id, cut.ids[place + 1]
    from placed join cut using (newsletter_id, domain, zone)
  )
  update dispatches set intended = counted.readers, pending = counted.readers
  from (select coalesce(sum(readers), 0)::int as readers from stretches) as counted where id = ${dispatchId}::bigint
  returning intended`
}

/** Tells the planner what has been filled, before a sender's prepared statements meet it. */
export const analyzePartition = (db: Db, dispatchId: number) =>
  db.execute(sql`analyze ${partitionOf(dispatchId).name}`)
