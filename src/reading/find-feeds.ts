import { type FeedAsk, type ReadFeedOutcome, readFeed } from './feed.ts'
import { readMarkup } from './markup.ts'
import { webUrl } from './page-url.ts'
import { plainText } from './plain-text.ts'
import { typedUrl } from './typed-url.ts'

export type FeedCandidate = { url: string; title: string }
type Found = Extract<ReadFeedOutcome, { kind: 'feed' }>

export type FindFeedsOutcome =
  /** The address is a feed's, or leads to the only one. */
  | { kind: 'found'; found: Found }
  | { kind: 'several'; candidates: FeedCandidate[] }
  | { kind: 'not-a-url' }
  | Exclude<ReadFeedOutcome, { kind: 'feed' | 'unchanged' }>

const mostCandidates = 20
/** Where systems keep their feeds, asked only when a page names none. */
const usualPaths = ['/feed', '/rss', '/rss.xml', '/feed.xml', '/atom.xml', '/index.xml', '/feed.json']
const mostTimeForUsual = 8000

/** Finds the feed that is meant by an address: of the feed itself, or of a page that names its feeds. */
export async function findFeeds(text: string, ask: Pick<FeedAsk, 'fetcher'>): Promise<FindFeedsOutcome> {
  const url = typedUrl(text)
  if (!url) return { kind: 'not-a-url' }
  const outcome = await readFeed(url, ask)
  if (outcome.kind === 'feed') return { kind: 'found', found: outcome }
  if (outcome.kind === 'unchanged') return { ...outcome, kind: 'status', status: 304 }
  if (outcome.kind !== 'no-feed') return outcome
  const named = feedsNamedBy(outcome.text, outcome.url)
  if (named.length > 1) return { kind: 'several', candidates: named }
  const found = named[0]
    ? [await readFeed(new URL(named[0].url), ask)].flatMap(one => (one.kind === 'feed' ? [one] : []))
    : await askUsual(outcome.url, ask)
  if (found.length > 1)
    return {
      kind: 'several',
      candidates: found.map(({ url, feed }) => ({ url: url.href, title: feed.title })),
    }
  return found[0] ? { kind: 'found', found: found[0] } : outcome
}

/** The feeds that a page names (`<link rel="alternate">`, HTML 4.6.7.1), each once, in its order. */
function feedsNamedBy(html: string, page: URL): FeedCandidate[] {
  const found = new Map<string, FeedCandidate>()
  let base = page
  readMarkup(
    html,
    {
      open(name, attributes) {
        if (name === 'base') base = URL.parse(webUrl(attributes.href, page) ?? '') ?? base
        if (name !== 'link' || found.size >= mostCandidates) return
        const { rel = '', type = '', title = '', href } = attributes
        if (!/(^|\s)alternate(\s|$)/i.test(rel.slice(0, 200)) || !isFeedType(type)) return
        const url = webUrl(href, base)
        if (url && !found.has(url)) found.set(url, { url, title: plainText(title, 200) })
      },
      text() {},
      close() {},
    },
    { enough: () => found.size >= mostCandidates },
  )
  return [...found.values()]
}

/** WordPress names its programming interface as JSON too, which is no feed. */
const isFeedType = (type: string): boolean =>
  /^\s*(application\/(rss|atom|rdf)\+xml|application\/feed\+json|text\/xml|application\/xml)\b/i.test(type)

async function askUsual(page: URL, { fetcher }: Pick<FeedAsk, 'fetcher'>): Promise<Found[]> {
  const outcomes = await Promise.all(
    usualPaths.map(path => readFeed(new URL(path, page), { fetcher, timeoutMs: mostTimeForUsual })),
  )
  const found = new Map<string, Found>()
  for (const one of outcomes) if (one.kind === 'feed') found.set(one.url.href, one)
  return [...found.values()]
}
