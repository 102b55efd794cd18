import confirm from '../emails/confirm.mjml'
import digest from '../emails/digest.mjml'
import head from '../emails/head.mjml'
import notice from '../emails/notice.mjml'
import journal from '../migrations/meta/_journal.json'
import type { Services } from './actions/services.ts'
import { type Config, ConfigError, parseConfig } from './config.ts'
import { errorFields } from './domain/error-fields.ts'
import { createKeyring, type Keyring } from './domain/keys.ts'
import type { Log } from './log.ts'
import { inlineRecoder } from './pictures/inline-recoder.ts'
import { webFetcher } from './reading/web-fetcher.ts'
import { webResolver } from './reading/web-resolver.ts'
import { type Db, openDatabase } from './store/client.ts'
import { countPending } from './store/pending-migrations.ts'
import { checkSecretKeys } from './store/secret-keys.ts'
import { createApp } from './web/app.ts'

/** What wrangler.toml binds. */
type Env = Record<string, string> & { HYPERDRIVE: { connectionString: string } }
type Lifetime = { waitUntil(promise: Promise<unknown>): void; passThroughOnException(): void }

const line =
  (level: string) =>
  ({ err, ...fields }: { err?: unknown }, text: string) =>
    console.log(
      JSON.stringify({ level, ...fields, ...(err !== undefined && { err: errorFields(err) }), text }),
    )
const log: Log = { info: line('info'), warn: line('warn'), error: line('error') }

const app = createApp(env => (env as { services: Services }).services)

export default {
  fetch(request: Request, env: Env, lifetime: Lifetime): Promise<Response> {
    const isPicture = request.method === 'GET' && new URL(request.url).pathname.startsWith('/pictures/')
    return isPicture
      ? fromEdge(request, lifetime, () => answer(request, env, lifetime))
      : answer(request, env, lifetime)
  },
}

/** Pictures never change: they are kept where their readers are, and asked of us once in each place. */
async function fromEdge(request: Request, lifetime: Lifetime, ask: () => Promise<Response>) {
  const edge = (caches as unknown as { default: Cache }).default
  const kept = await edge.match(request)
  if (kept) return kept
  const response = await ask()
  if (response.status === 200) lifetime.waitUntil(edge.put(request, response.clone()))
  return response
}

/** All pages, from a database client of the request's own: sockets don't outlive a request on Workers. */
async function answer(request: Request, env: Env, lifetime: Lifetime): Promise<Response> {
  const { db, close } = openDatabase(env.HYPERDRIVE.connectionString, { connections: 5 })
  // What goes on when the answer is out, such as a count, still asks the database.
  const afterwards: Promise<unknown>[] = []
  const inside: Lifetime = {
    waitUntil: promise => void afterwards.push(promise),
    passThroughOnException: () => lifetime.passThroughOnException(),
  }
  try {
    const services = servicesOf(env, db)
    await checkKeysOnce(services)
    const response = await app.fetch(request, { services }, inside as never)
    return closeAfter(response, lifetime, () => Promise.allSettled(afterwards).then(() => close()))
  } catch (error) {
    lifetime.waitUntil(close())
    if (!(error instanceof ConfigError)) throw error
    log.error({ faults: error.faults }, 'Broadsheet can’t start')
    return new Response('Broadsheet is not set up yet. Its log says what is missing.\n', { status: 503 })
  }
}

const servicesOf = (env: Env, db: Db): Services => {
  const { config, keys } = readSettings(env)
  const fetcher = webFetcher({ allow: config.fetchAllow, publicUrl: config.publicUrl })
  return {
    config,
    db,
    keys,
    log,
    templates: { digest, confirm, notice, head },
    fetcher,
    recode: inlineRecoder,
    recentPictures: { get: () => undefined, set: () => {} },
    resolveTxt: webResolver(fetcher),
    assets: new Map(),
    pendingMigrations: () => countPending(db, journal),
    live: { kind: 'poll' },
    wake: () => {},
  }
}

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

let keysChecked = false

/** What a start does on Node. A database that does not answer is left to the request that meets it. */
async function checkKeysOnce({ db, keys }: Services) {
  if (keysChecked) return
  const faults = await checkSecretKeys(db, keys).catch(() => undefined)
  if (faults?.length) throw new ConfigError(faults)
  keysChecked = faults !== undefined
}

/** The answer, whose body may still be read from the database when its head is sent. */
function closeAfter(response: Response, lifetime: Lifetime, close: () => Promise<void>): Response {
  if (!response.body) {
    lifetime.waitUntil(close())
    return response
  }
  const { readable, writable } = new TransformStream()
  lifetime.waitUntil(
    response.body
      .pipeTo(writable)
      .catch(() => {})
      .finally(close),
  )
  return new Response(readable, response)
}
