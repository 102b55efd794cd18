import { and, asc, desc, eq, gt, inArray, isNotNull, lt, or, sql } from 'drizzle-orm'
import { confirmationHours } from '../domain/subscription.ts'
import type { Queryable } from './client.ts'
import { notices } from './schema/mail.ts'
import { signUps } from './schema/readers.ts'

export type SignUp = typeof signUps.$inferSelect
export type NewSignUp = Pick<
  typeof signUps.$inferInsert,
  | 'address'
  | 'addressKey'
  | 'limitKey'
  | 'name'
  | 'newsletterIds'
  | 'form'
  | 'origin'
  | 'wording'
  | 'wordingVersion'
  | 'language'
  | 'network'
  | 'transport'
>

export const addSignUp = (db: Queryable, row: NewSignUp) => db.insert(signUps).values(row)

/** A sign-up, and whether its link has run out: 72 h after the mail was handed over, by the database's clock. */
export async function findSignUp(
  db: Queryable,
  id: number,
  lock?: 'lock',
): Promise<(SignUp & { expired: boolean }) | undefined> {
  const query = db
    .select({
      signUp: signUps,
      expired: sql<boolean>`coalesce(${signUps.askedAt} < now() - make_interval(hours => ${confirmationHours}::int), false)`,
    })
    .from(signUps)
    .where(eq(signUps.id, id))
  const [row] = await (lock ? query.for('update') : query)
  return row && { ...row.signUp, expired: row.expired }
}

/** Those whose one mail was this one's, the oldest first. */
export const mergedInto = (db: Queryable, id: number): Promise<SignUp[]> =>
  db.select().from(signUps).where(eq(signUps.mergedInto, id)).orderBy(asc(signUps.id))

export const updateSignUps = (
  tx: Queryable,
  ids: readonly number[],
  change: Partial<Pick<SignUp, 'state' | 'mergedInto' | 'noticeId' | 'dueAt' | 'newsletterIds' | 'name'>>,
) =>
  tx
    .update(signUps)
    .set(change)
    .where(inArray(signUps.id, [...ids]))

export const markConfirmed = (tx: Queryable, id: number) =>
  tx
    .update(signUps)
    .set({ state: 'confirmed', mergedInto: null, confirmedAt: sql`now()` })
    .where(eq(signUps.id, id))

/** The addresses with a sign-up of this transport that is due, the longest-waiting first, each once. */
export async function dueAddresses(
  tx: Queryable,
  transport: SignUp['transport'],
  limit: number,
): Promise<string[]> {
  const rows = await tx
    .select({ key: signUps.addressKey })
    .from(signUps)
    .where(
      and(
        eq(signUps.state, 'waiting'),
        eq(signUps.transport, transport),
        lt(signUps.dueAt, sql`now() + interval '1 millisecond'`),
      ),
    )
    .orderBy(asc(signUps.dueAt), asc(signUps.id))
    .limit(limit)
  return [...new Set(rows.map(row => row.key))]
}

/** What these addresses wait for, and what they were asked already, locked in the order of ids. */
export const lockSignUpsOf = (tx: Queryable, addressKeys: readonly string[]): Promise<SignUp[]> =>
  tx
    .select()
    .from(signUps)
    .where(
      and(
        inArray(signUps.addressKey, [...addressKeys]),
        or(
          eq(signUps.state, 'waiting'),
          and(isNotNull(signUps.noticeId), gt(signUps.createdAt, sql`now() - interval '7 days'`)),
        ),
      ),
    )
    .orderBy(asc(signUps.id))
    .for('update')

/** A confirmation that was queued: for whom, and how far it got. */
export type Asked = { signUpId: number; limitKey: string; at: Date; unsent: boolean }

/** The confirmations that count against these addresses: those of the last 24 hours, and all that still wait. */
export const confirmationsFor = (tx: Queryable, limitKeys: readonly string[]): Promise<Asked[]> =>
  tx
    .select({
      signUpId: signUps.id,
      limitKey: signUps.limitKey,
      at: sql`coalesce(${notices.sentAt}, ${notices.createdAt})`.mapWith(notices.createdAt),
      unsent: sql<boolean>`${notices.state} = 'waiting'`,
    })
    .from(signUps)
    .innerJoin(notices, eq(notices.id, signUps.noticeId))
    .where(
      and(
        inArray(signUps.limitKey, [...limitKeys]),
        or(
          eq(notices.state, 'waiting'),
          gt(sql`coalesce(${notices.sentAt}, ${notices.createdAt})`, sql`now() - interval '24 hours'`),
        ),
      ),
    )

/** Confirmations queued in the last second: what the total limit leaves is the rest. */
export async function confirmationsInLastSecond(tx: Queryable): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(notices)
    .where(and(eq(notices.kind, 'confirmation'), gt(notices.createdAt, sql`now() - interval '1 second'`)))
  return row!.count
}

/** Locks all sign-ups of an address, so that none is confirmed meanwhile. */
export const lockAllSignUpsOf = (tx: Queryable, addressKey: string) =>
  tx
    .select({ id: signUps.id })
    .from(signUps)
    .where(eq(signUps.addressKey, addressKey))
    .orderBy(asc(signUps.id))
    .for('update')

/** Takes back the confirmations of an address that have not gone out yet. */
export const withdrawConfirmations = (tx: Queryable, addressKey: string) =>
  tx
    .delete(notices)
    .where(
      and(
        eq(notices.state, 'waiting'),
        inArray(
          notices.id,
          tx.select({ id: signUps.noticeId }).from(signUps).where(eq(signUps.addressKey, addressKey)),
        ),
      ),
    )

export const removeSignUpsOf = (tx: Queryable, addressKey: string) =>
  tx.delete(signUps).where(eq(signUps.addressKey, addressKey))

/** The newest sign-ups first; `before` is the last id of the page before. */
export const listSignUps = (
  db: Queryable,
  { limit, before, state }: { limit: number; before?: number; state?: SignUp['state'] },
): Promise<SignUp[]> =>
  db
    .select()
    .from(signUps)
    .where(
      and(
        before === undefined ? undefined : lt(signUps.id, before),
        state === undefined ? undefined : eq(signUps.state, state),
      ),
    )
    .orderBy(desc(signUps.id))
    .limit(limit)

/** Removes sign-ups that are 30 days old, confirmed or not: what was proven stands in the consents. Answers how many. */
export async function purgeSignUps(db: Queryable): Promise<number> {
  const rows = await db
    .delete(signUps)
    .where(lt(signUps.createdAt, sql`now() - interval '30 days'`))
    .returning({ id: signUps.id })
  return rows.length
}
