import { allowedTargets, bareHost, isAddress, refuseUrl } from './addresses.ts'
import { readAnswer } from './body.ts'
import { type Fetcher, type FetchRefusal, userAgent } from './fetcher.ts'
import { followRedirects } from './redirects.ts'

/**
 * A fetcher on the platform's own `fetch`, for Workers, where no name leads into a private network. Addresses and
 * the names that mean "here" are refused on every hop; what a name resolves to can't be seen.
 */
export function webFetcher(settings: { allow: readonly string[]; publicUrl: string }): Fetcher {
  const allowed = allowedTargets(settings.allow)
  const refuse = (url: URL): FetchRefusal | undefined => {
    const refusal = refuseUrl(url, allowed)
    if (refusal || !isLocalName(url.hostname)) return refusal
    const known = allowed(url.hostname, url.port || (url.protocol === 'https:' ? 443 : 80))
    return known ? undefined : { kind: 'blocked-address', host: url.hostname, reason: 'private' }
  }
  return async (start, { method, signal, headers, maxBytes }) => {
    const ours = { ...headers, 'user-agent': userAgent(settings.publicUrl) }
    let asked = start
    try {
      const followed = await followRedirects(start, refuse, url => {
        asked = url
        return fetch(url, { method, signal, redirect: 'manual', headers: ours })
      })
      if (followed.kind !== 'response') return followed
      return await readAnswer(followed.response, followed.url, maxBytes)
    } catch (error) {
      // The platform tells no causes apart: a name that is not known is "unreachable" here.
      if (signal.aborted) return { kind: 'timeout' }
      return { kind: 'unreachable', host: asked.hostname, reason: String(error) }
    }
  }
}

/** RFC 6761, 6762, 8375, ICANN's .internal, and names without a dot: these never mean a public site. */
function isLocalName(hostname: string): boolean {
  const host = bareHost(hostname)
  if (isAddress(host)) return false
  return !host.includes('.') || /\.(localhost|local|internal|home\.arpa|test|invalid|onion)$/.test(host)
}
