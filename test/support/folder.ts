import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openEmbedded } from '../../src/store/embedded/open.ts'

/** A folder of the test's own, which only we can enter. It goes with the test, and so does a server in it. */
export function privateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-embedded-'))
  onTestFinished(() => {
    killServer(join(folder, 'pg18', 'postmaster.pid'))
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  })
  return folder
}

/** Makes a database once, and answers with a maker of DATA_DIRs that hold a copy of it, stopped. */
export function copiesOfOneDatabase() {
  const original = mkdtempSync(join(tmpdir(), 'broadsheet-embedded-'))
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

function killServer(pidFile: string) {
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  try {
    if (readFileSync(`/proc/${pid}/comm`, 'utf8') === 'postgres\n') process.kill(pid, 'SIGQUIT')
  } catch {
    // it is gone already
  }
}
