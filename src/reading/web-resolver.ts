import { z } from 'zod'
import type { Fetcher } from './fetcher.ts'
import type { TxtResolver } from './resolver.ts'

/** RFC 1035 4.1.1: 0 is an answer, 3 says that there is no such name; the rest that nobody could say. */
const answer = z.object({
  Status: z.number(),
  Answer: z.array(z.object({ type: z.number(), data: z.string() })).default([]),
})
const txt = 16

/** A resolver for Workers, which have no sockets for the DNS: over HTTPS, in Cloudflare's and Google's JSON form. */
export const webResolver =
  (fetcher: Fetcher, endpoint = 'https://cloudflare-dns.com/dns-query'): TxtResolver =>
  async (name, signal) => {
    const url = new URL(endpoint)
    url.search = new URLSearchParams({ name, type: 'TXT' }).toString()
    const fetched = await fetcher(url, {
      signal,
      headers: { accept: 'application/dns-json' },
      maxBytes: 65_536,
    })
    const said =
      fetched.kind === 'answer' && fetched.status === 200 ? answer.safeParse(json(fetched.body)) : undefined
    if (!said?.success || (said.data.Status !== 0 && said.data.Status !== 3)) return { kind: 'unknown' }
    const records = said.data.Answer.filter(({ type }) => type === txt).map(({ data }) => unquoted(data))
    return { kind: 'records', records }
  }

function json(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

/** `"v=DKIM1; p=MII" "BIj"`: the strings of one record, quoted (RFC 1035 5.1). */
function unquoted(data: string): string {
  const strings = data.match(/"(?:[^"\\]|\\.)*"/gs)
  return strings ? strings.map(text => text.slice(1, -1).replace(/\\(.)/gs, '$1')).join('') : data
}
