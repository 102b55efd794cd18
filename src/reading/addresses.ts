import ipaddr from 'ipaddr.js'
import type { FetchRefusal } from './fetcher.ts'

/**
 * Can anybody on the Internet reach this IP address? Addresses of IPv4 inside IPv6 are judged by the IPv4 one.
 * For IPv6 only 2000::/3 counts (RFC 4291 2.4): ipaddr.js calls the old ::127.0.0.1 unicast too.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  return parsed instanceof ipaddr.IPv6 ? parsed.parts[0]! >> 13 === 1 : true
}

/** The host of a URL or of a connection without the brackets of IPv6 and the dot of the root. */
export const bareHost = (host: string): string => host.replace(/^\[|\]$/g, '').replace(/\.$/, '')

/** Is this text an IP address rather than a name? */
export const isAddress = (host: string): boolean => ipaddr.isValid(bareHost(host))

/** The host:port pairs that may be fetched although their address is private. */
export type Allowed = (host: string, port: string | number) => boolean

/** Reads such a list; `localhost:8080` lets through just that name and port, not 127.0.0.1. */
export function allowedTargets(pairs: readonly string[]): Allowed {
  const keys = new Set(
    pairs.flatMap(pair => {
      const url = URL.parse(`http://${pair}`)
      return url ? [keyOf(url.hostname, url.port || '80')] : []
    }),
  )
  return (host, port) => keys.has(keyOf(host, port))
}

const keyOf = (host: string, port: string | number): string => `${bareHost(host).toLowerCase()} ${port}`

const defaultPorts: Record<string, string> = { 'http:': '80', 'https:': '443' }

/** What the URL itself forbids, before any name is looked up; run on every hop. */
export function refuseUrl(url: URL, allowed: Allowed): FetchRefusal | undefined {
  const port = url.port || defaultPorts[url.protocol]
  if (!port || !defaultPorts[url.protocol]) return { kind: 'scheme', scheme: url.protocol.slice(0, -1) }
  const host = url.hostname
  if (url.username || url.password) return { kind: 'blocked-address', host, reason: 'credentials' }
  if (allowed(host, port)) return undefined
  if (port !== '80' && port !== '443') return { kind: 'blocked-address', host, reason: 'port' }
  if (isAddress(host) && !isPublicAddress(bareHost(host)))
    return { kind: 'blocked-address', host, reason: 'private' }
  return undefined
}
