import { type SQL, sql } from 'drizzle-orm'
import type { DeliveryState } from '../domain/delivery.ts'
import type { Queryable } from './client.ts'
import { matching } from './containing.ts'

/** States of deliveries that did not go through, or not yet. */
type MissedState = Extract<DeliveryState, 'failed' | 'unknown' | 'pending'>

/** Which deliveries of a dispatch are meant: all that every given part fits. */
export type Chosen = {
  states: readonly MissedState[]
  /** Words of the server's reply, its addresses left out; `…` stands for anything. */
  words?: string
  /** Words of the whole reply, or a part of the address. */
  search?: string
  /** The whole address, by its key. */
  addressKey?: string
  domain?: string
  readers?: readonly number[]
}

export type Missed = {
  id: number
  address: string | null
  state: MissedState
  reply: string | null
  attempts: number
  at: Date | null
  suppressed: boolean
}

/** A reply as those see it who may not know whose address it was. */
const withoutAddresses = sql`regexp_replace(coalesce(d.reply, ''), '\\S+@\\S+', '…', 'g')`

/**
 * A condition over deliveries `d` with their readers `r` (left joined). Waiting ones count only once a server has
 * answered. Without a word or a domain to look for the readers' table is not touched.
 */
export function chosenOf(dispatchId: number, chosen: Chosen): SQL {
  const { states, words, search, addressKey, domain, readers } = chosen
  const parts = [
    sql`d.dispatch_id = ${dispatchId}::bigint`,
    sql`d.state = any(${sql.param([...states])}::delivery_state[])`,
    sql`(d.state <> 'pending' or d.reply is not null)`,
    ...(words ? [matching(withoutAddresses, words)] : []),
    ...(search ? [sql`(${matching(sql`d.reply`, search)} or ${matching(sql`r.address`, search)})`] : []),
    ...(addressKey ? [sql`r.address_key = ${addressKey}`] : []),
    ...(domain ? [sql`split_part(r.address_key, '@', -1) = ${domain}`] : []),
    ...(readers ? [sql`d.subscriber_id = any(${sql.param([...readers])}::bigint[])`] : []),
  ]
  return sql.join(parts, sql` and `)
}

const withReaders = sql`deliveries d left join subscribers r on r.id = d.subscriber_id`
const isSuppressed = sql`exists (select from suppressions x where x.address_key = r.address_key)`

/** The chosen deliveries by the readers' ids; `after` is the last of the page before. */
export async function listMissed(
  db: Queryable,
  dispatchId: number,
  chosen: Chosen,
  { after = 0, limit }: { after?: number; limit: number },
): Promise<Missed[]> {
  const rows = await db.execute<{
    id: string
    address: string | null
    state: MissedState
    reply: string | null
    attempts: number
    at: number | null
    suppressed: boolean
  }>(sql`
    select d.subscriber_id as id, r.address, d.state, d.reply, d.attempts,
      (extract(epoch from d.changed_at) * 1000)::float8 as at, ${isSuppressed} as suppressed
    from ${withReaders}
    where ${chosenOf(dispatchId, chosen)} and d.subscriber_id > ${after}::bigint
    order by d.subscriber_id limit ${limit}::int`)
  return rows.map(row => ({
    ...row,
    id: Number(row.id),
    attempts: Number(row.attempts),
    at: row.at === null ? null : new Date(row.at),
  }))
}

export type Tally = { name: string; count: number }

/** Addresses, and what servers make up anew for each message, stand as `…`: else no two replies would be alike. */
const alike = sql`regexp_replace(${withoutAddresses}, '[[:alnum:]]*[[:digit:]][[:alnum:]]{7,}', '…', 'g')`

/** So many are looked at: 0.2 s, where 10,000 of a million failed; all of a million would take 7 s. */
export const tallied = 100_000

/** The ten most frequent replies among the chosen, and the ten domains with the most. One walk over the ledger. */
export async function tallyMissed(
  db: Queryable,
  dispatchId: number,
  chosen: Chosen,
): Promise<{ replies: Tally[]; domains: Tally[] }> {
  const rows = await db.execute<{ kind: 'reply' | 'domain'; name: string; count: number }>(sql`
    with chosen as materialized (
      select ${alike} as reply, split_part(r.address_key, '@', -1) as domain
      from ${withReaders} where ${chosenOf(dispatchId, chosen)} limit ${tallied}::int
    )
    (select 'reply' as kind, reply as name, count(*)::int as count from chosen
      group by reply order by count desc, name limit 10)
    union all
    (select 'domain', domain, count(*)::int as count from chosen where domain is not null
      group by domain order by count desc, domain limit 10)`)
  const tallies = (kind: string) =>
    rows.filter(row => row.kind === kind).map(({ name, count }) => ({ name, count: Number(count) }))
  return { replies: tallies('reply'), domains: tallies('domain') }
}

export type Retriable = {
  failed: number
  unknown: number
  /** The address is suppressed, or the reader erased: they get nothing, whatever is tried. */
  kept: number
}

/**
 * Who of the chosen can be tried again, as a condition. What is unknown under the policy `retry` goes out again by
 * itself: a sender may have it in hand.
 */
export const retriable = sql`(d.state = 'failed' or (d.state = 'unknown' and p.unknown_policy = 'hold'))
  and r.id is not null and not ${isSuppressed}`

/** How many of the chosen can be tried again. */
export async function countRetriable(db: Queryable, dispatchId: number, chosen: Chosen): Promise<Retriable> {
  const [row] = await db.execute<Retriable>(sql`
    select count(*) filter (where state = 'failed' and fit)::int as failed,
      count(*) filter (where state = 'unknown' and fit)::int as unknown,
      count(*) filter (where lost)::int as kept
    from (
      select d.state, ${retriable} as fit, r.id is null or ${isSuppressed} as lost
      from ${withReaders} join dispatches p on p.id = d.dispatch_id
      where ${chosenOf(dispatchId, chosen)}
    ) as chosen`)
  return { failed: Number(row!.failed), unknown: Number(row!.unknown), kept: Number(row!.kept) }
}
