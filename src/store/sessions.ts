import { and, desc, eq, ne, sql } from 'drizzle-orm'
import { hashSecret, newSecret } from '../domain/secrets.ts'
import type { Queryable } from './client.ts'
import type { Editor } from './editors.ts'
import { editors, sessions } from './schema/editors.ts'

/** How long a session lasts after it was last used. */
export const sessionDays = 30
const lifetime = sql.raw(`interval '${sessionDays} days'`)
/** For how many minutes a proof of who somebody is stays fresh. */
const freshMinutes = 10
const fresh = sql.raw(`interval '${freshMinutes} minutes'`)

/** Signs an editor in, and answers the secret for the cookie. Only its hash is kept. `browser` is for their own list. */
export async function startSession(db: Queryable, editorId: number, browser = ''): Promise<string> {
  const secret = newSecret()
  await db.delete(sessions).where(sql`${sessions.expiresAt} < now()`)
  await db.insert(sessions).values({
    hash: hashSecret(secret),
    editorId,
    expiresAt: sql`now() + ${lifetime}`,
    userAgent: browser,
    provenAt: sql`now()`,
  })
  await noteSeen(db, editorId)
  return secret
}

/**
 * Who is signed in with this secret; undefined where the session ended. It slides: used again after 5 minutes it
 * lasts 30 days from now, and `renewed` says that the cookie should too. `fresh`: who it is was proved within 10 minutes.
 */
export async function findSession(
  db: Queryable,
  secret: string,
): Promise<{ editor: Editor; renewed: boolean; fresh: boolean } | undefined> {
  const hash = hashSecret(secret)
  const [row] = await db
    .select({
      editor: editors,
      stale: sql<boolean>`${sessions.lastSeenAt} < now() - interval '5 minutes'`,
      fresh: sql<boolean>`coalesce(${sessions.provenAt} > now() - ${fresh}, false)`,
    })
    .from(sessions)
    .innerJoin(editors, eq(editors.id, sessions.editorId))
    .where(sql`${sessions.hash} = ${hash} and ${sessions.expiresAt} > now()`)
  if (!row) return undefined
  if (row.stale) {
    await db
      .update(sessions)
      .set({ lastSeenAt: sql`now()`, expiresAt: sql`now() + ${lifetime}` })
      .where(eq(sessions.hash, hash))
    await noteSeen(db, row.editor.id)
  }
  return { editor: row.editor, renewed: row.stale, fresh: row.fresh }
}

const noteSeen = (db: Queryable, editorId: number) =>
  db.update(editors).set({ lastSeenAt: sql`now()` }).where(eq(editors.id, editorId))

/** Whoever is signed in here has just proved who they are. False where the session is not theirs, or over. */
export async function noteProven(tx: Queryable, secret: string, editorId: number): Promise<boolean> {
  const rows = await tx
    .update(sessions)
    .set({ provenAt: sql`now()` })
    .where(
      sql`${sessions.hash} = ${hashSecret(secret)} and ${sessions.editorId} = ${editorId} and ${sessions.expiresAt} > now()`,
    )
    .returning({ id: sessions.id })
  return rows.length > 0
}

/** Where an editor is signed in: the latest used first. `current` is the secret of the session that asks. */
export async function listSessions(db: Queryable, editorId: number, current: string) {
  const hash = Buffer.from(hashSecret(current))
  const rows = await db
    .select()
    .from(sessions)
    .where(sql`${sessions.editorId} = ${editorId} and ${sessions.expiresAt} > now()`)
    .orderBy(desc(sessions.lastSeenAt))
  return rows.map(row => ({
    id: row.id,
    browser: row.userAgent,
    since: row.createdAt,
    lastSeenAt: row.lastSeenAt,
    current: hash.equals(row.hash),
  }))
}

/** Signs out here. */
export const endSession = (db: Queryable, secret: string) =>
  db.delete(sessions).where(eq(sessions.hash, hashSecret(secret)))

/** Signs an editor out in one place of their list. */
export const endSessionById = (db: Queryable, editorId: number, id: number) =>
  db.delete(sessions).where(and(eq(sessions.id, id), eq(sessions.editorId, editorId)))

/** Signs an editor out everywhere but where this secret is. */
export const endOtherSessions = (db: Queryable, editorId: number, secret: string) =>
  db.delete(sessions).where(and(eq(sessions.editorId, editorId), ne(sessions.hash, hashSecret(secret))))

/** Signs an editor out everywhere. */
export const endSessions = (db: Queryable, editorId: number) =>
  db.delete(sessions).where(eq(sessions.editorId, editorId))
