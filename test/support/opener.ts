import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import postgres from 'postgres'
import { ownProcess } from './own-process.ts'

type Answer = { url?: string; refused?: { name: string; message: string } }

const script = await ownProcess('opener-process')

/**
 * Another process that opens the embedded database in `dataDir`, in a process group of its own, like a
 * program on a terminal of its own. `through` are commands to run it under.
 */
export function startOpener(dataDir: string, through: string[] = []) {
  const [command = '', ...args] = [...through, process.execPath, script, dataDir]
  const child = spawn(command, args, { detached: true, stdio: ['pipe', 'pipe', 'inherit'], cwd: '/' })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const ended = once(child, 'exit')
  const answer = lines.next().then(({ value }): Answer => (value ? JSON.parse(value) : {}))
  const signalGroup = async (signal: NodeJS.Signals) => {
    process.kill(-(child.pid ?? 0), signal)
    await ended
  }
  return {
    pid: child.pid ?? 0,
    /** The database's URL; throws what the process was told instead. */
    async opened(): Promise<string> {
      const { url, refused } = await answer
      if (!url) throw new Error(refused?.message ?? 'the process ended without an answer')
      return url
    },
    refused: () => answer.then(({ refused }) => refused),
    async close() {
      child.stdin.end('close\n')
      await ended
    },
    pressCtrlC: () => signalGroup('SIGINT'),
    kill: () => signalGroup('SIGKILL'),
  }
}

/** Tells two servers apart, and one from itself started again. */
export const startOf = async (url: string) =>
  (await ask(url, 'select pg_postmaster_start_time()::text as value'))[0]

/** One statement on a connection of its own; the answer is its column `value`. */
export async function ask(url: string, statement: string): Promise<unknown[]> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    return (await sql.unsafe(statement)).map(row => row.value)
  } finally {
    await sql.end()
  }
}

export const postmasterPid = (dataDir: string) =>
  Number(readFileSync(join(dataDir, 'pg18', 'postmaster.pid'), 'utf8').split('\n')[0])
