import { freePort, startServer } from '../support/server.ts'
import { startWorker } from '../support/worker.ts'

/** Broadsheet at work somewhere: a black box behind an address. */
export type Running = {
  url: string
  output(): string
  /** What the clock would bring, where somebody has to. */
  tick(cron: string): Promise<void>
  /** Ends it as a machine that fails does. */
  kill(): Promise<void>
  stop(): Promise<void>
}

type Setting = {
  databaseUrl: string
  port: number
  variables: Record<string, string>
  /** What the process is given beside them. */
  env?: Record<string, string>
}
type Runtime = { name: string; start(setting: Setting): Promise<Running> }

const node: Runtime = {
  name: 'Node',
  async start({ databaseUrl, port, variables, env }) {
    const server = await startServer({
      port,
      env: { ...env, ...variables, DATABASE_URL: databaseUrl, PUBLIC_URL: `http://localhost:${port}` },
    })
    return {
      url: server.url,
      output: server.output,
      tick: async () => {},
      kill: async () => void (await server.stop('SIGKILL')),
      stop: server.dispose,
    }
  },
}

const workerd: Runtime = {
  name: 'workerd',
  async start({ databaseUrl, port, variables, env }) {
    const worker = await startWorker(databaseUrl, variables, { port, env })
    return { ...worker, url: worker.publicUrl }
  },
}

export const runtimes = [node, workerd]

/** The same port before and after a crash, since links lead there. */
export const aPort = freePort
