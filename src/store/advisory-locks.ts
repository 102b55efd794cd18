import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'

/** What only one process does at a time, each by a number of our own among the database's advisory locks. */
const numbers = {
  'secret-keys': 7305122019,
  'first-owner': 7305122020,
  'decide-sign-ups': 7305122021,
  'decide-link-requests': 7305122022,
  sample: 7305122023,
  'article-addresses': 7305122024,
  'reader-days': 7305122101,
} as const

/** Waits until nobody else does this, and keeps others from it until the transaction ends. */
export const awaitLock = (tx: Queryable, what: keyof typeof numbers) =>
  tx.execute(sql`select pg_advisory_xact_lock(${numbers[what]})`)

/** The same without waiting: false where somebody else is at it. */
export async function tryLock(tx: Queryable, what: keyof typeof numbers): Promise<boolean> {
  const [row] = await tx.execute<{ ours: boolean }>(
    sql`select pg_try_advisory_xact_lock(${numbers[what]}) as ours`,
  )
  return row!.ours
}
