import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyAll } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import type { Queryable } from './client.ts'

const defaultFolder = fileURLToPath(new URL('../../migrations', import.meta.url))

// Any number does, as long as every process of this project asks for the same one.
const migrationLock = 7_305_122_018

/**
 * Applies the migrations in `folder` that the database lacks, all in one transaction, and says how many
 * they were. Several processes may call it at once: two of Drizzle's migrators at work together fail, so
 * each waits for an advisory lock, held by the session of a client with one connection.
 */
export async function migrate(url: string, folder = defaultFolder): Promise<{ applied: number }> {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await client`select pg_advisory_lock(${migrationLock})`
    const db = drizzle(client)
    const applied = await pendingMigrations(db, folder)
    if (applied > 0) await applyAll(db, { migrationsFolder: folder })
    return { applied }
  } finally {
    await client.end()
  }
}

/** How many of the folder's migrations the database still lacks. Only reads. */
export async function pendingMigrations(db: Queryable, folder = defaultFolder): Promise<number> {
  const latest = await latestApplied(db)
  return migrationTimes(folder).filter(time => time > latest).length
}

async function latestApplied(db: Queryable): Promise<number> {
  const [table] = await db.execute(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as made`,
  )
  if (!table?.made) return 0
  const [row] = await db.execute(sql`select max(created_at) as latest from drizzle.__drizzle_migrations`)
  return Number(row?.latest ?? 0)
}

// Drizzle decides by the journal's `when`, not by number or hash; so does this, or the two would disagree.
function migrationTimes(folder: string): number[] {
  const journal = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8'))
  return journal.entries.map((entry: { when: number }) => entry.when)
}
