import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'

/**
 * Whether more of what a dispatch tried has failed than the publication's share, once so many were tried; since an
 * editor last said "go on".
 */
export async function tooManyFailures(
  db: Queryable,
  dispatchId: number,
): Promise<{ tried: number; failed: number } | undefined> {
  const [row] = await db.execute<{ tried: number; failed: number }>(sql`
    select (b.sent + b.failed - d.tried_before)::int as tried, (b.failed - d.failed_before)::int as failed
    from dispatches d join balances b on b.dispatch_id = d.id, publication p
    where d.id = ${dispatchId} and d.state = 'sending' and b.sent + b.failed - d.tried_before >= p.failure_least
      and (b.failed - d.failed_before) * 100 > (b.sent + b.failed - d.tried_before) * p.failure_share`)
  return row && { tried: row.tried, failed: row.failed }
}
