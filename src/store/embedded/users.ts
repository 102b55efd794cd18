import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { belongToFolderAbove } from './layout.ts'
import { isRunning, thisProcess } from './running-process.ts'

let opened = 0

/** Notes that this process uses the database; the answer is the note's path. */
export function register(folder: string): string {
  opened += 1
  const note = join(folder, `${thisProcess()}.${opened}`)
  writeFileSync(note, '')
  belongToFolderAbove(note)
  return note
}

/** Takes the note back, and those of processes that died, and says whether nobody is left. */
export function leaveLast(folder: string, note: string): boolean {
  rmSync(note, { force: true })
  clearDead(folder)
  return readdirSync(folder).length === 0
}

export function clearDead(folder: string) {
  for (const name of readdirSync(folder)) if (!isRunning(name)) rmSync(join(folder, name), { force: true })
}
