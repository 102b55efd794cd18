import { asc, eq, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { consents } from './schema/readers.ts'

export type Consent = typeof consents.$inferSelect
export type NewConsent = Omit<typeof consents.$inferInsert, 'id' | 'subscriberId'> & { subscriberId: number }

/** Writes a consent event, at the transaction's time unless `at` says another, and answers its id. */
export async function recordConsent(tx: Queryable, event: NewConsent): Promise<number> {
  const [row] = await tx.insert(consents).values(event).returning({ id: consents.id })
  return row!.id
}

/** How many readers left by a link of this dispatch, and did not take it back. */
export async function countLeft(db: Queryable, dispatchId: number): Promise<number> {
  const [row] = await db.execute(sql`
    select count(*)::int as readers from (
      select distinct on (subscriber_id) kind from consents
      where dispatch_id = ${dispatchId}::bigint and kind in ('left', 'undone')
      order by subscriber_id, id desc
    ) as decided where kind = 'left'`)
  return Number(row?.readers)
}

/**
 * All that proves what a reader asked for, confirmed and withdrew, the oldest first; an import's event too, which
 * belongs to all who came with it.
 */
export const consentsOf = (db: Queryable, subscriberId: number): Promise<Consent[]> =>
  db
    .select()
    .from(consents)
    .where(
      sql`${eq(consents.subscriberId, subscriberId)} or (${consents.subscriberId} is null and ${consents.id} in
        (select consent_id from subscriptions where subscriber_id = ${subscriberId}))`,
    )
    .orderBy(asc(consents.at), asc(consents.id))
