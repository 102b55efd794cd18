import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '../../src/store/embedded/open.ts'
import { migrate } from '../../src/store/migrate.ts'

/** A PostgreSQL for one benchmark, durable as in service; gone when it is closed. */
export async function openBenchDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  chmodSync(folder, 0o755)
  const database = await openEmbedded({ dataDir: folder })
  await migrate(database.url)
  return {
    url: database.url,
    async close() {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
