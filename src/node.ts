import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Services } from './actions/services.ts'
import { type Config, ConfigError, parseConfig } from './config.ts'
import { createKeyring } from './domain/keys.ts'
import type { Log } from './log.ts'
import { type Templates, templateNames } from './mail/templates.ts'
import { readAssets } from './node/assets.ts'
import { databaseSocket } from './node/database-socket.ts'
import { reachDatabase } from './node/reach-database.ts'
import { recentPictures } from './node/recent-pictures.ts'
import { root } from './node/root.ts'
import { keptSecretKeys } from './node/secret-key.ts'
import { nodeRecoder } from './pictures/node-recoder.ts'
import type { Fetcher } from './reading/fetcher.ts'
import { nodeResolver } from './reading/node-resolver.ts'
import { openDatabase } from './store/client.ts'
import { type EmbeddedDatabase, openEmbedded } from './store/embedded/open.ts'
import { migrate, pendingMigrations } from './store/migrate.ts'
import { checkSecretKeys } from './store/secret-keys.ts'

/** An open database with everything that stands on it. */
export type Installation = {
  services: Services
  databaseUrl: string
  /** Absent with DATABASE_URL. */
  embedded?: EmbeddedDatabase
  /** How many migrations this start applied. */
  applied: number
  /**
   * Gives it all back: queries that still run have `grace` seconds (1), then connections end, and with them an embedded
   * database that nobody else uses.
   */
  close(grace?: number): Promise<void>
}

const migrations = join(root, 'migrations')

/** Reads the environment, files of keys included. Throws `ConfigError` with every fault named. */
export const readConfig = (env: NodeJS.ProcessEnv): Config =>
  parseConfig(env, { readFile: path => readFileSync(path, 'utf8') })

/**
 * Opens the database, embedded or named by DATABASE_URL, brings its tables up to date, and puts the services together.
 * A person reads on stderr what takes longer than expected. Throws `ConfigError` or `EmbeddedDatabaseError` with words
 * for the person who starts the process.
 */
export async function openInstallation(config: Config, log: Log): Promise<Installation> {
  await using opened = new AsyncDisposableStack()
  const embedded = config.databaseUrl
    ? undefined
    : await openEmbedded({ dataDir: config.dataDir, onNotice: text => console.error(text) })
  if (embedded) opened.defer(() => embedded.close())
  else await reachDatabase(config.databaseUrl!)
  const databaseUrl = config.databaseUrl ?? embedded!.url
  const { applied } = await migrate(databaseUrl, migrations)
  const { db, close } = openDatabase(databaseUrl, { socket: databaseSocket })
  // Whoever closes waits for nobody; postgres.js would, for a query whose connection broke and was not made anew.
  let grace = 1
  opened.defer(() => close(grace))
  const kept = config.secretKeys ? undefined : keptSecretKeys(config.dataDir)
  const keys = createKeyring(config.secretKeys ?? kept!.keys)
  const faults = await checkSecretKeys(db, keys)
  if (faults.length)
    throw new ConfigError([
      ...faults,
      ...(kept ? [`SECRET_KEY: it is not set, so ${kept.path} was read`] : []),
    ])
  const services: Services = {
    config,
    db,
    keys,
    log,
    templates: readTemplates(),
    fetcher: fetcherOnDemand(config),
    recode: nodeRecoder(),
    recentPictures: recentPictures(),
    resolveTxt: nodeResolver(),
    assets: readAssets(),
    pendingMigrations: () => pendingMigrations(db, migrations),
    live: { kind: 'poll' },
    wake: () => {},
  }
  const held = opened.move()
  return {
    services,
    databaseUrl,
    embedded,
    applied,
    close(seconds = grace) {
      grace = seconds
      return held.disposeAsync()
    },
  }
}

/** The HTTP client is a tenth of the program, and a sender alone never fetches. */
function fetcherOnDemand({ fetchAllow, publicUrl }: Config): Fetcher {
  let made: Fetcher | undefined
  return async (url, init) => {
    const { nodeFetcher } = await import('./reading/node-fetcher.ts')
    made ??= nodeFetcher({ allow: fetchAllow, publicUrl })
    return made(url, init)
  }
}

function readTemplates(): Templates {
  const source = (name: string) => readFileSync(join(root, 'emails', `${name}.mjml`), 'utf8')
  return Object.fromEntries(templateNames.map(name => [name, source(name)])) as Templates
}
