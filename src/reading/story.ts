import { languageTag } from './language-tag.ts'
import { linkedFacts } from './linked-data.ts'
import { readPage } from './page.ts'
import { metaFacts, plainFacts } from './page-meta.ts'
import { storyUrl, webUrl } from './page-url.ts'
import { pictureOf, type StoryPicture } from './picture.ts'
import { plainText } from './plain-text.ts'
import { parsePublishedAt } from './published-at.ts'
import { readableFacts } from './readable.ts'
import type { StoryFacts } from './story-facts.ts'

/** A story as a page tells it. Texts are plain, of one line, and empty where the page says nothing. */
export type ReadStory = StoryPicture & {
  /** 1 to 300 UTF-16 units. */
  title: string
  /** At most 600. */
  standfirst: string
  /** The canonical URL where it is on the same site, else the one that answered. */
  url: string
  /** At most 200. */
  byline: string
  /** At most 100. */
  section: string
  publishedAt: Date | null
  /** A BCP 47 tag in its canonical form. */
  language: string | null
  /** At most 100; the host's name where the page names no source. */
  sourceName: string
}

/** The story that a page tells; undefined where it has not even a title. */
export function storyIn(html: string, answered: URL): ReadStory | undefined {
  const page = readPage(html)
  const marked = [linkedFacts(page.linkedData, answered), metaFacts(page)]
  const complete = (['title', 'standfirst', 'byline'] as const).every(field => textIn(marked, field, 300))
  const sources = [...marked, ...(complete ? [] : [readableFacts(html, page.title)]), plainFacts(page)]

  const base = URL.parse(webUrl(page.base, answered) ?? '') ?? answered
  const sourceName = textIn(sources, 'sourceName', 100) || answered.hostname.replace(/^www\./, '')
  const title = withoutSource(textIn(sources, 'title', 300), sourceName)
  if (!title) return undefined
  return {
    title,
    standfirst: textIn(sources, 'standfirst', 600),
    url: storyUrl([page.links.get('canonical'), ...sources.map(source => source.canonical)], answered, base),
    byline: textIn(sources, 'byline', 200).replace(/^[Bb]y:?\s+(?=\p{Lu})/u, ''),
    section: textIn(sources, 'section', 100),
    publishedAt: firstOf(sources, source => parsePublishedAt(source.published ?? '')) ?? null,
    ...pictureOf(sources, page.images, base),
    language: firstOf(sources, source => languageTag(source.language)) ?? null,
    sourceName,
  }
}

type TextField = 'title' | 'standfirst' | 'byline' | 'section' | 'sourceName'

const textIn = (sources: readonly StoryFacts[], field: TextField, most: number): string =>
  firstOf(sources, source => plainText(source[field] ?? '', most)) ?? ''

function firstOf<T>(sources: readonly StoryFacts[], read: (source: StoryFacts) => T): T | undefined {
  for (const source of sources) {
    const value = read(source)
    if (value) return value
  }
  return undefined
}

/** "A story | The Ledger" is a story of The Ledger's, not a headline. */
function withoutSource(title: string, sourceName: string): string {
  if (!title.toLowerCase().endsWith(sourceName.toLowerCase())) return title
  const headline = title.slice(0, -sourceName.length)
  return /\s[|·•–—-]\s*$/.test(headline) ? headline.replace(/\s[|·•–—-]\s*$/, '').trim() : title
}
