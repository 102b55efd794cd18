import { and, asc, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Block } from '../domain/blocks.ts'
import type { Db, Queryable, Tx } from './client.ts'
import { addVersion, findVersion, keepVersion } from './digest-versions.ts'
import { holdNewsletters } from './newsletters.ts'
import { digestNewsletters, digests } from './schema/content.ts'
import { newsletters } from './schema/publication.ts'
import { dispatches } from './schema/sending.ts'

type DigestRow = typeof digests.$inferSelect
type DispatchState = (typeof dispatches.$inferSelect)['state']
/** A digest with the newsletters it goes to, in order, and the state of its dispatch; without one it is a draft. */
export type Digest = DigestRow & {
  newsletters: { id: number; slug: string; name: string }[]
  state: 'draft' | DispatchState
  dispatchId: number | null
  dueAt: Date | null
  /** It goes ahead of every other that is being sent. */
  breaking: boolean
}
export type DigestText = { subject: string; preheader: string; blocks: Block[]; newsletterIds: number[] }

const withNewsletters = {
  digest: digests,
  state: dispatches.state,
  dispatchId: dispatches.id,
  dueAt: dispatches.dueAt,
  breaking: dispatches.breaking,
}

const newslettersOf = async (db: Queryable, ids: number[]) =>
  ids.length === 0
    ? []
    : await db
        .select({
          digestId: digestNewsletters.digestId,
          id: newsletters.id,
          slug: newsletters.slug,
          name: newsletters.name,
        })
        .from(digestNewsletters)
        .innerJoin(newsletters, eq(newsletters.id, digestNewsletters.newsletterId))
        .where(sql`${digestNewsletters.digestId} = any(${sql.param(ids)}::bigint[])`)
        .orderBy(asc(digestNewsletters.digestId), asc(digestNewsletters.position))

/** The newest digests first, hidden ones left out; `before` is the last id of the page before. */
export async function listDigests(
  db: Queryable,
  { limit, before }: { limit: number; before?: number },
): Promise<Digest[]> {
  const rows = await db
    .select(withNewsletters)
    .from(digests)
    .leftJoin(dispatches, eq(dispatches.digestId, digests.id))
    .where(and(isNull(digests.hiddenAt), before === undefined ? undefined : lt(digests.id, before)))
    .orderBy(desc(digests.id))
    .limit(limit)
  const links = await newslettersOf(
    db,
    rows.map(row => row.digest.id),
  )
  return rows.map(row => assemble(row, links))
}

export async function findDigest(db: Queryable, id: number): Promise<Digest | undefined> {
  const [row] = await db
    .select(withNewsletters)
    .from(digests)
    .leftJoin(dispatches, eq(dispatches.digestId, digests.id))
    .where(eq(digests.id, id))
  return row && assemble(row, await newslettersOf(db, [id]))
}

/** Locks a digest until the transaction ends; false where there is none. */
export async function lockDigest(tx: Queryable, id: number): Promise<boolean> {
  const rows = await tx.select({ id: digests.id }).from(digests).where(eq(digests.id, id)).for('update')
  return rows.length === 1
}

type Row = {
  digest: DigestRow
  state: DispatchState | null
  dispatchId: number | null
  dueAt: Date | null
  breaking: boolean | null
}
type Link = { digestId: number; id: number; slug: string; name: string }

const assemble = (row: Row, links: Link[]): Digest => ({
  ...row.digest,
  state: row.state ?? 'draft',
  dispatchId: row.dispatchId,
  dueAt: row.dueAt,
  breaking: row.breaking ?? false,
  newsletters: links
    .filter(link => link.digestId === row.digest.id)
    .map(({ id, slug, name }) => ({ id, slug, name })),
})

/** The digest that was dispatched last: what the next edition starts from. */
export async function latestDispatched(db: Queryable): Promise<Digest | undefined> {
  const [row] = await db
    .select({ id: digests.id })
    .from(digests)
    .innerJoin(dispatches, eq(dispatches.digestId, digests.id))
    .where(isNull(digests.hiddenAt))
    .orderBy(desc(dispatches.dueAt), desc(digests.id))
    .limit(1)
  return row && findDigest(db, row.id)
}

export const addDigest = (db: Queryable, { newsletterIds, ...text }: DigestText): Promise<number> =>
  db.transaction(async tx => {
    const [row] = await tx.insert(digests).values(text).returning({ id: digests.id })
    await writeNewsletters(tx, row!.id, newsletterIds)
    return row!.id
  })

/** Who saves: an editor, or nobody by name (a key, the command line). `typing` joins the step of a moment before. */
export type Saving = { revision?: number; by?: number; typing?: boolean }

type SaveDigestOutcome =
  | { kind: 'saved'; revision: number }
  | { kind: 'unknown' }
  | { kind: 'changed-meanwhile' }
  | { kind: 'started' }

/**
 * Saves a digest that has not started to go out, if `revision` is still the one that was read (absent: whichever it is).
 * What it said before is kept for undo.
 */
export const saveDigest = (
  db: Db,
  id: number,
  change: Partial<DigestText>,
  { revision, by, typing = false }: Saving = {},
): Promise<SaveDigestOutcome> =>
  db.transaction(async tx => {
    const open = await openForChange(tx, id)
    if (open.kind !== 'open') return open
    const { row } = open
    const said = await readText(tx, row)
    const says = { ...said, ...change }
    // Also where the revision is an older one: whoever saves the same again never heard that it was saved.
    if (await areEqual(tx, said, says)) return { kind: 'saved', revision: row.revision }
    if (revision !== undefined && row.revision !== revision) return { kind: 'changed-meanwhile' }
    const version = await addVersion(tx, row, { said, says, by, typing })
    return write(tx, row, says, { version, by })
  })

/** Goes to the version before, or after one was undone to the one after it; at either end nothing changes. */
export const stepThroughVersions = (
  db: Db,
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
    return text ? write(tx, row, text, { version, by }) : { kind: 'saved', revision: row.revision }
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
async function areEqual(tx: Tx, one: DigestText, other: DigestText): Promise<boolean> {
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
  return { kind: 'saved', revision: revision + 1 }
}

/** What the automatic slots took is what the digest says from now on; what was composed is kept for the next edition. */
export async function fixBlocks(tx: Tx, id: number, blocks: readonly Block[]): Promise<void> {
  const [row] = await tx.select().from(digests).where(eq(digests.id, id))
  await keepVersion(tx, id, row!.version, await readText(tx, row!))
  await tx
    .update(digests)
    .set({ blocks: [...blocks] })
    .where(eq(digests.id, id))
}

/** No preview link of the digest that was made until now works any more. */
export const endPreviewLinks = (db: Queryable, id: number) =>
  db
    .update(digests)
    .set({ previewLinks: sql`${digests.previewLinks} + 1` })
    .where(eq(digests.id, id))

// One that was removed meanwhile is left out.
async function writeNewsletters(tx: Queryable, digestId: number, wanted: readonly number[]) {
  const ids = (await holdNewsletters(tx, wanted)).map(newsletter => newsletter.id)
  await tx.delete(digestNewsletters).where(eq(digestNewsletters.digestId, digestId))
  const rows = ids.map((newsletterId, index) => ({ digestId, newsletterId, position: index + 1 }))
  if (rows.length) await tx.insert(digestNewsletters).values(rows)
}

/** A draft goes, also one that waits for its time, which then does not come; one that has started is only hidden, since its ledger and archive stand. */
export const removeDigest = (db: Db, id: number): Promise<'removed' | 'hidden' | 'unknown'> =>
  db.transaction(async tx => {
    const [row] = await tx.select().from(digests).where(eq(digests.id, id)).for('update')
    if (!row) return 'unknown'
    const [dispatch] = await tx
      .select({ id: dispatches.id, startedAt: dispatches.startedAt })
      .from(dispatches)
      .where(eq(dispatches.digestId, id))
      .for('update')
    if (dispatch?.startedAt) {
      await tx.update(digests).set({ hiddenAt: sql`now()` }).where(eq(digests.id, id))
      return 'hidden'
    }
    if (dispatch) await tx.delete(dispatches).where(eq(dispatches.id, dispatch.id))
    await tx.delete(digests).where(eq(digests.id, id))
    return 'removed'
  })
