import { eq, sql } from 'drizzle-orm'
import type { Audience } from '../domain/audience.ts'
import type { Block } from '../domain/blocks.ts'
import type { Queryable, Tx } from './client.ts'
import { addVersion, type DigestText, findVersion, keepVersion } from './digest-versions.ts'
import { type DigestRow, newslettersOf } from './digests.ts'
import { holdNewsletters } from './newsletters.ts'
import { digestNewsletters, digests } from './schema/content.ts'
import { dispatches } from './schema/sending.ts'

export const addDigest = (
  db: Queryable,
  { newsletterIds, ...text }: DigestText & { audience?: Audience; editedBy?: number | null },
): Promise<number> =>
  db.transaction(async tx => {
    const [row] = await tx.insert(digests).values(text).returning({ id: digests.id })
    await writeNewsletters(tx, row!.id, newsletterIds)
    return row!.id
  })

/** `by`: the editor who saves; absent: nobody who signs in (a key, the command line). `typing` joins the step of a moment before. */
type Saving = { revision?: number; by?: number; typing?: boolean }

export type SaveDigestOutcome =
  /** `changed`: it says something else now. */
  | { kind: 'saved'; revision: number; changed: boolean }
  | { kind: 'unknown' }
  | { kind: 'changed-meanwhile' }
  | { kind: 'started' }

/**
 * Saves a digest that has not started to go out, if `revision` is still the one that was read (absent: whichever it is).
 * What it said before is kept for undo.
 */
export const saveDigest = (
  db: Queryable,
  id: number,
  { audience, ...change }: Partial<DigestText> & { audience?: Audience },
  { revision, by, typing = false }: Saving = {},
): Promise<SaveDigestOutcome> =>
  db.transaction(async tx => {
    const open = await openForChange(tx, id)
    if (open.kind !== 'open') return open
    const { row } = open
    const said = await readText(tx, row)
    const says = { ...said, ...change }
    const saysTheSame = await areEqual(tx, said, says)
    // Also where the revision is an older one: whoever saves the same again never heard that it was saved.
    if (saysTheSame && (!audience || (await areEqual(tx, row.audience, audience))))
      return { kind: 'saved', revision: row.revision, changed: false }
    if (revision !== undefined && row.revision !== revision) return { kind: 'changed-meanwhile' }
    const version = saysTheSame ? row.version : await addVersion(tx, row, { said, says, by, typing })
    if (audience) await tx.update(digests).set({ audience }).where(eq(digests.id, id))
    return write(tx, row, says, { version, by })
  })

/** Goes to the version before, or after one was undone to the one after it; at either end nothing changes. */
export const stepThroughVersions = (
  db: Queryable,
  id: number,
  direction: 'undo' | 'redo',
  { revision, by }: Omit<Saving, 'typing'> = {},
): Promise<SaveDigestOutcome> =>
  db.transaction(async tx => {
    const open = await openForChange(tx, id, revision)
    if (open.kind !== 'open') return open
    const { row } = open
    const version = row.version + (direction === 'undo' ? -1 : 1)
    const text = await findVersion(tx, id, version)
    return text
      ? write(tx, row, text, { version, by })
      : { kind: 'saved', revision: row.revision, changed: false }
  })

type Opening = { kind: 'open'; row: DigestRow } | Exclude<SaveDigestOutcome, { kind: 'saved' }>

async function openForChange(tx: Tx, id: number, revision?: number): Promise<Opening> {
  const [row] = await tx.select().from(digests).where(eq(digests.id, id)).for('update')
  if (!row || row.hiddenAt) return { kind: 'unknown' }
  if (revision !== undefined && row.revision !== revision) return { kind: 'changed-meanwhile' }
  const [dispatch] = await tx
    .select({ startedAt: dispatches.startedAt })
    .from(dispatches)
    .where(eq(dispatches.digestId, id))
    .for('update')
  return dispatch?.startedAt ? { kind: 'started' } : { kind: 'open', row }
}

/** By the database: it keeps the fields of a block in an order of its own. */
async function areEqual(tx: Tx, one: object, other: object): Promise<boolean> {
  const [row] = await tx.execute<{ same: boolean }>(
    sql`select ${JSON.stringify(one)}::jsonb = ${JSON.stringify(other)}::jsonb as same`,
  )
  return row!.same
}

const readText = async (tx: Tx, { id, subject, preheader, blocks }: DigestRow): Promise<DigestText> => ({
  subject,
  preheader,
  blocks,
  newsletterIds: (await newslettersOf(tx, [id])).map(newsletter => newsletter.id),
})

async function write(
  tx: Tx,
  { id, revision }: DigestRow,
  { newsletterIds, ...text }: DigestText,
  { version, by }: { version: number; by?: number },
): Promise<SaveDigestOutcome> {
  await tx
    .update(digests)
    .set({ ...text, version, editedBy: by ?? null, revision: revision + 1, updatedAt: sql`now()` })
    .where(eq(digests.id, id))
  await writeNewsletters(tx, id, newsletterIds)
  return { kind: 'saved', revision: revision + 1, changed: true }
}

/**
 * What the automatic slots took is what the digest says from now on; what was composed is kept for the next edition. A
 * page that still shows the slots is an older one, and saves nothing over it.
 */
export async function fixBlocks(tx: Tx, id: number, blocks: readonly Block[]): Promise<void> {
  const [row] = await tx.select().from(digests).where(eq(digests.id, id))
  if (await areEqual(tx, row!.blocks, blocks)) return
  await keepVersion(tx, id, row!.version, await readText(tx, row!))
  await tx
    .update(digests)
    .set({ blocks: [...blocks], revision: row!.revision + 1 })
    .where(eq(digests.id, id))
}

// One that was removed meanwhile is left out.
async function writeNewsletters(tx: Queryable, digestId: number, wanted: readonly number[]) {
  const ids = (await holdNewsletters(tx, wanted)).map(newsletter => newsletter.id)
  await tx.delete(digestNewsletters).where(eq(digestNewsletters.digestId, digestId))
  const rows = ids.map((newsletterId, index) => ({ digestId, newsletterId, position: index + 1 }))
  if (rows.length) await tx.insert(digestNewsletters).values(rows)
}
