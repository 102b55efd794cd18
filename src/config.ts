import { dkimKeyFault } from './domain/dkim-key.ts'
import { parseEmailAddress } from './domain/email-address.ts'
import { parseSecretKeys, type SecretKey } from './domain/keys.ts'
import { isAddressRange } from './domain/network.ts'

/** What a process was told by its environment, read and checked once. */
export type Config = {
  host: string
  port: number
  /** Where readers reach us: no trailing slash. */
  publicUrl: string
  dataDir: string
  /** Absent: the embedded database. */
  databaseUrl?: string
  /** The mailbox catches mail on this machine; SMTP sends it. */
  transport: { kind: 'mailbox' } | OutgoingMail
  smtpConnections: number
  /** Messages a second over all senders of the database; absent: unlimited. */
  sendRate?: number
  /** For how many seconds "Send" can still be stopped. */
  sendHold: number
  bounceAddress?: string
  dkim?: { domain: string; selector: string; privateKey: string }
  /** Newest first; absent: made once and kept in `dataDir`. */
  secretKeys?: SecretKey[]
  /** Addresses or CIDR ranges whose X-Forwarded-For we believe. */
  trustedProxies: string[]
  /** Sign-ups an hour from one network (IPv4 /24, IPv6 /48). */
  signupLimit: number
  /** `host:port` pairs that may be fetched although their address is private. */
  fetchAllow: string[]
}

/** Who takes mail that leaves the installation. */
export type MailServer = { by: 'smtp'; url: string } | SesServer

/** Amazon SES, or who speaks its API v2. */
export type SesServer = {
  by: 'ses'
  region: string
  /** Origin of the API: no trailing slash. */
  endpoint: string
  accessKeyId: string
  secretAccessKey: string
  /** Belongs to keys that are lent for a while. */
  sessionToken?: string
  configurationSet?: string
}

/** Mail goes out to readers: by this server, known by its host (with the port where that is named). */
type OutgoingMail = { kind: 'smtp'; server: MailServer; host: string; local: boolean }

/** Every fault of a configuration, each in words for the person who starts the process. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'))
  }
}

/** Is this host name or address the machine itself? */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  host === '[::1]' ||
  /^127(\.\d{1,3}){3}$/.test(host)

/** China's regions have a domain of their own. */
const amazonDomain = (region: string) => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com')

type Environment = Record<string, string | undefined>
/** What only the entry file can do: read a file, given its path. Throws when it can't. */
type Reach = { readFile?: (path: string) => string }

/** Reads the environment's variables. Throws `ConfigError` with every fault named. */
export function parseConfig(env: Environment, reach: Reach = {}): Config {
  const faults: string[] = []
  const fault = (name: string, text: string) => void faults.push(`${name}: ${text}`)
  const value = (name: string) => env[name]?.trim() || undefined
  const integer = (name: string, fallback: number, least: number, most: number) => {
    const text = value(name)
    if (text === undefined) return fallback
    const number = Number(text)
    if (Number.isInteger(number) && number >= least && number <= most) return number
    fault(name, `"${text}" is not a whole number from ${least} to ${most}`)
    return fallback
  }
  const url = (name: string, schemes: readonly string[]) => {
    const text = value(name)
    if (text === undefined) return undefined
    const parsed = URL.canParse(text) ? new URL(text) : undefined
    if (parsed && schemes.includes(parsed.protocol)) return parsed
    fault(name, `is not a URL that starts with ${schemes.map(scheme => `${scheme}//`).join(' or ')}`)
    return undefined
  }

  const host = value('HOST') ?? '127.0.0.1'
  const port = integer('PORT', 3000, 0, 65535)
  const publicUrl = url('PUBLIC_URL', ['http:', 'https:'])
  if (publicUrl && `${publicUrl.origin}/` !== publicUrl.href)
    fault(
      'PUBLIC_URL',
      'may have a scheme, a host and a port, nothing else, such as https://news.example.com',
    )
  const publicHost = publicUrl?.hostname ?? 'localhost'
  const local = isLoopback(host) && isLoopback(publicHost)
  if (!isLoopback(host) && !value('PUBLIC_URL'))
    fault(
      'PUBLIC_URL',
      'is needed where HOST is not this machine alone: the address under which readers reach Broadsheet',
    )

  const databaseUrl = url('DATABASE_URL', ['postgres:', 'postgresql:'])
  const transport = readTransport()
  const secretKeys = readSecretKeys()
  const dkim = readDkim()
  const bounce = value('BOUNCE_ADDRESS')
  if (bounce && parseEmailAddress(bounce).kind === 'refused')
    fault('BOUNCE_ADDRESS', 'is not an e-mail address')
  const config: Config = {
    host,
    port,
    publicUrl: (publicUrl?.href ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    dataDir: value('DATA_DIR') ?? '.data',
    ...(databaseUrl && { databaseUrl: value('DATABASE_URL')! }),
    transport,
    smtpConnections: integer('SMTP_CONNECTIONS', 20, 1, 1000),
    ...(value('SEND_RATE') && { sendRate: integer('SEND_RATE', 1, 1, 1_000_000) }),
    sendHold: integer('SEND_HOLD', 30, 0, 600),
    ...(bounce && { bounceAddress: bounce }),
    ...(dkim && { dkim }),
    ...(secretKeys && { secretKeys }),
    trustedProxies: list('TRUSTED_PROXIES', isAddressRange, 'addresses or ranges such as 10.0.0.0/8'),
    signupLimit: integer('SIGNUP_LIMIT', 100, 1, 1_000_000),
    fetchAllow: list('FETCH_ALLOW', isHostAndPort, 'host:port pairs'),
  }
  if (faults.length) throw new ConfigError(faults)
  return config

  function list(name: string, isOne: (text: string) => boolean, what: string): string[] {
    const items = (value(name) ?? '')
      .split(',')
      .map(item => item.trim())
      .filter(Boolean)
    for (const item of items)
      if (!isOne(item)) fault(name, `"${item}" is not one of ${what}, separated by commas`)
    return items
  }

  function readTransport(): Config['transport'] {
    const text = value('SMTP_URL')
    if (text === 'mailbox:' || (text === undefined && !value('DATABASE_URL') && local)) {
      if (!local)
        fault('SMTP_URL', 'the built-in mailbox works only while HOST and PUBLIC_URL are this machine')
      return { kind: 'mailbox' }
    }
    if (text === undefined) {
      fault(
        'SMTP_URL',
        local
          ? 'is needed beside DATABASE_URL, so that nothing is sent or caught by accident; SMTP_URL=mailbox: asks for the built-in mailbox'
          : 'is needed, since the built-in mailbox works only while HOST and PUBLIC_URL are this machine',
      )
      return { kind: 'mailbox' }
    }
    if (/^ses:/i.test(text)) return readSes(text.slice('ses:'.length))
    const smtp = url('SMTP_URL', ['smtp:', 'smtps:'])
    if (!smtp) return { kind: 'mailbox' }
    if (!smtp.hostname) fault('SMTP_URL', 'names no host; smtps://user:password@smtp.example.com is its form')
    return {
      kind: 'smtp',
      server: { by: 'smtp', url: text },
      host: smtp.host,
      local: isLoopback(smtp.hostname),
    }
  }

  function readSes(region: string): Config['transport'] {
    const known = /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)
    if (!known) fault('SMTP_URL', 'names no region of Amazon Web Services; ses:eu-central-1 is its form')
    const key = (name: string) => {
      const text = value(name)
      if (text && !/^[\x21-\x7e]+$/.test(text)) fault(name, 'has characters that are in no key of Amazon’s')
      return text
    }
    const needed = (name: string) => {
      const text = key(name)
      if (!text)
        fault(name, 'is missing; SMTP_URL=ses: needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY together')
      return text ?? ''
    }
    const accessKeyId = needed('AWS_ACCESS_KEY_ID')
    const secretAccessKey = needed('AWS_SECRET_ACCESS_KEY')
    const sessionToken = key('AWS_SESSION_TOKEN')
    const configurationSet = value('SES_CONFIGURATION_SET')
    if (configurationSet && !/^[\w-]{1,64}$/.test(configurationSet))
      fault('SES_CONFIGURATION_SET', 'is not a name: up to 64 letters, digits, _ and -')
    const own = readSesEndpoint()
    if (!known) return { kind: 'mailbox' }
    const endpoint = own ?? new URL(`https://email.${region}.${amazonDomain(region)}`)
    return {
      kind: 'smtp',
      server: {
        by: 'ses',
        region,
        endpoint: endpoint.origin,
        accessKeyId,
        secretAccessKey,
        ...(sessionToken && { sessionToken }),
        ...(configurationSet && { configurationSet }),
      },
      host: endpoint.host,
      local: isLoopback(endpoint.hostname),
    }
  }

  function readSesEndpoint(): URL | undefined {
    const endpoint = url('SES_ENDPOINT', ['https:', 'http:'])
    if (!endpoint) return undefined
    if (`${endpoint.origin}/` !== endpoint.href)
      fault(
        'SES_ENDPOINT',
        'may have a scheme, a host and a port, nothing else, such as https://ses.example.com',
      )
    // The signature covers the mail, and hides nothing of it.
    if (endpoint.protocol === 'http:' && !isLoopback(endpoint.hostname))
      fault(
        'SES_ENDPOINT',
        'must start with https:// unless its host is this machine: mail would go in the clear',
      )
    return endpoint
  }

  function readSecretKeys(): SecretKey[] | undefined {
    const text = value('SECRET_KEY')
    if (text === undefined) {
      if (!isLoopback(host))
        fault('SECRET_KEY', 'is needed where HOST is not this machine alone; openssl rand -hex 32 makes one')
      return undefined
    }
    const reading = parseSecretKeys(text)
    if ('keys' in reading) return reading.keys
    fault('SECRET_KEY', reading.fault)
    return undefined
  }

  function readDkim(): Config['dkim'] {
    const names = ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_PRIVATE_KEY'] as const
    const [domain, selector, key] = names.map(value)
    if (!domain && !selector && !key) return undefined
    for (const name of names)
      if (!value(name))
        fault(name, 'is missing; DKIM needs DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY together')
    if (domain && !/^[a-z0-9.-]+\.[a-z0-9-]+$/i.test(domain)) fault('DKIM_DOMAIN', 'is not a domain name')
    if (selector && !/^[a-z0-9.-]+$/i.test(selector)) fault('DKIM_SELECTOR', 'is not a selector')
    if (!domain || !selector || !key) return undefined
    const pem = key.includes('-----BEGIN') ? key.replaceAll('\\n', '\n') : readKeyFile(key)
    if (pem === undefined) return undefined
    const keyFault = dkimKeyFault(pem)
    if (keyFault) fault('DKIM_PRIVATE_KEY', keyFault)
    return { domain: domain.toLowerCase(), selector, privateKey: pem }
  }

  function readKeyFile(path: string): string | undefined {
    try {
      const text = reach.readFile?.(path)
      if (text?.includes('PRIVATE KEY-----')) return text
      fault('DKIM_PRIVATE_KEY', 'is neither a PEM private key nor the path of one')
    } catch (error) {
      fault('DKIM_PRIVATE_KEY', `the file ${path} can’t be read (${(error as { code?: string }).code})`)
    }
    return undefined
  }
}

function isHostAndPort(text: string): boolean {
  const port = /^(?:\[[\da-fA-F:]+\]|[^\s:/]+):(\d{1,5})$/.exec(text)?.[1]
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65535
}
