import { maxAgeOf, type PaceHints, retryAfterOf } from '../domain/feed-pace.ts'
import { decodePage } from './charset.ts'
import { type FeedDocument, feedIn } from './feed-document.ts'
import type { FetchAnswer, Fetcher, FetchRefusal } from './fetcher.ts'

/** What the server gave for its last answer, so that it need not say the same again (RFC 9110 13.1). */
type FeedMark = { etag: string | null; lastModified: string | null }

type Answered = {
  /** The URL that answered, after all redirects. */
  url: URL
  /** Where to ask from now on: after permanent redirects alone. */
  settledAt: URL
  pace: PaceHints
}

export type ReadFeedOutcome =
  | (Answered & { kind: 'feed'; feed: FeedDocument; mark: FeedMark })
  | (Answered & { kind: 'unchanged' })
  /** The server answered with something else: its text where that may be a page that names feeds. */
  | (Answered & { kind: 'no-feed'; text: string })
  | (Answered & { kind: 'status'; status: number })
  | FetchRefusal

export type FeedAsk = { fetcher: Fetcher; mark?: FeedMark; timeoutMs?: number; signal?: AbortSignal }

const mostTime = 10_000
const mostBytes = 5_000_000
const accept =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.1'

/**
 * Reads the feed at a URL within 10 s and 5 MB: RSS 0.9 to 2.0, RDF, Atom, JSON Feed, at most its first 1,000 stories.
 * Whatever the server does is an outcome; it throws only for faults of our own. The worst 5 MB that were tried (deep
 * JSON; authors of nothing but brackets) took 1.2 s.
 */
export async function readFeed(
  url: URL,
  { fetcher, mark, timeoutMs = mostTime, signal }: FeedAsk,
): Promise<ReadFeedOutcome> {
  const late = AbortSignal.timeout(timeoutMs)
  const answer = await fetcher(url, {
    signal: signal ? AbortSignal.any([late, signal]) : late,
    headers: {
      accept,
      ...(mark?.etag && { 'if-none-match': mark.etag }),
      ...(mark?.lastModified && { 'if-modified-since': mark.lastModified }),
    },
    maxBytes: mostBytes,
  })
  if (answer.kind !== 'answer') return answer
  const answered = { url: answer.url, settledAt: answer.settledAt, pace: paceOf(answer) }
  if (answer.status === 304 && mark) return { kind: 'unchanged', ...answered }
  if (answer.status < 200 || answer.status > 299)
    return { kind: 'status', status: answer.status, ...answered }
  const text = decodePage(answer.body, answer.headers.get('content-type'))
  const feed = feedIn(text, answer.url)
  if (!feed) return { kind: 'no-feed', text, ...answered }
  const pace = { ...answered.pace, ...(feed.ttl !== undefined && { ttl: feed.ttl }) }
  return { kind: 'feed', feed, mark: markOf(answer), ...answered, pace }
}

const paceOf = ({ headers }: FetchAnswer): PaceHints => ({
  maxAge: maxAgeOf(headers.get('cache-control')),
  retryAfter: retryAfterOf(headers.get('retry-after'), new Date()),
})

const markOf = ({ headers }: FetchAnswer): FeedMark => ({
  etag: headerText(headers.get('etag')),
  lastModified: headerText(headers.get('last-modified')),
})

/** A header that can be kept and sent back: ASCII, of a sane length. */
const headerText = (value: string | null): string | null =>
  value !== null && /^[\x20-\x7e]{1,500}$/.test(value) ? value : null
