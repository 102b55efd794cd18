import { isEmbargoed } from '../domain/article.ts'
import { articleIdsOf } from '../domain/blocks.ts'
import { type Article, findArticles } from '../store/articles.ts'
import type { Queryable } from '../store/client.ts'
import { databaseClock } from '../store/clock.ts'
import type { Digest } from '../store/digests.ts'

/** The story that keeps a digest in the house: of those under embargo now, the one that may leave last. */
export type Embargo = { articleId: number; title: string; until: Date }

type Said = Pick<Digest, 'blocks'>

/** The stories of a digest that are under embargo now. An automatic slot takes none that is. */
async function heldArticles(db: Queryable, { blocks }: Said): Promise<Article[]> {
  const [articles, now] = [await findArticles(db, articleIdsOf(blocks)), await databaseClock(db)]
  return [...articles.values()].filter(article => isEmbargoed(article, now))
}

/** The same, by their ids. */
export const heldArticleIds = async (db: Queryable, digest: Said): Promise<Set<number>> =>
  new Set((await heldArticles(db, digest)).map(article => article.id))

/** Undefined where no story of the digest is under embargo. */
export async function embargoOf(db: Queryable, digest: Said): Promise<Embargo | undefined> {
  const [last] = (await heldArticles(db, digest)).toSorted(
    (a, b) => b.embargoUntil!.getTime() - a.embargoUntil!.getTime(),
  )
  return last && { articleId: last.id, title: last.title, until: last.embargoUntil! }
}
