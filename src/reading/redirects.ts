import type { FetchRefusal } from './fetcher.ts'

const mostRedirects = 5
const redirectStatuses = new Set([301, 302, 303, 307, 308])

const permanent = new Set([301, 308])

type Refuse = (url: URL) => FetchRefusal | undefined
/** What both runtimes' responses have. */
export type Answering = {
  status: number
  headers: Pick<Headers, 'get'>
  body: ReadableStream<Uint8Array> | null
}

/**
 * Asks for a URL and follows at most five redirects, each checked like the first. `ask` must not follow any.
 * A redirect that names no place is handed on as the answer.
 */
export async function followRedirects<R extends Answering>(
  start: URL,
  refuse: Refuse,
  ask: (url: URL) => Promise<R>,
): Promise<{ kind: 'response'; url: URL; settledAt: URL; response: R } | FetchRefusal> {
  let url = start
  let settledAt = start
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const refusal = refuse(url)
    if (refusal) return refusal
    const response = await ask(url)
    const location = response.headers.get('location')
    if (!redirectStatuses.has(response.status) || !location)
      return { kind: 'response', url, settledAt, response }
    await response.body?.cancel()
    const next = URL.parse(location, url)
    if (!next) return { kind: 'unreachable', host: url.hostname, reason: 'bad-redirect' }
    if (settledAt === url && permanent.has(response.status)) settledAt = next
    url = next
  }
  return { kind: 'unreachable', host: url.hostname, reason: 'too-many-redirects' }
}
