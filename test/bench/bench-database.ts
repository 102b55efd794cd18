import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedDatabase, openEmbedded } from '../../src/store/embedded/open.ts'
import { migrate } from '../../src/store/migrate.ts'

/** A PostgreSQL for one benchmark, durable as in service; gone when it is closed. */
export async function openBenchDatabase(): Promise<EmbeddedDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  chmodSync(folder, 0o755)
  const database = await openEmbedded({ dataDir: folder })
  await migrate(database.url)
  return {
    ...database,
    async close() {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
