import { spawnSync } from 'node:child_process'
import {
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { EmbeddedDatabaseError } from './error.ts'
import { parentOf, pidRuns } from './running-process.ts'

/** A running PostgreSQL, as its own postmaster.pid tells. */
export type Postmaster = { pid: number; port: number; state: string }

/** The server that runs on this data folder, whoever started it; absent when none does. */
export function findPostmaster(data: string): Postmaster | undefined {
  const noted = readPidFile(data)
  return noted && pidRuns(noted.pid) && worksIn(noted.pid, data) ? noted : undefined
}

function readPidFile(data: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]), state: lines[7]?.trim() || 'starting' }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** PostgreSQL makes its data folder its working folder. Where that is hidden, its command line tells. */
function worksIn(pid: number, data: string): boolean {
  const seen = seenWorkingIn(pid, data)
  if (seen !== undefined) return seen
  const { stdout } = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  return /postgres/.test(stdout ?? '') && stdout.includes(data)
}

/** Absent: the machine does not let us look. */
function seenWorkingIn(pid: number, data: string): boolean | undefined {
  try {
    if (readFileSync(`/proc/${pid}/comm`, 'utf8') !== 'postgres\n') return false
    const here = statSync(data)
    const there = statSync(`/proc/${pid}/cwd`)
    return here.ino === there.ino && here.dev === there.dev
  } catch {
    return undefined
  }
}

/**
 * Before a start, with no server on the folder. After a crash postmaster.pid names a process that is gone.
 * PostgreSQL would give way to it all the same when the number now belongs to a stranger, or to a zombie that
 * nobody reaps. It overlooks the pid of its own parent, so that is written in; deleting the file would also
 * delete its check for backends that still run.
 */
export function overlookDead(data: string) {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return
  const text = readFileSync(file, 'utf8')
  if (text.trim() === '') return rmSync(file) // the machine died while it was written
  const { uid, gid } = statSync(file)
  const draft = `${file}.draft`
  writeFileSync(draft, text.replace(/^\d+/, String(process.pid)), { mode: 0o600 })
  if (process.getuid?.() === 0) chownSync(draft, uid, gid)
  renameSync(draft, file)
}

/**
 * Ends backends that outlived their server, killed with -9, and keep a new one from starting; says how many.
 * Where one is the parent of another a server lives, in a container into which we can see: it is left alone.
 * Linux only.
 */
export function endLeftovers(data: string, signal: 'SIGQUIT' | 'SIGKILL'): number {
  if (process.platform !== 'linux') return 0
  const left = readdirSync('/proc')
    .map(Number)
    .filter(pid => pid > 0 && seenWorkingIn(pid, data) === true)
  if (left.some(pid => left.includes(parentOf(pid) ?? 0))) return 0
  for (const pid of left) signalIfThere(pid, signal)
  return left.length
}

function signalIfThere(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Stops the server that runs on the folder, if one does: connections end, all is on the disk. Waits for it. */
export async function stopPostmaster(data: string) {
  const server = findPostmaster(data)
  if (!server) return
  signalIfThere(server.pid, 'SIGINT')
  const asked = Date.now()
  let urged = false
  while (pidRuns(server.pid)) {
    const waited = Date.now() - asked
    // Its last checkpoint may take long on a slow disk. What it has not written by then it replays at the next start.
    if (waited > 60_000 && !urged) {
      urged = true
      signalIfThere(server.pid, 'SIGQUIT')
    }
    if (waited > 75_000)
      throw new EmbeddedDatabaseError(
        `PostgreSQL (process ${server.pid}) in ${data} does not stop. End it with kill -9 ${server.pid}; nothing is lost.`,
      )
    await pause(5)
  }
}
