import { isLoopback } from '../domain/network.ts'
import type { EnvironmentReader } from './environment.ts'

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

/** The mailbox catches mail on this machine; SMTP, or Amazon SES, sends it. */
export type Transport = { kind: 'mailbox' } | OutgoingMail

/** Reads where mail goes; `local` is an installation that only its own machine reaches. */
export function readTransport(env: EnvironmentReader, local: boolean): Transport {
  const text = env.value('SMTP_URL')
  if (text === 'mailbox:' || (text === undefined && !env.value('DATABASE_URL') && local)) {
    if (!local)
      env.fault('SMTP_URL', 'the built-in mailbox works only while HOST and PUBLIC_URL are this machine')
    return { kind: 'mailbox' }
  }
  if (text === undefined) {
    env.fault(
      'SMTP_URL',
      local
        ? 'is needed beside DATABASE_URL, so that nothing is sent or caught by accident; SMTP_URL=mailbox: asks for the built-in mailbox'
        : 'is needed, since the built-in mailbox works only while HOST and PUBLIC_URL are this machine',
    )
    return { kind: 'mailbox' }
  }
  if (/^ses:/i.test(text)) return readSes(env, text.slice('ses:'.length))
  const smtp = env.url(
    'SMTP_URL',
    ['smtp:', 'smtps:'],
    ', nor a region of Amazon SES such as ses:eu-central-1',
  )
  if (!smtp) return { kind: 'mailbox' }
  if (!smtp.hostname)
    env.fault('SMTP_URL', 'names no host; smtps://user:password@smtp.example.com is its form')
  return {
    kind: 'smtp',
    server: { by: 'smtp', url: text },
    host: smtp.host,
    local: isLoopback(smtp.hostname),
  }
}

function readSes(env: EnvironmentReader, region: string): Transport {
  const known = /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)
  if (!known) env.fault('SMTP_URL', 'names no region of Amazon Web Services; ses:eu-central-1 is its form')
  const accessKeyId = readNeededKey(env, 'AWS_ACCESS_KEY_ID')
  const secretAccessKey = readNeededKey(env, 'AWS_SECRET_ACCESS_KEY')
  const sessionToken = readKey(env, 'AWS_SESSION_TOKEN')
  const configurationSet = env.value('SES_CONFIGURATION_SET')
  if (configurationSet && !/^[\w-]{1,64}$/.test(configurationSet))
    env.fault('SES_CONFIGURATION_SET', 'is not a name: up to 64 letters, digits, _ and -')
  const own = readSesEndpoint(env)
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

/** China's regions have a domain of their own. */
const amazonDomain = (region: string) => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com')

function readKey(env: EnvironmentReader, name: string): string | undefined {
  const text = env.value(name)
  if (text && !/^[\x21-\x7e]+$/.test(text)) env.fault(name, 'has characters that are in no key of Amazon’s')
  return text
}

function readNeededKey(env: EnvironmentReader, name: string): string {
  const text = readKey(env, name)
  if (!text)
    env.fault(name, 'is missing; SMTP_URL=ses: needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY together')
  return text ?? ''
}

function readSesEndpoint(env: EnvironmentReader): URL | undefined {
  const endpoint = env.origin('SES_ENDPOINT', ['https:', 'http:'], 'https://ses.example.com')
  // The signature covers the mail, and hides nothing of it.
  if (endpoint?.protocol === 'http:' && !isLoopback(endpoint.hostname))
    env.fault(
      'SES_ENDPOINT',
      'must start with https:// unless its host is this machine: mail would go in the clear',
    )
  return endpoint
}
