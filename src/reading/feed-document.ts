import { type AnyFeed, parseFeed, parseJsonFeed } from 'feedsmith'
import { clipFeed } from './feed-clip.ts'
import { type FeedContext, type FeedEntry, feedEntry, feedKey } from './feed-entry.ts'
import { atomFacts, type EntryFacts, jsonFacts, rdfFacts, rssFacts } from './feed-facts.ts'
import { webUrl } from './page-url.ts'
import { plainText } from './plain-text.ts'

export type FeedDocument = {
  /** At most 200 UTF-16 units; empty where the feed has none. */
  title: string
  /** At most 1,000, in the document's order, each key and each address once. */
  entries: FeedEntry[]
  /** How long it may be kept, in milliseconds. */
  ttl: number | undefined
}

type Told = { title?: string; base?: string; language?: string; ttl?: number; items: EntryFacts[] }

const mostItems = 1000

/** Reads RSS 0.9 to 2.0, Atom or JSON Feed from what answered at `answered`; undefined for what is no feed. */
export function feedIn(text: string, answered: URL): FeedDocument | undefined {
  const told = /^\s*\{/.test(text) ? toldInJson(text) : toldInXml(text)
  if (!told) return undefined
  const context: FeedContext = {
    base: URL.parse(webUrl(told.base, answered) ?? '') ?? answered,
    language: told.language,
  }
  const entries = told.items.flatMap(item => feedEntry(item, context) ?? [])
  return {
    title: plainText(told.title ?? '', 200),
    entries: eachOnce(entries),
    ttl: told.ttl !== undefined && told.ttl > 0 ? told.ttl * 60_000 : undefined,
  }
}

function toldInXml(text: string): Told | undefined {
  const xml = clipFeed(text)
  if (xml === undefined) return undefined
  let parsed: AnyFeed
  try {
    parsed = parseFeed(xml)
  } catch {
    // The parser throws for what is no feed, and trips over a few that are broken in ways of their own.
    return undefined
  }
  switch (parsed.format) {
    case 'rss': {
      const { title, language, ttl, dc, xml, items = [] } = parsed.feed
      return {
        title,
        base: xml?.base,
        language: language ?? dc?.languages?.[0],
        ttl,
        items: items.map(rssFacts),
      }
    }
    case 'rdf': {
      const { title, dc, xml, items = [] } = parsed.feed
      return { title, base: xml?.base, language: dc?.languages?.[0], items: items.map(rdfFacts) }
    }
    case 'atom': {
      const { title, xml, entries = [] } = parsed.feed
      return { title: title?.value, base: xml?.base, language: xml?.lang, items: entries.map(atomFacts) }
    }
    case 'json':
      return undefined
  }
}

function toldInJson(text: string): Told | undefined {
  try {
    const value = JSON.parse(text)
    if (!/^https?:\/\/jsonfeed\.org\//.test(value?.version) || !Array.isArray(value.items)) return undefined
    const {
      title,
      language,
      items = [],
    } = parseJsonFeed({ ...value, items: value.items.slice(0, mostItems) })
    return { title, language, items: items.map(jsonFacts) }
  } catch {
    return undefined
  }
}

/**
 * A key that several stories share names none of them: they go by their addresses, and one address is one story. Some
 * systems give every story the site's own address as its id.
 */
function eachOnce(entries: readonly FeedEntry[]): FeedEntry[] {
  const addresses = new Map<string, Set<string>>()
  for (const { key, url } of entries) addresses.set(key, (addresses.get(key) ?? new Set()).add(url))
  const seen = { urls: new Set<string>(), keys: new Set<string>() }
  return entries.flatMap(entry => {
    const key = addresses.get(entry.key)!.size > 1 ? feedKey(entry.url)! : entry.key
    if (seen.urls.has(entry.url) || seen.keys.has(key)) return []
    seen.urls.add(entry.url)
    seen.keys.add(key)
    return [{ ...entry, key }]
  })
}
