import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'

/** The moment by the database's clock, to the millisecond: inside a transaction, its beginning. */
export const databaseTime = (db: Queryable): Promise<Date> => read(db, sql`now()`)

/** The same, but inside a transaction too the moment it is: after a wait for a lock that is another. */
export const databaseClock = (db: Queryable): Promise<Date> => read(db, sql`clock_timestamp()`)

async function read(db: Queryable, clock: SQL): Promise<Date> {
  const [row] = await db.execute<{ now: string }>(
    sql`select to_char(${clock} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`,
  )
  return new Date(row!.now)
}
