import { articleIdsOf } from '../domain/blocks.ts'
import { isEmbargoed } from '../domain/preflight/embargo.ts'
import { findArticles } from '../store/articles.ts'
import type { Queryable } from '../store/client.ts'
import { databaseClock } from '../store/clock.ts'
import type { Digest } from '../store/digests.ts'

/** The story that keeps a digest in the house: of those under embargo now, the one that may leave last. */
export type Embargo = { articleId: number; title: string; until: Date }

/** Undefined where no story of the digest is under embargo. An automatic slot takes none that is. */
export async function embargoOf(
  db: Queryable,
  { blocks }: Pick<Digest, 'blocks'>,
): Promise<Embargo | undefined> {
  const [articles, now] = [await findArticles(db, articleIdsOf(blocks)), await databaseClock(db)]
  const [last] = [...articles.values()]
    .filter(article => isEmbargoed(article, now))
    .toSorted((a, b) => b.embargoUntil!.getTime() - a.embargoUntil!.getTime())
  return last && { articleId: last.id, title: last.title, until: last.embargoUntil! }
}
