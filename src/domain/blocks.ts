import { z } from 'zod'
import { line, paragraphs, webUrl } from './text.ts'

const articleId = z.number().int().positive()

/** A newsletter's slug, where a block is for its readers alone; absent: for all of the digest's. */
const only = line(60, 1).optional()

/** What this digest says in place of the story's own words. */
const ownWords = { title: line(300, 1).optional(), standfirst: line(1000).optional() }

/** The blocks of a digest, in the order in which they stand in it. */
export const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('heading'), text: line(200, 1), only }),
  z.strictObject({ type: z.literal('text'), markdown: paragraphs(20_000).min(1, 'must not be empty'), only }),
  z.strictObject({ type: z.literal('article'), articleId, ...ownWords, only }),
  /** A slot that fills itself: the newest stories of a section (empty: of all) that this digest has not yet. */
  z.strictObject({
    type: z.literal('newest'),
    section: line(200),
    count: z.number().int().min(1).max(10),
    only,
  }),
  z.strictObject({ type: z.literal('seeAlso'), articleIds: z.array(articleId).min(1).max(20), only }),
  z.strictObject({ type: z.literal('partner'), articleId, sponsor: line(120, 1), ...ownWords, only }),
  z.strictObject({ type: z.literal('button'), text: line(80, 1), url: webUrl, only }),
  z.strictObject({ type: z.literal('divider'), only }),
])

export const blocks = z.array(block).max(100)

export type Block = z.infer<typeof block>

/** A block that says what it holds: any but a slot that fills itself. */
export type FixedBlock = Exclude<Block, { type: 'newest' }>

/** What the readers of this newsletter get of the blocks. */
export const forReadersOf = <B extends Block>(slug: string, list: readonly B[]): B[] =>
  list.filter(item => item.only === undefined || item.only === slug)

type Paid = { kind: 'editorial' | 'partner'; sponsor: string | null }

/** A paid story is a partner block wherever it was put, so that no reader meets it without its label. */
export function labelled<B extends Block>(
  item: B,
  articles: ReadonlyMap<number, Paid>,
): B | Extract<Block, { type: 'partner' }> {
  const article = item.type === 'article' ? articles.get(item.articleId) : undefined
  return item.type === 'article' && article?.kind === 'partner'
    ? { ...item, type: 'partner', sponsor: article.sponsor ?? '' }
    : item
}

/** The story of a block with what this digest says in place of its own words; undefined where it is gone. */
export function inWordsOf<A extends { title: string; standfirst: string }>(
  { articleId, title, standfirst }: Extract<Block, { type: 'article' | 'partner' }>,
  articles: ReadonlyMap<number, A>,
): A | undefined {
  const article = articles.get(articleId)
  return (
    article && { ...article, title: title || article.title, standfirst: standfirst ?? article.standfirst }
  )
}

/** The ids of all articles that these blocks name, each once. */
export function articleIdsOf(list: readonly Block[]): number[] {
  const ids = list.flatMap(item =>
    item.type === 'article' || item.type === 'partner'
      ? [item.articleId]
      : item.type === 'seeAlso'
        ? item.articleIds
        : [],
  )
  return [...new Set(ids)]
}
