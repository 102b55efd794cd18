import { articleIdsOf } from '../domain/blocks.ts'
import type { By } from '../domain/by.ts'
import type { DigestInput } from '../domain/digest.ts'
import { findArticles } from '../store/articles.ts'
import type { Db, Tx } from '../store/client.ts'
import { noteEdited } from '../store/digest-events.ts'
import { type SaveDigestOutcome, saveDigest, stepThroughVersions } from '../store/digest-texts.ts'
import { listNewsletters } from '../store/newsletters.ts'
import { beginDigest } from './begin-digest.ts'
import type { Services } from './services.ts'
import { voidApproval } from './void-approval.ts'

/** A fault with the field that it stands in. */
type Fault = { path: (string | number)[]; message: string }

export type SaveOutcome =
  | { kind: 'saved'; id: number; revision: number }
  | { kind: 'refused'; faults: Fault[] }
  | { kind: 'unknown' }
  | { kind: 'started' }
  | { kind: 'changed-meanwhile' }

type Saving = { revision?: number; by?: By; typing?: boolean }
type Deps = Pick<Services, 'config' | 'db' | 'wake'>

/**
 * Saves a parsed digest: a new one where `id` is undefined. Refuses newsletters and articles that do not exist. A change
 * voids an approval, and takes back what was scheduled by it.
 */
export async function saveDigestInput(
  services: Deps,
  id: number | undefined,
  input: Partial<DigestInput>,
  { revision, by = { kind: 'service' }, typing }: Saving = {},
): Promise<SaveOutcome> {
  const { db } = services
  const newsletterIds = await idsOf(db, input.newsletters)
  const faults = [...newsletterIds.faults, ...(await articleFaults(db, input.blocks ?? []))]
  if (faults.length) return { kind: 'refused', faults }
  const { newsletters, ...text } = input
  const change = { ...text, ...(newsletters && { newsletterIds: newsletterIds.ids }) }
  if (id === undefined) {
    const empty = { subject: '', preheader: '', blocks: [], newsletterIds: [] }
    const made = await db.transaction(tx => beginDigest(tx, { ...empty, ...change }, by))
    return { kind: 'saved', id: made, revision: 1 }
  }
  const outcome = await edit(services, id, by, tx =>
    saveDigest(tx, id, change, { revision, by: editorIn(by), typing }),
  )
  return outcome.kind === 'saved' ? { kind: 'saved', id, revision: outcome.revision } : outcome
}

/** Undoes or redoes a step, which is a change as any other. */
export const stepThroughDigest = (
  services: Deps,
  id: number,
  direction: 'undo' | 'redo',
  { revision, by }: { revision?: number; by: By },
): Promise<SaveDigestOutcome> =>
  edit(services, id, by, tx => stepThroughVersions(tx, id, direction, { revision, by: editorIn(by) }))

async function edit(
  { config, db, wake }: Deps,
  id: number,
  by: By,
  save: (tx: Tx) => Promise<SaveDigestOutcome>,
): Promise<SaveDigestOutcome> {
  const { outcome, voided } = await db.transaction(async tx => {
    const outcome = await save(tx)
    if (outcome.kind !== 'saved' || !outcome.changed) return { outcome }
    const voided = await voidApproval(tx, config, id, { why: 'edited', by })
    await noteEdited(tx, id, by)
    return { outcome, voided }
  })
  if (voided) wake()
  return outcome
}

const editorIn = (by: By): number | undefined => (by.kind === 'editor' ? by.id : undefined)

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
