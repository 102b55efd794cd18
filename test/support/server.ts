import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export type RunningServer = {
  url: string
  dataDir: string
  /** Everything it has printed. */
  output(): string
  child: ChildProcess
  /** SIGTERM, and what it ended with. */
  stop(): Promise<number | null>
  /** Removes its data folder as well. */
  dispose(): Promise<void>
}

type Options = { env?: Record<string, string>; dataDir?: string; args?: string[] }

/** A process of `broadsheet` as `npm start` makes it, in a session of its own, with nothing of our environment but PATH and HOME. */
export function broadsheet(args: readonly string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [join(root, 'src/broadsheet.mjs'), ...args], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR, ...env },
  })
}

/** Runs a command to its end. */
export async function runBroadsheet(args: readonly string[], env: Record<string, string>) {
  const child = broadsheet(args, env)
  let [stdout, stderr] = ['', '']
  child.stdout!.on('data', chunk => (stdout += chunk))
  child.stderr!.on('data', chunk => (stderr += chunk))
  const code = await new Promise<number | null>(resolve => child.on('close', resolve))
  return { code, stdout, stderr }
}

/** `serve` on a free port and a data folder of its own. Resolves when it says that it runs; throws with its output when it ends before. */
export async function startServer({
  env = {},
  dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-serve-')),
  args = [],
}: Options = {}): Promise<RunningServer> {
  const port = await freePort()
  const child = broadsheet(['serve', ...args], { PORT: String(port), DATA_DIR: dataDir, ...env })
  let output = ''
  let ended = false
  const exit = new Promise<number | null>(resolve => child.on('close', code => resolve(code)))
  exit.then(() => (ended = true))
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk
      if (output.includes('Broadsheet runs')) resolve()
    }
    child.stdout!.on('data', hear)
    child.stderr!.on('data', hear)
    exit.then(code => reject(new Error(`serve ended with ${code}:\n${output}`)))
  })
  const stop = async () => {
    if (!ended) child.kill('SIGTERM')
    return exit
  }
  await ready
  return {
    url: `http://localhost:${port}`,
    dataDir,
    output: () => output,
    child,
    stop,
    async dispose() {
      await stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(error => (error ? reject(error) : resolve(port)))
    })
  })
