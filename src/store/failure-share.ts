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
    select (d.sent + d.failed - d.tried_before)::int as tried, (d.failed - d.failed_before)::int as failed
    from dispatches d, publication p
    where d.id = ${dispatchId} and d.state = 'sending' and d.sent + d.failed - d.tried_before >= p.failure_least
      and (d.failed - d.failed_before) * 100 > (d.sent + d.failed - d.tried_before) * p.failure_share`)
  return row && { tried: row.tried, failed: row.failed }
}
