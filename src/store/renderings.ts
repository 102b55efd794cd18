import { and, eq } from 'drizzle-orm'
import type { Pieces, Rendering } from '../domain/rendering.ts'
import type { Queryable } from './client.ts'
import { correctedRenderings } from './schema/after.ts'
import { renderings } from './schema/sending.ts'

/** Keeps what a dispatch sends, once and for ever. */
export const addRenderings = (tx: Queryable, dispatchId: number, list: readonly Rendering[]) =>
  tx.insert(renderings).values(list.map(rendering => ({ ...rendering, dispatchId })))

/** What a dispatch sends, in no particular order. */
export const listRenderings = (db: Queryable, dispatchId: number): Promise<Rendering[]> =>
  db.select(columns).from(renderings).where(eq(renderings.dispatchId, dispatchId))

/** What stands in the place of one of them since a story of it was corrected; undefined where none was. */
export async function findCorrectedRendering(
  db: Queryable,
  dispatchId: number,
  newsletterId: number,
): Promise<{ html: Pieces; text: Pieces } | undefined> {
  const { html, text } = correctedRenderings
  const [row] = await db
    .select({ html, text })
    .from(correctedRenderings)
    .where(
      and(eq(correctedRenderings.dispatchId, dispatchId), eq(correctedRenderings.newsletterId, newsletterId)),
    )
  return row
}

const columns = {
  newsletterId: renderings.newsletterId,
  newsletterSlug: renderings.newsletterSlug,
  language: renderings.language,
  subject: renderings.subject,
  fromName: renderings.fromName,
  fromAddress: renderings.fromAddress,
  listId: renderings.listId,
  html: renderings.html,
  text: renderings.text,
  message: renderings.message,
  hash: renderings.hash,
}
