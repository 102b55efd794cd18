import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A process of `broadsheet` that goes on until it is told to stop. */
export type RunningProcess = {
  child: ChildProcess
  /** Everything it has printed, on either stream. */
  output(): string
  /** What it ended with: a code, or the signal that killed it. */
  ended: Promise<number | NodeJS.Signals>
  /** A signal to it alone, and what it ended with. */
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>
  /** A signal to it and all its children that share its session, as Ctrl-C on a terminal. */
  stopGroup(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>
}

export type RunningServer = RunningProcess & {
  url: string
  dataDir: string
  /** Ends it, and removes its data folder. */
  dispose(): Promise<void>
}

type Options = { env?: Record<string, string>; dataDir?: string; args?: string[]; port?: number }

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

/** A process that is not expected to end by itself. Resolves when it has printed `ready`; throws with its output when it ends before. */
export async function startProcess(
  args: readonly string[],
  env: Record<string, string>,
  ready: string,
): Promise<RunningProcess> {
  const child = broadsheet(args, env)
  let output = ''
  let isOver = false
  const ended = new Promise<number | NodeJS.Signals>(resolve =>
    child.on('close', (code, signal) => resolve(code ?? signal!)),
  )
  ended.then(() => (isOver = true))
  // A test that fails before its end leaves nobody behind.
  const takeAlong = () => process.kill(-child.pid!, 'SIGKILL')
  process.once('exit', takeAlong)
  ended.then(() => process.off('exit', takeAlong))
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk
      if (output.includes(ready)) resolve()
    }
    child.stdout!.on('data', hear)
    child.stderr!.on('data', hear)
    ended.then(code => reject(new Error(`${args[0]} ended with ${code}:\n${output}`)))
  })
  return {
    child,
    output: () => output,
    ended,
    stop(signal = 'SIGTERM') {
      if (!isOver) child.kill(signal)
      return ended
    },
    stopGroup(signal) {
      if (!isOver) process.kill(-child.pid!, signal)
      return ended
    },
  }
}

/** `serve` on a free port and a data folder of its own. Resolves when it says that it runs. */
export async function startServer({
  env = {},
  dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-serve-')),
  args = [],
  port: wanted,
}: Options = {}): Promise<RunningServer> {
  const port = wanted ?? (await freePort())
  const running = await startProcess(
    ['serve', ...args],
    { PORT: String(port), DATA_DIR: dataDir, ...env },
    'Broadsheet runs',
  )
  return {
    ...running,
    url: `http://localhost:${port}`,
    dataDir,
    async dispose() {
      await running.stop()
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
