import { articleIdsOf } from '../domain/blocks.ts'
import type { DigestInput } from '../domain/digest.ts'
import { findArticles } from '../store/articles.ts'
import type { Db } from '../store/client.ts'
import { addDigest, type Saving, saveDigest } from '../store/digest-texts.ts'
import { listNewsletters } from '../store/newsletters.ts'

/** A fault with the field that it stands in. */
type Fault = { path: (string | number)[]; message: string }

export type SaveOutcome =
  | { kind: 'saved'; id: number; revision: number }
  | { kind: 'refused'; faults: Fault[] }
  | { kind: 'unknown' }
  | { kind: 'started' }
  | { kind: 'changed-meanwhile' }

/**
 * Saves a parsed digest: a new one where `id` is undefined. Refuses newsletters and articles that do not exist.
 */
export async function saveDigestInput(
  db: Db,
  id: number | undefined,
  input: Partial<DigestInput>,
  saving: Saving = {},
): Promise<SaveOutcome> {
  const newsletterIds = await idsOf(db, input.newsletters)
  const faults = [...newsletterIds.faults, ...(await articleFaults(db, input.blocks ?? []))]
  if (faults.length) return { kind: 'refused', faults }
  const { newsletters, ...text } = input
  const change = { ...text, ...(newsletters && { newsletterIds: newsletterIds.ids }) }
  if (id !== undefined) {
    const outcome = await saveDigest(db, id, change, saving)
    return outcome.kind === 'saved' ? { ...outcome, id } : outcome
  }
  const made = await addDigest(db, { subject: '', preheader: '', blocks: [], newsletterIds: [], ...change })
  return { kind: 'saved', id: made, revision: 1 }
}

async function idsOf(db: Db, slugs: readonly string[] = []): Promise<{ ids: number[]; faults: Fault[] }> {
  if (!slugs.length) return { ids: [], faults: [] }
  const known = new Map((await listNewsletters(db)).map(newsletter => [newsletter.slug, newsletter.id]))
  return {
    ids: slugs.flatMap(slug => known.get(slug) ?? []),
    faults: slugs.flatMap((slug, index) =>
      known.has(slug) ? [] : [{ path: ['newsletters', index], message: `there is no newsletter ${slug}` }],
    ),
  }
}

async function articleFaults(db: Db, blocks: DigestInput['blocks']): Promise<Fault[]> {
  const articles = await findArticles(db, articleIdsOf(blocks))
  return blocks.flatMap((block, index) => {
    const at = (field: string | number, message: string): Fault => ({
      path: ['blocks', index, field],
      message,
    })
    const ids = block.type === 'seeAlso' ? block.articleIds : 'articleId' in block ? [block.articleId] : []
    const field = block.type === 'seeAlso' ? 'articleIds' : 'articleId'
    return ids.flatMap(id => (articles.has(id) ? [] : [at(field, `there is no article ${id}`)]))
  })
}
