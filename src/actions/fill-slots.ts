import { articleIdsOf, type FixedBlock } from '../domain/blocks.ts'
import type { Placed } from '../domain/preflight/placed.ts'
import { newestArticles } from '../store/articles.ts'
import type { Queryable } from '../store/client.ts'
import type { Digest } from '../store/digests.ts'

type Slotted = Pick<Digest, 'blocks' | 'newsletters'>

/**
 * The blocks with each automatic slot turned into the stories that it takes now: the newest of its section, none that
 * stands in the digest already or went out through one of its newsletters. A slot for which there is none is left out.
 */
export const fillSlots = async (db: Queryable, digest: Slotted): Promise<FixedBlock[]> =>
  (await fillInPlace(db, digest)).map(({ block }) => block)

/** The same, each with the place of the block that it came from. */
export async function fillInPlace(db: Queryable, { blocks, newsletters }: Slotted): Promise<Placed[]> {
  const taken = articleIdsOf(blocks)
  const filled: Placed[] = []
  for (const [at, block] of blocks.entries()) {
    if (block.type !== 'newest') {
      filled.push({ at, block })
      continue
    }
    const ids = await newestArticles(db, {
      section: block.section,
      count: block.count,
      without: taken,
      notSentThrough: newsletters.map(newsletter => newsletter.id),
    })
    taken.push(...ids)
    const only = block.only
    filled.push(...ids.map(articleId => ({ at, block: { type: 'article' as const, articleId, only } })))
  }
  return filled
}
