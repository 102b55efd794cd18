import { eq } from 'drizzle-orm'
import type { Rendering } from '../domain/rendering.ts'
import type { Queryable } from './client.ts'
import { renderings } from './schema/sending.ts'

/** Keeps what a dispatch sends, once and for ever. */
export const addRenderings = (tx: Queryable, dispatchId: number, list: readonly Rendering[]) =>
  tx.insert(renderings).values(list.map(rendering => ({ ...rendering, dispatchId })))

/** What a dispatch sends, in no particular order. */
export const listRenderings = (db: Queryable, dispatchId: number): Promise<Rendering[]> =>
  db.select(columns).from(renderings).where(eq(renderings.dispatchId, dispatchId))

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
