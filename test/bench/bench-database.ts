import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRaw } from '../../src/store/client.ts'
import { type EmbeddedDatabase, openEmbedded } from '../../src/store/embedded/open.ts'
import { findPostmaster } from '../../src/store/embedded/postmaster.ts'
import { migrate } from '../../src/store/migrate.ts'

/** With the process of the server: all its others are children of it. */
export type BenchDatabase = EmbeddedDatabase & { postmaster: number }

export type BenchDatabaseOptions = {
  /** Loads pg_stat_statements, at a small cost of its own. */
  counted?: boolean
}

/** A PostgreSQL for one benchmark, durable as in service; gone when it is closed. */
export async function openBenchDatabase({
  counted = false,
}: BenchDatabaseOptions = {}): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  chmodSync(folder, 0o755)
  if (counted) await loadCounting(folder)
  const database = await openEmbedded({ dataDir: folder })
  await migrate(database.url)
  if (counted) await tell(database.url, 'create extension pg_stat_statements')
  return {
    ...database,
    postmaster: findPostmaster(join(folder, 'pg18'))!.pid,
    async close() {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** It is loaded at a start alone. */
async function loadCounting(folder: string) {
  const database = await openEmbedded({ dataDir: folder })
  await tell(database.url, "alter system set shared_preload_libraries = 'pg_stat_statements'")
  await database.close()
}

async function tell(databaseUrl: string, statement: string) {
  const raw = openRaw(databaseUrl, { connections: 1 })
  await raw.unsafe(statement)
  await raw.end()
}
