import { sql } from 'drizzle-orm'
import type { Queryable, Raw } from './client.ts'

/** Batches of one dispatch that are delivered at once share so many rows for what they count. */
const slots = 32

/** Where a sender counts: in the dispatch's own row, or in a tally, beside others that move its counters at once. */
export type CountsIn = 'dispatch' | { slot: number }

export const tallyOf = (batchId: number): CountsIn => ({ slot: batchId % slots })

const fold = (id: string) => `
  with gone as (
    delete from tallies where dispatch_id = ${id} returning sent, failed, suppressed, unknown, pending
  ), t as (
    select count(*) as n, sum(sent)::int as sent, sum(failed)::int as failed, sum(suppressed)::int as suppressed,
      sum(unknown)::int as unknown, sum(pending)::int as pending from gone
  )
  update dispatches d set sent = d.sent + t.sent, failed = d.failed + t.failed,
    suppressed = d.suppressed + t.suppressed, unknown = d.unknown + t.unknown, pending = d.pending + t.pending
  from t where d.id = ${id} and t.n > 0`

/**
 * Brings the tallies of a dispatch home to its own counters. Not within a transaction that does more: senders that count
 * meanwhile would wait for it.
 */
export const foldTallies = (raw: Raw, dispatchId: number) => raw.unsafe(fold('$1::bigint'), [dispatchId])

/** The same by Drizzle's client. */
export const foldTalliesOf = (db: Queryable, dispatchId: number) =>
  db.execute(sql.raw(fold(`${Number(dispatchId)}::bigint`)))

/**
 * Does what moves a dispatch's own counters, which may not be below 0: where batches by themselves have counted some of what
 * it takes, it comes up short, nothing of it stays, and it is done again with their tallies brought home by `fold`.
 */
export async function withTallies<T>(
  fold: () => PromiseLike<unknown>,
  take: () => PromiseLike<T>,
): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await take()
    } catch (error) {
      if (!isShort(error) || tries === mostTries) throw error
      await fold()
    }
}

/** Before each of them batches at work may count in between. */
const mostTries = 10

const isShort = (error: unknown): boolean => {
  const { constraint_name, cause } = (error ?? {}) as { constraint_name?: string; cause?: unknown }
  return constraint_name === 'dispatches_counts' || (cause !== undefined && isShort(cause))
}

/** The dispatches that have tallies. */
export async function listTallied(raw: Raw): Promise<number[]> {
  const rows = await raw`select distinct dispatch_id as id from tallies`
  return rows.map(row => Number(row.id))
}
