import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent, buildConnector, fetch } from 'undici'
import { type Allowed, allowedTargets, isAddress, isPublicAddress, refuseUrl } from './addresses.ts'
import { readAnswer } from './body.ts'
import { type Fetcher, type FetchRefusal, userAgent } from './fetcher.ts'
import { type Answering, followRedirects } from './redirects.ts'

/** A connection that was not made, because its address is none that anybody could reach. */
class PrivateAddress extends Error {
  override name = 'PrivateAddress'
}

/**
 * A fetcher for Node. Names are looked up once, by the connection itself, and only the public ones of their
 * addresses are ever connected to: a name that changes its mind between check and connection has no effect.
 * `allow` holds host:port pairs that are let through whatever their address and port.
 */
export function nodeFetcher(settings: { allow: readonly string[]; publicUrl: string }): Fetcher {
  const allowed = allowedTargets(settings.allow)
  const connect = guardedConnector(allowed)
  return async (start, { method, signal, headers, maxBytes }) => {
    const dispatcher = new Agent({ connect, pipelining: 0 })
    let asked = start
    try {
      const followed = await followRedirects(
        start,
        url => refuseUrl(url, allowed),
        url => {
          asked = url
          const ours = { ...headers, 'user-agent': userAgent(settings.publicUrl) }
          // undici's Response has the standard's shape, under a type of its own.
          return fetch(url, {
            method,
            dispatcher,
            signal,
            redirect: 'manual',
            headers: ours,
          }) as Promise<Answering>
        },
      )
      if (followed.kind !== 'response') return followed
      return await readAnswer(followed.response, followed.url, maxBytes)
    } catch (error) {
      return refusalOf(error, asked.hostname, signal)
    } finally {
      await dispatcher.destroy()
    }
  }
}

/** Literal addresses reach no lookup, so they are checked first; names are checked inside their lookup. */
function guardedConnector(allowed: Allowed): buildConnector.connector {
  const open = buildConnector({ allowH2: false })
  const guarded = buildConnector({ allowH2: false, lookup: publicLookup })
  return (target, callback) => {
    const port = target.port || (target.protocol === 'https:' ? 443 : 80)
    if (allowed(target.hostname, port)) return open(target, callback)
    if (isAddress(target.hostname) && !isPublicAddress(target.hostname))
      return callback(new PrivateAddress(target.hostname), null)
    return guarded(target, callback)
  }
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0)
    const open = addresses.filter(({ address }) => isPublicAddress(address))
    if (!open[0]) return callback(new PrivateAddress(hostname), '', 0)
    if (options.all) return callback(null, open)
    callback(null, open[0].address, open[0].family)
  })
}

function refusalOf(error: unknown, host: string, signal: AbortSignal): FetchRefusal {
  if (signal.aborted) return { kind: 'timeout' }
  // undici wraps what went wrong outside ("fetch failed", "terminated"); an error that is bare is our own.
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined
  if (!cause) throw error
  if (cause instanceof PrivateAddress) return { kind: 'blocked-address', host, reason: 'private' }
  const code = (cause as { code?: string }).code ?? cause.name
  if (code === 'ENOTFOUND') return { kind: 'unknown-host', host }
  if (code === 'EAI_AGAIN') return { kind: 'unknown-host', host, perhaps: true }
  return { kind: 'unreachable', host, reason: code }
}
