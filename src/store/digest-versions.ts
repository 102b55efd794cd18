import { and, desc, eq, gt, lt, sql } from 'drizzle-orm'
import type { Block } from '../domain/blocks.ts'
import type { Queryable, Tx } from './client.ts'
import { digests, digestVersions } from './schema/content.ts'

/** What an editor makes of a digest: all of it that can be undone. */
export type DigestText = { subject: string; preheader: string; blocks: Block[]; newsletterIds: number[] }

/** So many steps can be undone. */
const kept = 50

/** Typing that goes on within so many seconds is one step. */
const burst = 5

type Change = { said: DigestText; says: DigestText; by?: number; typing: boolean }

/** Keeps what a digest says now as its newest version, and answers the number; what was undone before goes. */
export async function addVersion(
  tx: Tx,
  { id, version }: { id: number; version: number },
  { said, says, by, typing }: Change,
): Promise<number> {
  const own = { digestId: id, editedBy: by ?? null }
  const [latest] = await tx
    .select({
      editedBy: digestVersions.editedBy,
      goesOn: sql<boolean>`${digestVersions.savedAt} > now() - make_interval(secs => ${burst})`,
    })
    .from(digestVersions)
    .where(and(eq(digestVersions.digestId, id), eq(digestVersions.version, version)))
  if (!latest) await tx.insert(digestVersions).values({ ...own, version, ...said })
  if (
    typing &&
    latest?.goesOn &&
    latest.editedBy === own.editedBy &&
    !(await findVersion(tx, id, version + 1))
  ) {
    await tx
      .update(digestVersions)
      .set({ ...says, savedAt: sql`now()` })
      .where(and(eq(digestVersions.digestId, id), eq(digestVersions.version, version)))
    return version
  }
  await tx
    .delete(digestVersions)
    .where(and(eq(digestVersions.digestId, id), gt(digestVersions.version, version)))
  await tx.insert(digestVersions).values({ ...own, version: version + 1, ...says })
  await tx
    .delete(digestVersions)
    .where(and(eq(digestVersions.digestId, id), lt(digestVersions.version, version + 1 - kept)))
  return version + 1
}

/** Keeps what a digest says as this version, where it is not kept yet. */
export const keepVersion = (tx: Tx, digestId: number, version: number, says: DigestText) =>
  tx
    .insert(digestVersions)
    .values({ digestId, version, ...says })
    .onConflictDoNothing()

export async function findVersion(
  db: Queryable,
  digestId: number,
  version: number,
): Promise<DigestText | undefined> {
  const [row] = await db
    .select({
      subject: digestVersions.subject,
      preheader: digestVersions.preheader,
      blocks: digestVersions.blocks,
      newsletterIds: digestVersions.newsletterIds,
    })
    .from(digestVersions)
    .where(and(eq(digestVersions.digestId, digestId), eq(digestVersions.version, version)))
  return row
}

/** Whether there is something to undo, and something that was undone. */
export async function versionsAround(
  db: Queryable,
  digestId: number,
): Promise<{ before: boolean; after: boolean }> {
  const [row] = await db
    .select({
      before: sql<boolean>`coalesce(bool_or(${digestVersions.version} < ${digests.version}), false)`,
      after: sql<boolean>`coalesce(bool_or(${digestVersions.version} > ${digests.version}), false)`,
    })
    .from(digestVersions)
    .innerJoin(digests, eq(digests.id, digestVersions.digestId))
    .where(eq(digestVersions.digestId, digestId))
  return row!
}

/** The newest of a digest's versions that this editor saved, and when. */
export async function lastVersionBy(
  db: Queryable,
  digestId: number,
  editorId: number,
): Promise<(DigestText & { savedAt: Date }) | undefined> {
  const { subject, preheader, blocks, newsletterIds, savedAt } = digestVersions
  const [row] = await db
    .select({ subject, preheader, blocks, newsletterIds, savedAt })
    .from(digestVersions)
    .where(and(eq(digestVersions.digestId, digestId), eq(digestVersions.editedBy, editorId)))
    .orderBy(desc(digestVersions.savedAt))
    .limit(1)
  return row
}
