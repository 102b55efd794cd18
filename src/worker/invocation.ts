import confirm from '../../emails/confirm.mjml'
import digest from '../../emails/digest.mjml'
import head from '../../emails/head.mjml'
import notice from '../../emails/notice.mjml'
import journal from '../../migrations/meta/_journal.json'
import { settleHome } from '../actions/home.ts'
import type { Services } from '../actions/services.ts'
import { ConfigError } from '../config.ts'
import { inlineRecoder } from '../pictures/inline-recoder.ts'
import { webFetcher } from '../reading/web-fetcher.ts'
import { webResolver } from '../reading/web-resolver.ts'
import { openDatabase } from '../store/client.ts'
import { countPending } from '../store/pending-migrations.ts'
import { checkSecretKeys } from '../store/secret-keys.ts'
import type { Env } from './bindings.ts'
import { log } from './log.ts'
import { readSettings } from './settings.ts'

/** One request, tick or message: what it is done with, from a database client of its own. */
export type Invocation = {
  services: Services
  /** Whether something was written that others wait for. */
  woken(): boolean
  close(): Promise<void>
}

/**
 * Opens the services of one invocation, with so many connections to the database at most: sockets don't outlive it on
 * Workers. Throws `ConfigError` with all that keeps the Worker from its work.
 */
export async function openInvocation(env: Env, connections: number): Promise<Invocation> {
  const { config, keys } = readSettings(env)
  const { db, close } = openDatabase(env.HYPERDRIVE.connectionString, { connections })
  let woken = false
  const fetcher = webFetcher({ allow: config.fetchAllow, publicUrl: config.publicUrl })
  const services: Services = {
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
    wake: () => {
      woken = true
    },
  }
  try {
    await startOnce(services)
  } catch (error) {
    await close()
    throw error
  }
  return { services, woken: () => woken, close }
}

let started = false

/** What a start does on Node. A database that does not answer is left to the invocation that meets it. */
async function startOnce(services: Services) {
  if (started) return
  const { db, keys } = services
  const [keyFaults, pending] = await Promise.all([
    checkSecretKeys(db, keys),
    services.pendingMigrations(),
  ]).catch(() => [])
  if (keyFaults === undefined || pending === undefined) return
  const faults = [...keyFaults]
  if (pending)
    faults.push(
      `migrations: ${pending} are pending, and are of Node alone: DATABASE_URL=postgres://… npx broadsheet migrate runs them`,
    )
  if (faults.length) throw new ConfigError(faults)
  await settleHome(services)
  started = true
}

/** Says why the Worker does nothing, if that is a matter of its set-up; rethrows all else. */
export function sayFaults(error: unknown): void {
  if (!(error instanceof ConfigError)) throw error
  log.error({ faults: error.faults }, 'Broadsheet can’t start')
}
