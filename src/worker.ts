import confirm from '../emails/confirm.mjml'
import digest from '../emails/digest.mjml'
import head from '../emails/head.mjml'
import notice from '../emails/notice.mjml'
import type { Services } from './actions/services.ts'
import { type Config, parseConfig } from './config.ts'
import { createKeyring, type Keyring } from './domain/keys.ts'
import type { Log } from './log.ts'
import { webFetcher } from './reading/web-fetcher.ts'
import { openDatabase } from './store/client.ts'
import { createApp } from './web/app.ts'

/** What wrangler.toml binds. */
type Env = Record<string, string> & { HYPERDRIVE: { connectionString: string } }
type Lifetime = { waitUntil(promise: Promise<unknown>): void; passThroughOnException(): void }

const line = (level: string) => (fields: object, text: string) =>
  console.log(JSON.stringify({ level, ...fields, text }))
const log: Log = { info: line('info'), warn: line('warn'), error: line('error') }

// The bindings are the same for every request of a deployment; keys are derived once.
let settings: { config: Config; keys: Keyring } | undefined

function readSettings(env: Env) {
  settings ??= (() => {
    const given = Object.fromEntries(Object.entries(env).filter(([, value]) => typeof value === 'string'))
    const config = parseConfig({ ...given, HOST: '0.0.0.0', DATABASE_URL: env.HYPERDRIVE.connectionString })
    return { config, keys: createKeyring(config.secretKeys!) }
  })()
  return settings
}

const app = createApp(env => (env as { services: Services }).services)

export default {
  /** All pages, from a database client of the request's own: sockets don't outlive a request on Workers. */
  async fetch(request: Request, env: Env, lifetime: Lifetime): Promise<Response> {
    const { config, keys } = readSettings(env)
    const { db, close } = openDatabase(env.HYPERDRIVE.connectionString, { connections: 5 })
    const services: Services = {
      config,
      db,
      keys,
      log,
      templates: { digest, confirm, notice, head },
      fetcher: webFetcher({ allow: config.fetchAllow, publicUrl: config.publicUrl }),
      assets: new Map(),
      pendingMigrations: async () => 0,
      wake: () => {},
    }
    try {
      return await app.fetch(request, { services }, lifetime as never)
    } finally {
      lifetime.waitUntil(close())
    }
  },
}
