import { articleInput } from '../domain/article.ts'
import { type ReadArticleOutcome, readArticle } from '../reading/article.ts'
import { type Article, addArticle } from '../store/articles.ts'
import { fetchPicture } from './fetch-picture.ts'
import type { Services } from './services.ts'

type ImportArticleRefusal = Exclude<ReadArticleOutcome, { kind: 'read' }>
export type ImportArticleOutcome =
  | { kind: 'imported'; article: Article }
  | { kind: 'refused'; refusal: ImportArticleRefusal }

/**
 * Reads the story at an address and keeps it as an article. What can't be read is refused by kind, and nothing is
 * written; at most 10 s and 5 MB, and only from public addresses (FETCH_ALLOW excepted). Its picture is fetched too, and
 * kept; where that can't be, it stays on the web.
 */
export async function importArticle(
  services: Pick<Services, 'db' | 'fetcher' | 'recode' | 'log'>,
  url: string,
): Promise<ImportArticleOutcome> {
  const { db, fetcher, log } = services
  const outcome = await readArticle(url, { fetcher })
  if (outcome.kind !== 'read') return { kind: 'refused', refusal: outcome }
  const { publishedAt, sourceName, ...story } = outcome.article
  const reading = articleInput.safeParse({ ...story, publishedAt: publishedAt?.toISOString() })
  if (!reading.success) return { kind: 'refused', refusal: { kind: 'no-story' } }
  const article = await addArticle(db, { ...reading.data, source: 'imported' })
  try {
    const picture = await fetchPicture(services, article.id)
    return {
      kind: 'imported',
      article: picture.kind === 'kept' ? { ...article, pictureHash: picture.hash } : article,
    }
  } catch (error) {
    log.error({ err: error }, 'a story was imported without its picture')
    return { kind: 'imported', article }
  }
}
