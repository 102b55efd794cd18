import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'

/** migrations/meta/_journal.json: the migrations that there are. */
export type Journal = { entries: { when: number }[] }

/**
 * How many of the journal's migrations the database still lacks. Only reads. Drizzle decides by the journal's `when`,
 * not by number or hash; so does this, or the two would disagree.
 */
export async function countPending(db: Queryable, { entries }: Journal): Promise<number> {
  const latest = await latestApplied(db)
  return entries.filter(({ when }) => when > latest).length
}

async function latestApplied(db: Queryable): Promise<number> {
  const [table] = await db.execute(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as made`,
  )
  if (!table?.made) return 0
  const [row] = await db.execute(sql`select max(created_at) as latest from drizzle.__drizzle_migrations`)
  return Number(row?.latest ?? 0)
}
