import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'

/** The moment by the database's clock, to the millisecond: inside a transaction, its beginning. */
export async function databaseTime(db: Queryable): Promise<Date> {
  const [row] = await db.execute<{ now: string }>(
    sql`select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`,
  )
  return new Date(row!.now)
}
