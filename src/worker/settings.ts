import { type Config, ConfigError, parseConfig } from '../config.ts'
import { createKeyring, type Keyring } from '../domain/keys.ts'
import type { Env } from './bindings.ts'

export type Settings = { config: Config; keys: Keyring }

// The bindings are the same for every invocation of a deployment; keys are derived once.
let known: Settings | undefined

/** What wrangler.toml and the secrets say. Throws `ConfigError` with every fault named, what only Node can do among them. */
export function readSettings(env: Env): Settings {
  known ??= (() => {
    const config = configOf(env)
    return { config, keys: createKeyring(config.secretKeys!) }
  })()
  return known
}

/** The same, read anew. */
export function configOf(env: Env): Config {
  const variables = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
  const faults = [...bindingFaults(env), ...faultsOfPlace(variables)]
  const named = new Set(faults.map(nameOf))
  try {
    const config = parseConfig({
      ...variables,
      HOST: '0.0.0.0',
      DATABASE_URL: env.HYPERDRIVE?.connectionString,
    })
    if (!faults.length) return config
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    faults.push(...error.faults.filter(fault => !named.has(nameOf(fault))))
  }
  throw new ConfigError(faults)
}

const nameOf = (fault: string) => fault.split(':', 1)[0]!

const bindings = {
  HYPERDRIVE:
    'is not bound: the embedded database is of Node alone, so wrangler.toml names a Hyperdrive in front of a PostgreSQL',
  BATCHES: 'is not bound: wrangler.toml names the queue of batches, npx wrangler queues create makes it',
  WAKES: 'is not bound: wrangler.toml names the queue of wakes, npx wrangler queues create makes it',
} as const

const bindingFaults = (env: Env) =>
  Object.entries(bindings).flatMap(([name, fault]) => (env[name] ? [] : [`${name}: ${fault}`]))

/** What a process on Node could be told, and a Worker can't do. */
function faultsOfPlace({ SMTP_URL, DATABASE_URL, DATA_DIR }: Record<string, string>): string[] {
  const faults: string[] = []
  if (!SMTP_URL?.trim() || SMTP_URL.trim() === 'mailbox:')
    faults.push(
      'SMTP_URL: the built-in mailbox is of Node alone; name a mail server, such as smtps://user:password@smtp.example.com',
    )
  else if (/^smtps?:/.test(SMTP_URL) && URL.canParse(SMTP_URL) && new URL(SMTP_URL).port === '25')
    faults.push(
      'SMTP_URL: Workers open no connection to port 25; mail servers take mail at 465 (smtps:) or 587',
    )
  if (DATABASE_URL)
    faults.push('DATABASE_URL: is not read here; the database stands behind the Hyperdrive of wrangler.toml')
  if (DATA_DIR)
    faults.push(
      'DATA_DIR: there is no folder here; the embedded database and its kept secret are of Node alone',
    )
  return faults
}
