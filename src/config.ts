import { type DkimConfig, type Reach, readDkim } from './config/dkim.ts'
import { type Environment, EnvironmentReader } from './config/environment.ts'
import { readTransport, type Transport } from './config/transport.ts'
import { parseEmailAddress } from './domain/email-address.ts'
import { parseSecretKeys, type SecretKey } from './domain/keys.ts'
import { isAddressRange, isLoopback } from './domain/network.ts'

/** What a process was told by its environment, read and checked once. */
export type Config = {
  host: string
  port: number
  /** Where readers reach us: no trailing slash. */
  publicUrl: string
  dataDir: string
  /** Absent: the embedded database. */
  databaseUrl?: string
  transport: Transport
  smtpConnections: number
  /** Messages a second over all senders of the database; absent: unlimited. */
  sendRate?: number
  /** For how many seconds "Send" can still be stopped. */
  sendHold: number
  bounceAddress?: string
  dkim?: DkimConfig
  /** Newest first; absent: made once and kept in `dataDir`. */
  secretKeys?: SecretKey[]
  /** Addresses or CIDR ranges whose X-Forwarded-For we believe. */
  trustedProxies: string[]
  /** Sign-ups an hour from one network (IPv4 /24, IPv6 /48). */
  signupLimit: number
  /** `host:port` pairs that may be fetched although their address is private. */
  fetchAllow: string[]
}

/** Every fault of a configuration, each in words for the person who starts the process. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'))
  }
}

/** Reads the environment's variables. Throws `ConfigError` with every fault named. */
export function parseConfig(variables: Environment, reach: Reach = {}): Config {
  const env = new EnvironmentReader(variables)
  const host = env.value('HOST') ?? '127.0.0.1'
  const port = env.integer('PORT', 3000, 0, 65535)
  const publicUrl = env.origin('PUBLIC_URL', ['http:', 'https:'], 'https://news.example.com')
  const local = isLoopback(host) && isLoopback(publicUrl?.hostname ?? 'localhost')
  if (!isLoopback(host) && !env.value('PUBLIC_URL'))
    env.fault(
      'PUBLIC_URL',
      'is needed where HOST is not this machine alone: the address under which readers reach Broadsheet',
    )

  const databaseUrl = env.url('DATABASE_URL', ['postgres:', 'postgresql:'])
  const transport = readTransport(env, local)
  const secretKeys = readSecretKeys(env, host)
  const dkim = readDkim(env, reach)
  const bounce = env.value('BOUNCE_ADDRESS')
  if (bounce && parseEmailAddress(bounce).kind === 'refused')
    env.fault('BOUNCE_ADDRESS', 'is not an e-mail address')
  const config: Config = {
    host,
    port,
    publicUrl: (publicUrl?.href ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    dataDir: env.value('DATA_DIR') ?? '.data',
    ...(databaseUrl && { databaseUrl: env.value('DATABASE_URL')! }),
    transport,
    smtpConnections: env.integer('SMTP_CONNECTIONS', 20, 1, 1000),
    ...(env.value('SEND_RATE') && { sendRate: env.integer('SEND_RATE', 1, 1, 1_000_000) }),
    sendHold: env.integer('SEND_HOLD', 30, 0, 600),
    ...(bounce && { bounceAddress: bounce }),
    ...(dkim && { dkim }),
    ...(secretKeys && { secretKeys }),
    trustedProxies: env.list('TRUSTED_PROXIES', isAddressRange, 'addresses or ranges such as 10.0.0.0/8'),
    signupLimit: env.integer('SIGNUP_LIMIT', 100, 1, 1_000_000),
    fetchAllow: env.list('FETCH_ALLOW', isHostAndPort, 'host:port pairs'),
  }
  if (env.faults.length) throw new ConfigError(env.faults)
  return config
}

function readSecretKeys(env: EnvironmentReader, host: string): SecretKey[] | undefined {
  const text = env.value('SECRET_KEY')
  if (text === undefined) {
    if (!isLoopback(host))
      env.fault(
        'SECRET_KEY',
        'is needed where HOST is not this machine alone; openssl rand -hex 32 makes one',
      )
    return undefined
  }
  const reading = parseSecretKeys(text)
  if ('keys' in reading) return reading.keys
  env.fault('SECRET_KEY', reading.fault)
  return undefined
}

function isHostAndPort(text: string): boolean {
  const port = /^(?:\[[\da-fA-F:]+\]|[^\s:/]+):(\d{1,5})$/.exec(text)?.[1]
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65535
}
