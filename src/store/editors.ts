import { asc, eq, inArray, or, sql } from 'drizzle-orm'
import type { Role } from '../domain/roles.ts'
import type { Queryable, Tx } from './client.ts'
import { editors } from './schema/editors.ts'

export type Editor = typeof editors.$inferSelect

/** All who may sign in, in the order in which they came. */
export const listEditors = (db: Queryable): Promise<Editor[]> =>
  db.select().from(editors).orderBy(asc(editors.id))

export async function findEditor(db: Queryable, id: number): Promise<Editor | undefined> {
  const [row] = await db.select().from(editors).where(eq(editors.id, id))
  return row
}

/** By the key of an address (`parseEmailAddress`). */
export async function findEditorByAddress(db: Queryable, addressKey: string): Promise<Editor | undefined> {
  const [row] = await db.select().from(editors).where(eq(editors.addressKey, addressKey))
  return row
}

/** The same, and whoever else wants that editor's row waits for this transaction. */
export async function lockEditorByAddress(tx: Tx, addressKey: string): Promise<Editor | undefined> {
  const [row] = await tx.select().from(editors).where(eq(editors.addressKey, addressKey)).for('update')
  return row
}

type NewEditor = Pick<Editor, 'address' | 'addressKey' | 'name' | 'role'> & Partial<Pick<Editor, 'language'>>

/** Adds an editor; undefined where the address belongs to one already. */
export async function addEditor(db: Queryable, values: NewEditor): Promise<Editor | undefined> {
  const [row] = await db
    .insert(editors)
    .values(values)
    .onConflictDoNothing({ target: editors.addressKey })
    .returning()
  return row
}

/** All owners, and those of these who are editors. */
export const ownersAnd = (db: Queryable, ids: readonly number[]): Promise<Editor[]> =>
  db
    .select()
    .from(editors)
    .where(or(eq(editors.role, 'owner'), inArray(editors.id, [...ids])))
    .orderBy(asc(editors.id))

/** Changes what an editor sets for themselves. */
export const updateEditor = (db: Queryable, id: number, change: Partial<Pick<Editor, 'name' | 'language'>>) =>
  db.update(editors).set(change).where(eq(editors.id, id))

export type EditorChange = { kind: 'done'; editor: Editor } | { kind: 'unknown' } | { kind: 'last-owner' }

/** Gives an editor another role. The last owner stays owner, also when two are changed at the same moment. */
export const changeRole = (db: Queryable, id: number, role: Role): Promise<EditorChange> =>
  unlessLastOwner(db, id, role, async tx => {
    const [row] = await tx.update(editors).set({ role }).where(eq(editors.id, id)).returning()
    return row
  })

/** Removes an editor; their sessions and links end with them. The last owner stays. */
export const deleteEditor = (db: Queryable, id: number): Promise<EditorChange> =>
  unlessLastOwner(db, id, 'nobody', async tx => {
    const [row] = await tx.delete(editors).where(eq(editors.id, id)).returning()
    return row
  })

/** Keeps all owners from being changed until the transaction ends, in one order. */
export const lockOwners = (tx: Tx) =>
  tx
    .select({ id: editors.id })
    .from(editors)
    .where(eq(editors.role, 'owner'))
    .orderBy(asc(editors.id))
    .for('update')

// Of two owners who leave at once the second sees that it would be the last.
const unlessLastOwner = (
  db: Queryable,
  id: number,
  becomes: Role | 'nobody',
  change: (tx: Tx) => Promise<Editor | undefined>,
): Promise<EditorChange> =>
  db.transaction(async tx => {
    const owners = await lockOwners(tx)
    if (becomes !== 'owner' && owners.length === 1 && owners[0]!.id === id) return { kind: 'last-owner' }
    const editor = await change(tx)
    return editor ? { kind: 'done', editor } : { kind: 'unknown' }
  })

/** Whether anybody rules the house yet. */
export async function hasOwner(db: Queryable): Promise<boolean> {
  const [row] = await db.select({ one: sql`1` }).from(editors).where(eq(editors.role, 'owner')).limit(1)
  return row !== undefined
}
