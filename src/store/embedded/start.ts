import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './access.ts'
import type { Binaries } from './binaries.ts'
import { EmbeddedDatabaseError } from './error.ts'
import { belongToFolderAbove, type Layout } from './layout.ts'
import { endLeftovers, findPostmaster, overlookDead } from './postmaster.ts'
import { lastWords } from './refusal.ts'
import { environment, handOver, type RunAs } from './run-as.ts'

/** Durability is left as PostgreSQL has it: fsync, synchronous_commit and full_page_writes are on. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  wal_compression: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // An error's text may quote a reader's address, and logs hold none: only what the server says of itself.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

const inUse = 75
const largestLog = 5_000_000

type Attempt = { ended: 'no' } | { ended: 'yes'; code: number | null; output: string }

/**
 * Waits until nobody uses the data folder, then puts right what would keep PostgreSQL from it: its owner, its
 * mode, the traces of a crash. Throws `EmbeddedDatabaseError` if it stays in use.
 */
export async function clearTheWay(layout: Layout, runAs: RunAs) {
  const begun = Date.now()
  while (isGuarded(layout.data)) await waitForLeftovers(layout, Date.now() - begun)
  handOver(layout.data, runAs.owner)
  if (statSync(layout.data).mode & 0o077) chmodSync(layout.data, 0o700) // a copied folder is often open to all
  overlookDead(layout.data)
}

/**
 * Starts PostgreSQL on the data folder in a session of its own, so that Ctrl-C on our terminal does not
 * reach it, and answers when it takes connections, with its port: the wanted one unless a stranger has it.
 * Throws `EmbeddedDatabaseError`.
 */
export async function startPostmaster(
  layout: Layout,
  binaries: Binaries,
  runAs: RunAs,
  wanted: number | undefined,
  onNotice: (text: string) => void,
): Promise<number> {
  const begun = Date.now()
  for (;;) {
    const port = await freePort(wanted)
    const attempt = await launch(layout, binaries, runAs, port, onNotice)
    if (attempt.ended === 'no') return port
    if (/could not bind|could not create any TCP\/IP sockets/.test(attempt.output)) wanted = undefined
    else if (attempt.code === inUse || /pre-existing shared memory block/.test(attempt.output))
      await waitForLeftovers(layout, Date.now() - begun)
    else throw lastWords('start', layout.folder, attempt.output)
    if (Date.now() - begun > 30_000) throw lastWords('start', layout.folder, attempt.output)
  }
}

/** The backends of a server that was killed notice it within moments, unless they are deep in a query. */
async function waitForLeftovers(layout: Layout, waited: number) {
  const left = waited > 2_000 ? endLeftovers(layout.data, waited > 5_000 ? 'SIGKILL' : 'SIGQUIT') : 0
  if (waited > 3_000 && left === 0)
    throw new EmbeddedDatabaseError(
      `The database in ${layout.folder} is in use by another container or machine. Stop Broadsheet there, or run one PostgreSQL server for all and name it in DATABASE_URL.`,
    )
  await pause(50)
}

async function launch(
  layout: Layout,
  binaries: Binaries,
  runAs: RunAs,
  port: number,
  onNotice: (text: string) => void,
): Promise<Attempt> {
  const log = openLog(layout.log)
  const from = statSync(layout.log).size
  const options = Object.entries({ port, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const guarded = guard(layout.data, binaries.postgres, ['-D', layout.data, ...options])
  const { command, args, ...account } = runAs.wrap(guarded.command, guarded.args)
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', log, log],
    cwd: '/',
    env: environment,
    ...account,
  })
  closeSync(log)
  child.unref()
  const ended = endOf(child)
  const begun = Date.now()
  let told = false
  while (findPostmaster(layout.data)?.state !== 'ready') {
    const code = await Promise.race([ended, pause(10, 'running' as const)])
    if (code !== 'running')
      return { ended: 'yes', code, output: readFileSync(layout.log).subarray(from).toString() }
    if (!told && Date.now() - begun > 5_000) {
      told = true
      onNotice(
        'PostgreSQL is replaying what it had not yet written when it was stopped hard. This can take a minute.',
      )
    }
  }
  return { ended: 'no' }
}

const endOf = (child: ChildProcess) =>
  new Promise<number | null>(resolve => {
    child.once('exit', code => resolve(code))
    child.once('error', () => resolve(null))
  })

function openLog(path: string) {
  if (existsSync(path) && statSync(path).size > largestLog) renameSync(path, `${path}.old`)
  const log = openSync(path, 'a', 0o600)
  belongToFolderAbove(path)
  return log
}

/**
 * Containers that share a folder do not see each other's processes; a lock of the kernel's they see. The
 * server and its backends inherit it from flock(1), where there is one.
 */
function guard(data: string, command: string, args: string[]) {
  const found = environment.PATH.split(delimiter).some(folder => existsSync(join(folder, 'flock')))
  if (!found) return { command, args }
  return { command: 'flock', args: ['--no-fork', ...lockOn(data), command, ...args] }
}

const isGuarded = (data: string) =>
  spawnSync('flock', [...lockOn(data), 'true'], { env: environment, cwd: '/' }).status === inUse

const lockOn = (data: string) => [
  ...['--exclusive', '--nonblock', '--conflict-exit-code', String(inUse)],
  join(data, 'PG_VERSION'),
]
