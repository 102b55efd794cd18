import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { inject, onTestFinished, vi } from 'vitest'
import { openEmbedded } from '../../src/store/embedded/open.ts'
import { findPostmaster } from '../../src/store/embedded/postmaster.ts'
import { pidRuns } from '../../src/store/embedded/running-process.ts'

/** A folder of the test's own, which only we can enter. It goes with the test, and so does a server in it. */
export function privateFolder(): string {
  const folder = mkdtempSync(join(inject('runFolder'), 'folder-'))
  onTestFinished(async () => {
    await killServer(join(folder, 'pg18'))
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** Makes a database once, and answers with a maker of DATA_DIRs that hold a copy of it, stopped. */
export function copiesOfOneDatabase() {
  const original = mkdtempSync(join(inject('runFolder'), 'folder-'))
  const made = openEmbedded({ dataDir: original }).then(database => database.close())
  return {
    async folder() {
      await made
      const folder = privateFolder()
      cpSync(original, folder, { recursive: true })
      return folder
    },
    remove: () => rmSync(original, { recursive: true, force: true }),
  }
}

async function killServer(data: string) {
  const server = existsSync(data) ? findPostmaster(data) : undefined
  if (!server) return
  process.kill(server.pid, 'SIGQUIT')
  await vi.waitUntil(() => !pidRuns(server.pid))
}
