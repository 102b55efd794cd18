import { articleIdsOf, type FixedBlock } from '../domain/blocks.ts'
import type { Placed } from '../domain/preflight/placed.ts'
import { newestArticles } from '../store/articles.ts'
import type { Queryable } from '../store/client.ts'
import type { Digest } from '../store/digests.ts'

type Said = Pick<Digest, 'blocks' | 'newsletters'>

/**
 * The blocks with each automatic slot turned into the stories that it takes now: the newest of its section, none that
 * stands in the digest already or went out through one of its newsletters. A slot for which there is none is left out.
 */
export const fillSlots = async (db: Queryable, digest: Said): Promise<FixedBlock[]> =>
  (await fillEach(db, digest)).flat()

/** The same, with what each block stands for at that block's place. */
export async function fillEach(db: Queryable, { blocks, newsletters }: Said): Promise<FixedBlock[][]> {
  const taken = blocks.flatMap(block => articleIdsOf([block]).map(id => ({ id, only: block.only })))
  const filled: FixedBlock[][] = []
  for (const block of blocks) {
    if (block.type !== 'newest') {
      filled.push([block])
      continue
    }
    // Only what its own readers get, or have got, is nothing new.
    const { only, section, count } = block
    const isTheirs = (slug: string | undefined) => !only || !slug || slug === only
    const ids = await newestArticles(db, {
      section,
      count,
      without: taken.filter(one => isTheirs(one.only)).map(({ id }) => id),
      notSentThrough: newsletters.filter(({ slug }) => isTheirs(slug)).map(({ id }) => id),
    })
    taken.push(...ids.map(id => ({ id, only })))
    filled.push(ids.map(articleId => ({ type: 'article', articleId, only: block.only })))
  }
  return filled
}

/** The same in one list, each with the place of the block that it came from. */
export const fillInPlace = async (db: Queryable, digest: Said): Promise<Placed[]> =>
  (await fillEach(db, digest)).flatMap((list, at) => list.map(block => ({ at, block })))
