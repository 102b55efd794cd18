import { z } from 'zod'
import { line, paragraphs, webUrl } from './text.ts'

const articleId = z.number().int().positive()

/** The blocks of a digest, in the order in which they stand in it. */
export const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('heading'), text: line(200, 1) }),
  z.strictObject({ type: z.literal('text'), markdown: paragraphs(20_000).min(1, 'must not be empty') }),
  z.strictObject({ type: z.literal('article'), articleId }),
  z.strictObject({ type: z.literal('seeAlso'), articleIds: z.array(articleId).min(1).max(20) }),
  z.strictObject({ type: z.literal('partner'), articleId, sponsor: line(120, 1) }),
  z.strictObject({ type: z.literal('button'), text: line(80, 1), url: webUrl }),
  z.strictObject({ type: z.literal('divider') }),
])

export const blocks = z.array(block).max(100)

export type Block = z.infer<typeof block>

type Paid = { kind: 'editorial' | 'partner'; sponsor: string | null }

/** A paid story is a partner block wherever it was put, so that no reader meets it without its label. */
export function labelled(item: Block, articles: ReadonlyMap<number, Paid>): Block {
  const article = item.type === 'article' ? articles.get(item.articleId) : undefined
  return item.type === 'article' && article?.kind === 'partner'
    ? { type: 'partner', articleId: item.articleId, sponsor: article.sponsor ?? '' }
    : item
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
