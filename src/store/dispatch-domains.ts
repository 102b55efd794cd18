import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'

/** What became of a dispatch at one recipient domain. */
export type DomainBalance = {
  domain: string
  intended: number
  sent: number
  failed: number
  suppressed: number
  unknown: number
  pending: number
}

/** The domains that most readers of a dispatch have, with their part of its balance. Walks the whole ledger: 2 s for a million. */
export async function listDomains(
  db: Queryable,
  dispatchId: number,
  limit: number,
): Promise<DomainBalance[]> {
  const rows = await db.execute<DomainBalance>(sql`
    select split_part(r.address_key, '@', -1) as domain, count(*)::int as intended,
      count(*) filter (where d.state = 'sent')::int as sent,
      count(*) filter (where d.state = 'failed')::int as failed,
      count(*) filter (where d.state = 'suppressed')::int as suppressed,
      count(*) filter (where d.state = 'unknown')::int as unknown,
      count(*) filter (where d.state = 'pending')::int as pending
    from deliveries d join subscribers r on r.id = d.subscriber_id
    where d.dispatch_id = ${dispatchId}::bigint
    group by 1 order by intended desc, domain limit ${limit}::int`)
  return [...rows]
}
