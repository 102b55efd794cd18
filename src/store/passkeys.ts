import { asc, eq, getTableColumns, lt, sql } from 'drizzle-orm'
import { hashSecret } from '../domain/secrets.ts'
import type { Queryable, Tx } from './client.ts'
import type { Editor } from './editors.ts'
import { passkeys, usedChallenges } from './schema/access.ts'
import { editors } from './schema/editors.ts'

export type Passkey = typeof passkeys.$inferSelect
type NewPasskey = Omit<typeof passkeys.$inferInsert, 'id' | 'createdAt' | 'lastUsedAt'>

/** An editor's passkeys, in the order in which they came. */
export const listPasskeys = (db: Queryable, editorId: number): Promise<Passkey[]> =>
  db.select().from(passkeys).where(eq(passkeys.editorId, editorId)).orderBy(asc(passkeys.id))

/** Adds one; false where it is somebody's already. */
export async function addPasskey(tx: Queryable, values: NewPasskey): Promise<boolean> {
  const rows = await tx
    .insert(passkeys)
    .values(values)
    .onConflictDoNothing({ target: passkeys.credentialId })
    .returning({ id: passkeys.id })
  return rows.length > 0
}

/** By the id that the device knows it by, with whose it is. */
export async function findPasskey(
  db: Queryable,
  credentialId: string,
): Promise<{ passkey: Passkey; editor: Editor } | undefined> {
  const [row] = await db
    .select({ passkey: getTableColumns(passkeys), editor: getTableColumns(editors) })
    .from(passkeys)
    .innerJoin(editors, eq(editors.id, passkeys.editorId))
    .where(eq(passkeys.credentialId, credentialId))
  return row
}

/**
 * Notes that a passkey signed for the `counter`th time. False where it is gone, or was seen as far already: of a
 * device and its copy one is found out.
 */
export async function notePasskeyUse(
  tx: Queryable,
  { id, counter, backedUp }: Pick<Passkey, 'id' | 'counter' | 'backedUp'>,
): Promise<boolean> {
  const rows = await tx
    .update(passkeys)
    .set({ counter, backedUp, lastUsedAt: sql`now()` })
    .where(
      sql`${passkeys.id} = ${id} and (${passkeys.counter} < ${counter}::bigint or (${passkeys.counter} = 0 and ${counter}::bigint = 0))`,
    )
    .returning({ id: passkeys.id })
  return rows.length > 0
}

/** Removes a passkey of this editor, and answers what it was. */
export async function removePasskey(
  tx: Queryable,
  { id, editorId }: Pick<Passkey, 'id' | 'editorId'>,
): Promise<Passkey | undefined> {
  const [row] = await tx
    .delete(passkeys)
    .where(sql`${passkeys.id} = ${id} and ${passkeys.editorId} = ${editorId}`)
    .returning()
  return row
}

/** Uses a challenge up; false where it was. Those that are long over are forgotten on the way. */
export async function useChallenge(tx: Tx, challenge: string, expiresAt: Date): Promise<boolean> {
  await tx.delete(usedChallenges).where(lt(usedChallenges.expiresAt, sql`now() - interval '1 hour'`))
  const rows = await tx
    .insert(usedChallenges)
    .values({ hash: hashSecret(challenge), expiresAt })
    .onConflictDoNothing()
    .returning({ hash: usedChallenges.hash })
  return rows.length > 0
}
