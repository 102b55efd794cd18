import { and, eq, isNull, sql } from 'drizzle-orm'
import { hashSecret } from '../domain/secrets.ts'
import type { Queryable, Tx } from './client.ts'
import type { Editor } from './editors.ts'
import { editors, signInLinks } from './schema/editors.ts'

/** A mailed link is good for an hour; one that was printed on a terminal for a day. */
const lifetimes = { mailed: sql`interval '1 hour'`, printed: sql`interval '24 hours'` } as const

/** Notes a link. Without an editor it is the first owner's. Long dead ones are forgotten on the way. */
export async function addSignInLink(
  tx: Queryable,
  link: { hash: Uint8Array; editorId?: number; by: keyof typeof lifetimes },
) {
  await tx.delete(signInLinks).where(sql`${signInLinks.expiresAt} < now() - interval '7 days'`)
  await tx.insert(signInLinks).values({
    hash: link.hash,
    editorId: link.editorId,
    printed: link.by === 'printed',
    expiresAt: sql`now() + ${lifetimes[link.by]}`,
  })
}

/** How many links were mailed to an editor in the last hour. */
export async function countMailedLinks(tx: Queryable, editorId: number): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(signInLinks)
    .where(
      sql`${signInLinks.editorId} = ${editorId} and not ${signInLinks.printed} and ${signInLinks.createdAt} > now() - interval '1 hour'`,
    )
  return row!.count
}

export type SignInLink =
  | { kind: 'open'; for: 'first-owner' }
  | { kind: 'open'; for: 'editor'; editor: Editor }
  | { kind: 'used' | 'expired' | 'unknown' }

/** What a link is, without using it. */
export async function findSignInLink(db: Queryable, secret: string): Promise<SignInLink> {
  const [row] = await db
    .select({
      used: sql<boolean>`${signInLinks.usedAt} is not null`,
      expired: sql<boolean>`${signInLinks.expiresAt} <= now()`,
      editor: editors,
    })
    .from(signInLinks)
    .leftJoin(editors, eq(editors.id, signInLinks.editorId))
    .where(eq(signInLinks.hash, hashSecret(secret)))
  if (!row) return { kind: 'unknown' }
  if (row.used) return { kind: 'used' }
  if (row.expired) return { kind: 'expired' }
  return row.editor
    ? { kind: 'open', for: 'editor', editor: row.editor }
    : { kind: 'open', for: 'first-owner' }
}

/** For how many more minutes a link is good, rounded up; 0 where it is used, over or unknown. */
export async function minutesLeft(db: Queryable, secret: string): Promise<number> {
  const [row] = await db
    .select({ minutes: sql<number>`ceil(extract(epoch from ${signInLinks.expiresAt} - now()) / 60)::int` })
    .from(signInLinks)
    .where(and(eq(signInLinks.hash, hashSecret(secret)), isNull(signInLinks.usedAt)))
  return Math.max(row?.minutes ?? 0, 0)
}

/** Uses a link up, and answers whose it is: null for the first owner's. Of several at once one gets it. */
export async function takeSignInLink(
  tx: Tx,
  secret: string,
): Promise<{ editorId: number | null } | undefined> {
  const [row] = await tx
    .update(signInLinks)
    .set({ usedAt: sql`now()` })
    .where(
      and(
        eq(signInLinks.hash, hashSecret(secret)),
        isNull(signInLinks.usedAt),
        sql`${signInLinks.expiresAt} > now()`,
      ),
    )
    .returning({ editorId: signInLinks.editorId })
  return row
}

/** Voids the first owner's links that nobody used. */
export const voidFirstOwnerLinks = (tx: Queryable) =>
  tx.delete(signInLinks).where(and(isNull(signInLinks.editorId), isNull(signInLinks.usedAt)))
