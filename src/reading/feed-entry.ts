import { createHash } from 'node:crypto'
import { articleAddress } from '../domain/article-address.ts'
import type { EntryFacts } from './feed-facts.ts'
import { readHtml } from './html-text.ts'
import { languageTag } from './language-tag.ts'
import { webUrl } from './page-url.ts'
import { plainText } from './plain-text.ts'
import { parsePublishedAt } from './published-at.ts'

/** A story as a feed tells it. Texts are plain, of one line, and empty where the feed says nothing. */
export type FeedEntry = {
  /** What the feed knows it by: at most 500 UTF-16 units. */
  key: string
  /** 1 to 300 UTF-16 units. */
  title: string
  /** At most 600. */
  standfirst: string
  /** Absolute, http or https, without a fragment. */
  url: string
  /** At most 200. */
  byline: string
  /** At most 100. */
  section: string
  publishedAt: Date | null
  imageUrl: string | null
  /** At most 300. */
  imageAlt: string
  /** At most 200. */
  imageCredit: string
  language: string | null
}

/** What the feed says of all its stories. */
export type FeedContext = { base: URL; language: string | undefined }

const mostKey = 500
const mostHtml = 40_000

/** One story of a feed; undefined where it has no address on the web, or says nothing at all. */
export function feedEntry(facts: EntryFacts, { base, language }: FeedContext): FeedEntry | undefined {
  const link = firstOf(facts.links, text => webUrl(text, base))
  const url = link && articleAddress(link)
  if (!url) return undefined
  const summaries = readAll(facts.summaries)
  const contents = readAll(facts.contents)
  const standfirst =
    firstOf(summaries, ({ text }) => withoutFooter(plainText(text, 600))) ??
    firstOf(contents, ({ text }) => withoutFooter(plainText(text, 300))) ??
    ''
  const title = plainText(facts.title ?? '', 300) || plainText(standfirst, 120)
  if (!title) return undefined
  return {
    key: firstOf(facts.ids, feedKey) ?? feedKey(url)!,
    title,
    standfirst: standfirst === title ? '' : standfirst,
    url,
    byline: namesOf(facts.authors),
    section: firstOf(facts.sections, text => sectionOf(plainText(text ?? '', 100))) ?? '',
    publishedAt: firstOf(facts.dates, text => parsePublishedAt(text ?? '')) ?? null,
    ...pictureIn(facts.pictures, [...contents, ...summaries], base),
    language: firstOf([...facts.languages, language], languageTag) ?? null,
  }
}

type Html = ReturnType<typeof readHtml>

const readAll = (texts: EntryFacts['summaries']): Html[] =>
  texts.flatMap(text => (text ? [readHtml(text.slice(0, mostHtml), 6000)] : []))

/** An id of any length, as a column and its index take it. */
export function feedKey(id: string | undefined): string | undefined {
  const key = id
    ?.toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .trim()
  if (!key) return undefined
  return key.length <= mostKey ? key : `sha256:${createHash('sha256').update(key).digest('base64url')}`
}

/** What WordPress puts under every excerpt. */
const withoutFooter = (text: string): string =>
  text
    .replace(/\s*The post .{1,300} (first )?appeared (first )?on .{1,100}$/, '')
    .replace(/\s*\[(…|\.\.\.)\]$/, '…')

/** WordPress's word for "no section". */
const sectionOf = (text: string): string => (/^uncategori[sz]ed$/i.test(text) ? '' : text)

function namesOf(authors: EntryFacts['authors']): string {
  const names = authors
    .slice(0, 20)
    .map(author => plainText(author ?? '', 200).replace(/^by:?\s+(?=\p{Lu})/iu, ''))
    .filter(name => name && !/^\S+@\S+$|^https?:/i.test(name))
  return plainText([...new Set(names)].slice(0, 8).join(', '), 200)
}

/** The picture that the feed names, else the first that the story shows. */
function pictureIn(
  pictures: EntryFacts['pictures'],
  htmls: readonly Html[],
  base: URL,
): Pick<FeedEntry, 'imageUrl' | 'imageAlt' | 'imageCredit'> {
  const shown = htmls.flatMap(({ image }) => (image ? [{ url: image.src, alt: image.alt, credit: '' }] : []))
  for (const { url, alt, credit } of [...pictures, ...shown]) {
    const imageUrl = webUrl(url, base)
    if (imageUrl)
      return { imageUrl, imageAlt: plainText(alt ?? '', 300), imageCredit: plainText(credit ?? '', 200) }
  }
  return { imageUrl: null, imageAlt: '', imageCredit: '' }
}

function firstOf<T, R>(values: readonly T[], read: (value: T) => R | undefined | null): R | undefined {
  for (const value of values) {
    const result = read(value)
    if (result) return result
  }
  return undefined
}
