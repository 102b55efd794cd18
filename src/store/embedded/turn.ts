import { existsSync, readdirSync, readlinkSync, renameSync, symlinkSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { EmbeddedDatabaseError } from './error.ts'
import { isRunning, thisProcess } from './running-process.ts'

const free = 'free'
const patience = { notice: 5_000, end: 600_000 }

/**
 * Does `work` while no other process does work on the same folder.
 *
 * Turns are numbered, and the highest number rules. Each is a symlink, which comes into being with its
 * content in one step, to the name of the process that holds it. Who finds the highest turn free, or its
 * holder dead, tries to make the next number: one wins. Nobody removes the highest turn, so that none can
 * remove the lock of a living process by mistake, which is what goes wrong where a stale lock is unlinked.
 */
export async function inTurn<T>(
  folder: string,
  work: () => Promise<T>,
  onNotice: (text: string) => void = () => {},
): Promise<T> {
  const turn = await takeTurn(folder, onNotice)
  try {
    return await work()
  } finally {
    pass(folder, turn)
  }
}

async function takeTurn(folder: string, onNotice: (text: string) => void): Promise<number> {
  const asked = Date.now()
  let told = false
  for (;;) {
    const turns = turnsIn(folder)
    const last = turns[0] ?? 0
    const holder = last === 0 ? free : holderOf(folder, last)
    if (holder === free || !isRunning(holder)) {
      if (claim(folder, last + 1)) return last + 1
    } else {
      const [pid] = holder.split('.')
      const waited = Date.now() - asked
      if (waited > patience.end)
        throw new EmbeddedDatabaseError(
          `Process ${pid} has been at work on the database in ${folder} for ten minutes. End that process (kill ${pid}) and start again.`,
        )
      if (waited > patience.notice && !told) {
        told = true
        onNotice(`Waiting for process ${pid}, which is starting or stopping the database.`)
      }
      await pause(15)
    }
  }
}

/** Whoever was slow and made a number that had already been used and cleared away sees the higher one. */
function claim(folder: string, turn: number): boolean {
  try {
    symlinkSync(thisProcess(), join(folder, String(turn)))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
  const [highest, ...lower] = turnsIn(folder)
  if (highest !== turn) {
    remove(join(folder, String(turn)))
    return false
  }
  for (const old of lower) remove(join(folder, String(old)))
  return true
}

function pass(folder: string, turn: number) {
  if (!existsSync(folder)) return
  const own = join(folder, String(turn))
  const draft = join(folder, `draft.${process.pid}`)
  try {
    remove(draft)
    symlinkSync(free, draft)
    renameSync(draft, own)
  } catch {
    remove(own) // a full disk: better no trace of the turn than one that seems to go on
  }
}

/** Highest first. */
const turnsIn = (folder: string) =>
  readdirSync(folder)
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => b - a)

function holderOf(folder: string, turn: number): string {
  try {
    return readlinkSync(join(folder, String(turn)))
  } catch {
    return thisProcess() // somebody has cleared it away: look again
  }
}

function remove(path: string) {
  try {
    unlinkSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
