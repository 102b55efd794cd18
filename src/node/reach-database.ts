import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { ConfigError } from '../config.ts'
import { databaseSocket } from './database-socket.ts'

/** How long a start waits for a database, in milliseconds. */
const patience = 5_000
const oldest = 15

/**
 * Asks the PostgreSQL of DATABASE_URL whether it is there, lets us in, and is new enough. Waits up to 5 s for one that
 * keeps silent or is just starting. Throws `ConfigError` with words for the person who starts the process.
 */
export async function reachDatabase(url: string): Promise<void> {
  const deadline = Date.now() + patience
  for (;;) {
    try {
      const fault = versionFault(await askVersion(url, Math.max(1, deadline - Date.now())))
      if (fault) throw new ConfigError([`DATABASE_URL: ${fault}`])
      return
    } catch (error) {
      if (error instanceof ConfigError) throw error
      const { code, message } = error as Error & { code?: string }
      if (code !== startingUp || Date.now() > deadline)
        throw new ConfigError([`DATABASE_URL: ${faultOf(new URL(url), code, message)}`])
      await pause(200)
    }
  }
}

async function askVersion(url: string, ms: number): Promise<string> {
  const client = postgres(url, {
    max: 1,
    onnotice: () => {},
    fetch_types: false,
    connect_timeout: ms / 1000,
    socket: databaseSocket,
  } as object)
  try {
    const [row] = await client`show server_version_num`
    return String(row?.server_version_num)
  } finally {
    await client.end({ timeout: 0 })
  }
}

/** What is wrong with a server of this `server_version_num` (such as 180004; 90624 was 9.6). */
export function versionFault(number: string): string | undefined {
  const major = Math.floor(Number(number) / 10_000)
  if (major >= oldest) return undefined
  return `it is a PostgreSQL ${major || number}; Broadsheet needs ${oldest} or later`
}

const startingUp = '57P03'

function faultOf(url: URL, code = '', message: string): string {
  const place = url.host || 'localhost'
  const [user, name] = [decodeURIComponent(url.username), decodeURIComponent(url.pathname.slice(1))]
  switch (code) {
    case 'ECONNREFUSED':
      return `nobody answers at ${place}; does PostgreSQL run there?`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `there is no host ${url.hostname}`
    case 'CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${place} does not answer`
    case 'CONNECTION_CLOSED':
    case 'ECONNRESET':
      return `${place} takes the connection and drops it; is PostgreSQL behind it?`
    case startingUp:
      return `the PostgreSQL at ${place} is starting, and was not ready in ${patience / 1000} s`
    case '28P01':
    case '28000':
      return `the PostgreSQL at ${place} does not let the user ${user} in (${message})`
    case '3D000':
      return `the PostgreSQL at ${place} has no database ${name}; createdb ${name} makes it`
    default:
      return `the PostgreSQL at ${place} says: ${message || code}`
  }
}
