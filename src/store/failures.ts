import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'

export type FailedDelivery = { subscriberId: number; address: string | null; reply: string | null }

/** The first deliveries of a dispatch that failed, with the server's reply; an erased reader's address is gone. */
export async function listFailures(
  db: Queryable,
  dispatchId: number,
  limit: number,
): Promise<FailedDelivery[]> {
  const rows = await db.execute<{ subscriber_id: string; address: string | null; reply: string | null }>(sql`
    select d.subscriber_id, s.address, d.reply
    from deliveries d left join subscribers s on s.id = d.subscriber_id
    where d.dispatch_id = ${dispatchId} and d.state = 'failed'
    order by d.subscriber_id limit ${limit}`)
  return rows.map(row => ({
    subscriberId: Number(row.subscriber_id),
    address: row.address,
    reply: row.reply,
  }))
}

/**
 * Whether more of what a dispatch tried has failed than the publication's share, once so many were tried; since an
 * editor last said "go on".
 */
export async function tooManyFailures(
  db: Queryable,
  dispatchId: number,
): Promise<{ tried: number; failed: number } | undefined> {
  const [row] = await db.execute<{ tried: number; failed: number }>(sql`
    select (d.sent + d.failed - d.tried_before)::int as tried, (d.failed - d.failed_before)::int as failed
    from dispatches d, publication p
    where d.id = ${dispatchId} and d.state = 'sending' and d.sent + d.failed - d.tried_before >= p.failure_least
      and (d.failed - d.failed_before) * 100 > (d.sent + d.failed - d.tried_before) * p.failure_share`)
  return row && { tried: row.tried, failed: row.failed }
}
