import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyAll } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import type { Queryable } from './client.ts'
import { countPending } from './pending-migrations.ts'

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
export const pendingMigrations = (db: Queryable, folder = defaultFolder): Promise<number> =>
  countPending(db, JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')))
