import { z } from 'zod'

/** Text of one line: no CR, LF or other control character reaches a header or a heading. */
const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(text => !/\p{Cc}/u.test(text), 'must be one line without control characters')

const articleId = z.number().int().positive()
const webUrl = z.url({ protocol: /^https?$/, hostname: /./ }).max(2000)

/** The blocks of a digest, in the order in which they stand in it. */
export const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('heading'), text: oneLine(200) }),
  z.strictObject({ type: z.literal('text'), markdown: z.string().min(1).max(20_000) }),
  z.strictObject({ type: z.literal('article'), articleId }),
  z.strictObject({ type: z.literal('seeAlso'), articleIds: z.array(articleId).min(1).max(20) }),
  z.strictObject({ type: z.literal('partner'), articleId, sponsor: oneLine(120) }),
  z.strictObject({ type: z.literal('button'), text: oneLine(80), url: webUrl }),
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
