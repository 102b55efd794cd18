import { articleInput } from '../domain/article.ts'
import { articleAddress } from '../domain/article-address.ts'
import { type ReadArticleOutcome, readArticle } from '../reading/article.ts'
import { typedUrl } from '../reading/typed-url.ts'
import { addByAddress, findByAddress } from '../store/article-addresses.ts'
import { type Article, bringBack } from '../store/articles.ts'
import { fetchPicture } from './fetch-picture.ts'
import type { Services } from './services.ts'

type Deps = Pick<Services, 'db' | 'fetcher' | 'recode' | 'log'>
type ImportArticleRefusal = Exclude<ReadArticleOutcome, { kind: 'read' }>
export type ImportArticleOutcome =
  | { kind: 'imported'; article: Article }
  /** It was there already, under this address; out of the tray, it is back in it. */
  | { kind: 'known'; article: Article }
  | { kind: 'refused'; refusal: ImportArticleRefusal }

/**
 * Reads the story at an address and keeps it as an article; one whose address (without fragment and `utm_` parameters)
 * is there already is answered as it is. What can't be read is refused by kind, and nothing is written; at most 10 s
 * (or `timeoutMs`) and 5 MB, and only from public addresses (FETCH_ALLOW excepted). Its picture is fetched and kept, unless
 * the caller does that later; one that can't be had stays where it is.
 */
export async function importArticle(
  services: Deps,
  url: string,
  { timeoutMs, picture = 'now' }: { timeoutMs?: number; picture?: 'now' | 'later' } = {},
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
  if (kind !== 'added') return { kind: 'known', article: await bringBack(db, article) }
  return { kind: 'imported', article: picture === 'now' ? await withPicture(services, article) : article }
}

/** What fails in taking a picture in fails alone: the story is there. */
async function withPicture(services: Deps, article: Article): Promise<Article> {
  try {
    const kept = await fetchPicture(services, article.id)
    return kept.kind === 'kept' ? { ...article, pictureHash: kept.hash } : article
  } catch (error) {
    services.log.error({ err: error }, 'a story was imported without its picture')
    return article
  }
}

async function findTyped({ db }: Pick<Deps, 'db'>, text: string): Promise<Article | undefined> {
  const address = articleAddress(typedUrl(text)?.href ?? '')
  return address === undefined ? undefined : (await findByAddress(db, [address])).get(address)
}
