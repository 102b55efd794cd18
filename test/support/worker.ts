import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'
import { freePort } from './server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The Worker under `wrangler dev`: a black box at `url`, which takes `publicUrl` for its address. */
export type RunningWorker = {
  /** Of wrangler, which started workerd. */
  pid: number
  url: string
  publicUrl: string
  /** All that it logged. */
  output(): string
  /** What the clock would bring. */
  tick(cron: string): Promise<void>
  stop(): Promise<void>
  /** Ends wrangler and workerd where they stand, as a machine that fails does. */
  kill(): Promise<void>
}

type Options = {
  /** Absent: any that is free. */
  port?: number
  variables?: Record<string, string>
  /** What the process is given beside our environment. */
  env?: Record<string, string>
  /** For wrangler. */
  args?: readonly string[]
  /** Where it keeps its state and its log; absent: in the folder of the test run. */
  folder?: string
  /** The path that answers when it is ready. */
  lives?: string
}

/** Starts the Worker in workerd against a database. Resolves when it answers; throws with its output when it ends before. */
export const startWorker = (
  databaseUrl: string,
  variables: Record<string, string>,
  { env, ...options }: Pick<Options, 'port' | 'env' | 'lives' | 'folder'> = {},
): Promise<RunningWorker> =>
  startScript({
    ...options,
    variables,
    env: { ...env, CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE: databaseUrl },
  })

/** Starts what wrangler.toml, or another file that `args` names, says in workerd. Resolves when it answers. */
export async function startScript({
  port: wanted,
  variables,
  env,
  args = [],
  folder = inject('runFolder'),
  lives = '/livez',
}: Options): Promise<RunningWorker> {
  const port = wanted ?? (await freePort())
  const inspector = await freePort()
  const state = mkdtempSync(join(folder, 'worker-'))
  const url = `http://127.0.0.1:${port}`
  // A name, since passkeys belong to none that is a number.
  const publicUrl = `http://localhost:${port}`
  const given = Object.entries({ PUBLIC_URL: publicUrl, ...variables }).flatMap(([name, value]) => [
    '--var',
    `${name}:${value}`,
  ])
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/wrangler/bin/wrangler.js'),
      'dev',
      '--ip',
      '127.0.0.1',
      '--port',
      String(port),
      '--inspector-port',
      String(inspector),
      '--persist-to',
      state,
      '--show-interactive-dev-session=false',
      ...given,
      ...args,
    ],
    {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...env,
        WRANGLER_SEND_METRICS: 'false',
        WRANGLER_LOG_PATH: join(state, 'log'),
      },
    },
  )
  let output = ''
  let ended = false
  child.stdout.on('data', chunk => (output += chunk))
  child.stderr.on('data', chunk => (output += chunk))
  const exit = new Promise<void>(resolve => child.on('exit', () => resolve()))
  exit.then(() => (ended = true))
  const endGroup = endsWithUs(child.pid!)
  const stop = async () => {
    if (!ended) child.kill('SIGTERM')
    const late = setTimeout(endGroup, 5000)
    await exit
    clearTimeout(late)
    endGroup()
    rmSync(state, { recursive: true, force: true })
  }
  const kill = async () => {
    if (!ended) process.kill(-child.pid!, 'SIGKILL')
    await exit
    endGroup()
    rmSync(state, { recursive: true, force: true })
  }
  const tick = async (cron: string) => {
    const response = await fetch(`${url}/cdn-cgi/local/scheduled?cron=${encodeURIComponent(cron)}`)
    if (!response.ok) throw new Error(`the tick "${cron}" failed: ${await response.text()}`)
  }
  const deadline = Date.now() + 60_000
  while (!(await answers(url + lives))) {
    if (ended || Date.now() > deadline) {
      await stop()
      throw new Error(`the Worker does not answer:\n${output}`)
    }
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  return { pid: child.pid!, url, publicUrl, output: () => output, tick, stop, kill }
}

/**
 * Ends a process group, wrangler with its workerd, when called, and when this process is gone, however that came: a
 * shell sees the pipe close.
 */
function endsWithUs(leader: number): () => void {
  const script = 'cat; kill -KILL "-$1"'
  const watchdog = spawn('sh', ['-c', script, 'sh', String(leader)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watchdog.unref()
  return () => watchdog.stdin.end()
}

const answers = (url: string) =>
  fetch(url).then(
    response => response.ok,
    () => false,
  )
