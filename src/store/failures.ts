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
