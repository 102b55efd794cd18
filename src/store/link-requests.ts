import { and, asc, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { linkRequests } from './schema/readers.ts'

export type LinkRequest = typeof linkRequests.$inferSelect
export type NewLinkRequest = Pick<
  typeof linkRequests.$inferInsert,
  'address' | 'addressKey' | 'limitKey' | 'network' | 'transport'
>

export const addLinkRequest = (db: Queryable, row: NewLinkRequest) => db.insert(linkRequests).values(row)

/** The requests of this transport that are due, the longest-waiting first. */
export const dueLinkRequests = (
  tx: Queryable,
  transport: LinkRequest['transport'],
  limit: number,
): Promise<LinkRequest[]> =>
  tx
    .select()
    .from(linkRequests)
    .where(
      and(
        eq(linkRequests.state, 'waiting'),
        eq(linkRequests.transport, transport),
        lt(linkRequests.dueAt, sql`now() + interval '1 millisecond'`),
      ),
    )
    .orderBy(asc(linkRequests.dueAt), asc(linkRequests.id))
    .limit(limit)
    .for('update')

/** The requests of these addresses that were mailed in the last 24 hours. */
export const mailedLinkRequests = (tx: Queryable, limitKeys: readonly string[]): Promise<LinkRequest[]> =>
  tx
    .select()
    .from(linkRequests)
    .where(
      and(
        inArray(linkRequests.limitKey, [...limitKeys]),
        gt(linkRequests.mailedAt, sql`now() - interval '24 hours'`),
      ),
    )

export const settleLinkRequests = (
  tx: Queryable,
  ids: readonly number[],
  change: { state: 'mailed' } | { state: 'refused' } | { dueAt: Date },
) =>
  tx
    .update(linkRequests)
    .set('state' in change && change.state === 'mailed' ? { ...change, mailedAt: sql`now()` } : change)
    .where(inArray(linkRequests.id, [...ids]))

/** Removes requests that are 30 days old. */
export const purgeLinkRequests = (db: Queryable) =>
  db.delete(linkRequests).where(lt(linkRequests.createdAt, sql`now() - interval '30 days'`))
