import { eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from './client.ts'
import { publication } from './schema/publication.ts'

export type Publication = typeof publication.$inferSelect

const unnamed: Omit<typeof publication.$inferInsert, 'id'> = { name: 'Your publication' }

/** The one publication; it is made with a placeholder's name where there is none yet. */
export async function readPublication(db: Queryable): Promise<Publication> {
  const [row] = await db.select().from(publication)
  if (row) return row
  await db
    .insert(publication)
    .values({ id: 1, ...unnamed })
    .onConflictDoNothing()
  const [made] = await db.select().from(publication)
  return made!
}

/** The same, kept from being changed by others until the transaction ends. */
export async function lockPublication(tx: Tx): Promise<Publication> {
  await readPublication(tx)
  const [row] = await tx.select().from(publication).for('update')
  return row!
}

/** Changes what is given, and answers the whole. Throws where a CHECK refuses: parse before. */
export async function updatePublication(
  db: Queryable,
  change: Partial<Omit<Publication, 'id' | 'updatedAt'>>,
): Promise<Publication> {
  await readPublication(db)
  const [row] = await db
    .update(publication)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(publication.id, 1))
    .returning()
  return row!
}

/**
 * Has the logo come from where we are now, where it is a picture of ours: its address was written down when it was
 * uploaded, and a publication may move.
 */
export const moveLogo = (db: Queryable, publicUrl: string) =>
  db.execute(sql`
    update ${publication} set logo_url = ${publicUrl}::text || '/pictures/' || file
    from (select substring(logo_url from '/pictures/([A-Za-z0-9_-]{24}[.](?:jpg|png))$') as file from ${publication}) logo
    where exists (select from pictures where hash = left(file, 24))
      and logo_url <> ${publicUrl}::text || '/pictures/' || file`)
