import { asc, eq, inArray, max } from 'drizzle-orm'
import { isSlug } from '../domain/newsletter.ts'
import type { Db, Queryable, Tx } from './client.ts'
import { newsletters } from './schema/publication.ts'

export type Newsletter = typeof newsletters.$inferSelect
export type NewNewsletter = Omit<typeof newsletters.$inferInsert, 'id' | 'position' | 'createdAt'>

/** All newsletters, in the order of the front page. */
export const listNewsletters = (db: Queryable): Promise<Newsletter[]> =>
  db.select().from(newsletters).orderBy(asc(newsletters.position), asc(newsletters.id))

/** Those that a reader can sign up for, in the order of the front page. */
export const listOpenNewsletters = (db: Queryable): Promise<Newsletter[]> =>
  db
    .select()
    .from(newsletters)
    .where(eq(newsletters.state, 'open'))
    .orderBy(asc(newsletters.position), asc(newsletters.id))

export async function findNewsletter(db: Queryable, slug: string): Promise<Newsletter | undefined> {
  // Whatever stands in an address: PostgreSQL would throw for a NUL.
  if (!isSlug(slug)) return undefined
  const [row] = await db.select().from(newsletters).where(eq(newsletters.slug, slug))
  return row
}

/** The newsletters with these ids, in the order of the ids; one that is gone is left out. */
export async function findNewslettersById(db: Queryable, ids: readonly number[]): Promise<Newsletter[]> {
  if (!ids.length) return []
  const rows = await db
    .select()
    .from(newsletters)
    .where(inArray(newsletters.id, [...ids]))
  return ids.flatMap(id => rows.filter(row => row.id === id))
}

/** Those of the ids that still exist, in the ids' order, kept from being removed until the transaction ends. */
export async function holdNewsletters(tx: Queryable, ids: readonly number[]): Promise<Newsletter[]> {
  if (!ids.length) return []
  const rows = await tx
    .select()
    .from(newsletters)
    .where(inArray(newsletters.id, [...ids]))
    .orderBy(asc(newsletters.id))
    .for('key share')
  return ids.flatMap(id => rows.filter(row => row.id === id))
}

/** One that is about to be changed, kept from others until the transaction ends. */
export async function holdNewsletter(tx: Tx, id: number): Promise<Newsletter | undefined> {
  const [row] = await tx.select().from(newsletters).where(eq(newsletters.id, id)).for('no key update')
  return row
}

/** Adds one at the end of the list; undefined where the slug is taken. */
export async function addNewsletter(db: Queryable, values: NewNewsletter): Promise<Newsletter | undefined> {
  const [last] = await db.select({ position: max(newsletters.position) }).from(newsletters)
  const [row] = await db
    .insert(newsletters)
    .values({ ...values, position: (last?.position ?? 0) + 1 })
    .onConflictDoNothing({ target: newsletters.slug })
    .returning()
  return row
}

export async function updateNewsletter(
  db: Queryable,
  id: number,
  change: Partial<NewNewsletter>,
): Promise<Newsletter | undefined> {
  const [row] = await db.update(newsletters).set(change).where(eq(newsletters.id, id)).returning()
  return row
}

/** Ends a newsletter for good: its subscriptions go with it, what was sent stays. */
export const removeNewsletter = (db: Queryable, id: number) =>
  db.delete(newsletters).where(eq(newsletters.id, id))

/** Moves a newsletter one place towards an end of the list; at that end already, it stays. */
export const moveNewsletter = (db: Db, id: number, direction: 'up' | 'down'): Promise<void> =>
  db.transaction(async tx => {
    const rows = await tx
      .select({ id: newsletters.id, position: newsletters.position })
      .from(newsletters)
      .orderBy(asc(newsletters.position), asc(newsletters.id))
      .for('update')
    const order = rows.map(row => row.id)
    const from = order.indexOf(id)
    const to = from + (direction === 'up' ? -1 : 1)
    if (from < 0 || to < 0 || to >= order.length) return
    order.splice(from, 1)
    order.splice(to, 0, id)
    for (const row of rows) {
      const position = order.indexOf(row.id) + 1
      if (position !== row.position)
        await tx.update(newsletters).set({ position }).where(eq(newsletters.id, row.id))
    }
  })
