import { articleInput } from '../domain/article.ts'
import { articleAddress } from '../domain/article-address.ts'
import { type ReadArticleOutcome, readArticle } from '../reading/article.ts'
import { typedUrl } from '../reading/typed-url.ts'
import { addByAddress, findByAddress } from '../store/article-addresses.ts'
import { type Article, bringBack } from '../store/articles.ts'
import type { Services } from './services.ts'

type Deps = Pick<Services, 'db' | 'fetcher'>
type ImportArticleRefusal = Exclude<ReadArticleOutcome, { kind: 'read' }>
export type ImportArticleOutcome =
  | { kind: 'imported'; article: Article }
  /** It was there already, under this address; out of the tray, it is back in it. */
  | { kind: 'known'; article: Article }
  | { kind: 'refused'; refusal: ImportArticleRefusal }

/**
 * Reads the story at an address and keeps it as an article; one whose address (without fragment and `utm_` parameters)
 * is there already is answered as it is. What can't be read is refused by kind, and nothing is written; at most 10 s
 * (or `timeoutMs`) and 5 MB, and only from public addresses (FETCH_ALLOW excepted).
 */
export async function importArticle(
  services: Deps,
  url: string,
  { timeoutMs }: { timeoutMs?: number } = {},
): Promise<ImportArticleOutcome> {
  const { db, fetcher } = services
  const there = await findTyped(services, url)
  if (there) return { kind: 'known', article: await bringBack(db, there) }
  const outcome = await readArticle(url, { fetcher, ...(timeoutMs !== undefined && { timeoutMs }) })
  if (outcome.kind !== 'read') return { kind: 'refused', refusal: outcome }
  const { publishedAt, sourceName, ...story } = outcome.article
  const reading = articleInput.safeParse({
    ...story,
    url: articleAddress(story.url) ?? story.url,
    publishedAt: publishedAt?.toISOString(),
  })
  if (!reading.success) return { kind: 'refused', refusal: { kind: 'no-story' } }
  const { kind, article } = await addByAddress(db, { ...reading.data, source: 'imported' })
  return kind === 'added'
    ? { kind: 'imported', article }
    : { kind: 'known', article: await bringBack(db, article) }
}

async function findTyped({ db }: Pick<Deps, 'db'>, text: string): Promise<Article | undefined> {
  const address = articleAddress(typedUrl(text)?.href ?? '')
  return address === undefined ? undefined : (await findByAddress(db, [address])).get(address)
}
