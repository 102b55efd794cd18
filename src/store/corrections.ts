import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { By } from '../domain/by.ts'
import type { Correction } from '../domain/correction.ts'
import type { Pieces } from '../domain/rendering.ts'
import type { Queryable } from './client.ts'
import { correctedRenderings, corrections } from './schema/after.ts'

/** A correction with who made it, and the letter about it. */
export type MadeCorrection = Correction & { id: number; digestId: number; by: By; letterId: number | null }

type NewCorrection = Omit<Correction, 'at'> & { digestId: number; by: By }

/** Writes down a correction; answers its id. */
export async function addCorrection(tx: Queryable, { by, ...correction }: NewCorrection): Promise<number> {
  const [row] = await tx
    .insert(corrections)
    .values({
      ...correction,
      byKind: by.kind,
      byId: by.kind === 'editor' ? by.id : null,
      byName: 'name' in by ? by.name : '',
    })
    .returning({ id: corrections.id })
  return row!.id
}

/** The corrections of these digests, the oldest first. */
export async function listCorrections(
  db: Queryable,
  digestIds: readonly number[],
): Promise<MadeCorrection[]> {
  if (!digestIds.length) return []
  const rows = await db
    .select()
    .from(corrections)
    .where(inArray(corrections.digestId, [...digestIds]))
    .orderBy(asc(corrections.id))
  return rows.map(({ byKind, byId, byName, ...row }) => ({
    ...row,
    by: { kind: byKind, name: byName, id: byId } as By,
  }))
}

/** The correction, locked until the transaction ends. */
export async function lockCorrection(
  tx: Queryable,
  id: number,
): Promise<{ digestId: number; articleId: number; note: string; letterId: number | null } | undefined> {
  const { digestId, articleId, note, letterId } = corrections
  const [row] = await tx
    .select({ digestId, articleId, note, letterId })
    .from(corrections)
    .where(eq(corrections.id, id))
    .for('update')
  return row
}

/** This draft tells those who got it. */
export const noteLetter = (tx: Queryable, correctionId: number, letterId: number) =>
  tx.update(corrections).set({ letterId }).where(eq(corrections.id, correctionId))

/** Puts a document into the place of what a dispatch sent, in the archive. */
export const putCorrectedRendering = (
  tx: Queryable,
  row: { dispatchId: number; newsletterId: number; html: Pieces; text: Pieces },
) =>
  tx
    .insert(correctedRenderings)
    .values(row)
    .onConflictDoUpdate({
      target: [correctedRenderings.dispatchId, correctedRenderings.newsletterId],
      set: { html: row.html, text: row.text, updatedAt: sql`now()` },
    })
