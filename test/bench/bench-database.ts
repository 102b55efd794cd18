import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedDatabase, openEmbedded } from '../../src/store/embedded/open.ts'
import { findPostmaster } from '../../src/store/embedded/postmaster.ts'
import { migrate } from '../../src/store/migrate.ts'

/** With the process of the server: all its others are children of it. */
export type BenchDatabase = EmbeddedDatabase & { postmaster: number }

/** A PostgreSQL for one benchmark, durable as in service; gone when it is closed. */
export async function openBenchDatabase(): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  chmodSync(folder, 0o755)
  const database = await openEmbedded({ dataDir: folder })
  await migrate(database.url)
  return {
    ...database,
    postmaster: findPostmaster(join(folder, 'pg18'))!.pid,
    async close() {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
