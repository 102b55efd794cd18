import { desc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Role } from '../domain/roles.ts'
import { hashSecret, newSecret } from '../domain/secrets.ts'
import type { Queryable } from './client.ts'
import { apiKeys } from './schema/editors.ts'

type Row = typeof apiKeys.$inferSelect
/** A key as a list shows it: the secret itself is kept nowhere. */
export type ApiKey = Omit<Row, 'hash'>

const { hash: _hash, ...shown } = getTableColumns(apiKeys)

/** Adds a key, `bs_` and 256 random bits. Its text is answered once, and only its hash kept. */
export async function addApiKey(
  db: Queryable,
  values: { name: string; role: Role; expiresAt?: Date },
): Promise<{ id: number; key: string }> {
  const key = `bs_${newSecret()}`
  const [row] = await db
    .insert(apiKeys)
    .values({ ...values, prefix: key.slice(0, 9), hash: hashSecret(key) })
    .returning({ id: apiKeys.id })
  return { id: row!.id, key }
}

/** All keys, the newest first. */
export const listApiKeys = (db: Queryable): Promise<ApiKey[]> =>
  db.select(shown).from(apiKeys).orderBy(desc(apiKeys.id))

export async function findApiKeyById(db: Queryable, id: number): Promise<ApiKey | undefined> {
  const [row] = await db.select(shown).from(apiKeys).where(eq(apiKeys.id, id))
  return row
}

/**
 * The key with this text, unless it expired. Found by its hash, so that no comparison takes longer the nearer a guess
 * is. Its use is noted once a minute at most.
 */
export async function useApiKey(db: Queryable, key: string): Promise<ApiKey | undefined> {
  const [row] = await db
    .select({
      ...shown,
      stale: sql<boolean>`coalesce(${apiKeys.lastUsedAt} < now() - interval '1 minute', true)`,
    })
    .from(apiKeys)
    .where(
      sql`${apiKeys.hash} = ${hashSecret(key)} and (${apiKeys.expiresAt} is null or ${apiKeys.expiresAt} > now())`,
    )
  if (row?.stale) await db.update(apiKeys).set({ lastUsedAt: sql`now()` }).where(eq(apiKeys.id, row.id))
  return row
}

/** Ends a key at once, and answers what it was; undefined where it is gone already. */
export async function removeApiKey(
  db: Queryable,
  id: number,
): Promise<Pick<ApiKey, 'name' | 'role'> | undefined> {
  const [row] = await db
    .delete(apiKeys)
    .where(eq(apiKeys.id, id))
    .returning({ name: apiKeys.name, role: apiKeys.role })
  return row
}
