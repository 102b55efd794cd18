import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Services } from './actions/services.ts'
import { type Config, ConfigError, parseConfig } from './config.ts'
import { createKeyring, parseSecretKeys, type SecretKey } from './domain/keys.ts'
import type { Log } from './log.ts'
import { type Templates, templateNames } from './mail/templates.ts'
import { readAssets } from './node/assets.ts'
import { root } from './node/root.ts'
import { nodeFetcher } from './reading/node-fetcher.ts'
import { openDatabase, openRaw, type Raw } from './store/client.ts'
import { openEmbedded } from './store/embedded/open.ts'
import { migrate, pendingMigrations } from './store/migrate.ts'
import { checkSecretKeys } from './store/secret-keys.ts'

/** An open database with everything that stands on it; `close` gives it all back. */
export type Installation = {
  services: Services
  /** For the sender and COPY only. */
  raw: Raw
  databaseUrl: string
  /** How many migrations this start applied. */
  applied: number
  close(): Promise<void>
}

const migrations = join(root, 'migrations')

/** Reads the environment, files of keys included. Throws `ConfigError` with every fault named. */
export const readConfig = (env: NodeJS.ProcessEnv): Config =>
  parseConfig(env, { readFile: path => readFileSync(path, 'utf8') })

/**
 * Opens the database, embedded or named by DATABASE_URL, brings its tables up to date, and puts the services
 * together. Throws `ConfigError` or `EmbeddedDatabaseError` with words for the person who starts the process.
 */
export async function openInstallation(config: Config, log: Log): Promise<Installation> {
  const embedded = config.databaseUrl ? undefined : await openEmbedded({ dataDir: config.dataDir })
  const databaseUrl = config.databaseUrl ?? embedded!.url
  try {
    const { applied } = await migrate(databaseUrl, migrations)
    const { db, close } = openDatabase(databaseUrl)
    const raw = openRaw(databaseUrl, { name: 'broadsheet sender' })
    const keys = createKeyring(config.secretKeys ?? keptSecretKeys(config.dataDir))
    const services: Services = {
      config,
      db,
      keys,
      log,
      templates: readTemplates(),
      fetcher: nodeFetcher({ allow: config.fetchAllow, publicUrl: config.publicUrl }),
      assets: readAssets(),
      pendingMigrations: () => pendingMigrations(db, migrations),
      wake: () => {},
    }
    const end = async () => {
      await Promise.all([close(), raw.end({ timeout: 5 })])
      await embedded?.close()
    }
    const faults = await checkSecretKeys(db, keys)
    if (faults.length) {
      await end()
      throw new ConfigError(faults)
    }
    return { services, raw, databaseUrl, applied, close: end }
  } catch (error) {
    await embedded?.close()
    throw error
  }
}

/** The key that was made at the first start; made now where there is none. Only its owner can read it. */
function keptSecretKeys(dataDir: string): SecretKey[] {
  const path = join(dataDir, 'secret-key')
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true })
    try {
      writeFileSync(path, `1:${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  const reading = parseSecretKeys(readFileSync(path, 'utf8').trim())
  if ('fault' in reading) throw new ConfigError([`${path}: ${reading.fault}`])
  return reading.keys
}

function readTemplates(): Templates {
  const source = (name: string) => readFileSync(join(root, 'emails', `${name}.mjml`), 'utf8')
  return Object.fromEntries(templateNames.map(name => [name, source(name)])) as Templates
}
