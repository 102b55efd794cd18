import { freePort, startServer } from '../support/server.ts'
import { startWorker } from '../support/worker.ts'

/** Broadsheet at work somewhere: a black box behind an address. */
export type Running = {
  url: string
  output(): string
  /** Lets a minute of the clock pass, where somebody has to. */
  minute(): Promise<void>
  /** Ends it as a machine that fails does. */
  kill(): Promise<void>
  stop(): Promise<void>
}

type Setting = { databaseUrl: string; port: number; variables: Record<string, string> }
type Runtime = { name: string; connections: number; start(setting: Setting): Promise<Running> }

const node: Runtime = {
  name: 'Node',
  connections: 8,
  async start({ databaseUrl, port, variables }) {
    const server = await startServer({
      port,
      env: { ...variables, DATABASE_URL: databaseUrl, PUBLIC_URL: `http://localhost:${port}` },
    })
    return {
      url: server.url,
      output: server.output,
      minute: async () => {},
      kill: async () => void (await server.stop('SIGKILL')),
      stop: server.dispose,
    }
  },
}

const workerd: Runtime = {
  name: 'workerd',
  connections: 8,
  async start({ databaseUrl, port, variables }) {
    const worker = await startWorker(databaseUrl, variables, { port })
    return { ...worker, url: worker.publicUrl, minute: () => worker.tick('* * * * *') }
  },
}

export const runtimes = [node, workerd]

/** The same port before and after a crash, since links lead there. */
export const aPort = freePort
