import { articleIdsOf, type FixedBlock } from '../domain/blocks.ts'
import { newestArticles } from '../store/articles.ts'
import type { Queryable } from '../store/client.ts'
import type { Digest } from '../store/digests.ts'

/**
 * The blocks with each automatic slot turned into the stories that it takes now: the newest of its section, none that
 * stands in the digest already or went out through one of its newsletters. A slot for which there is none is left out.
 */
export async function fillSlots(
  db: Queryable,
  { blocks, newsletters }: Pick<Digest, 'blocks' | 'newsletters'>,
): Promise<FixedBlock[]> {
  const taken = articleIdsOf(blocks)
  const filled: FixedBlock[] = []
  for (const block of blocks) {
    if (block.type !== 'newest') {
      filled.push(block)
      continue
    }
    const ids = await newestArticles(db, {
      section: block.section,
      count: block.count,
      without: taken,
      notSentThrough: newsletters.map(newsletter => newsletter.id),
    })
    taken.push(...ids)
    filled.push(...ids.map(articleId => ({ type: 'article' as const, articleId, only: block.only })))
  }
  return filled
}
