import { and, asc, desc, eq, gt, lt, or, sql } from 'drizzle-orm'
import type { Db, Queryable } from './client.ts'
import { contains } from './containing.ts'
import { mailboxMessages } from './schema/mail.ts'

export type MailboxMessage = typeof mailboxMessages.$inferSelect
export type CaughtMessage = Omit<typeof mailboxMessages.$inferInsert, 'id' | 'receivedAt'>
/** A message without its octets. */
export type MailboxLine = Omit<MailboxMessage, 'source'>

/** How many messages the mailbox keeps: a digest to a few thousand readers, and what led to it. */
export const mailboxSize = 5000

/**
 * Keeps what was caught, in one statement, and lets the oldest beyond `mailboxSize` go. A thousand at most: an insert
 * takes 65,535 parameters.
 */
export const keepMessages = (db: Db, caught: readonly CaughtMessage[]): Promise<void> =>
  db.transaction(async tx => {
    await tx.insert(mailboxMessages).values([...caught])
    await tx
      .delete(mailboxMessages)
      .where(
        lt(
          mailboxMessages.id,
          sql`(select id from mailbox_messages order by id desc offset ${mailboxSize - 1} limit 1)`,
        ),
      )
  })

const { source, ...line } = {
  id: mailboxMessages.id,
  envelopeFrom: mailboxMessages.envelopeFrom,
  envelopeTo: mailboxMessages.envelopeTo,
  subject: mailboxMessages.subject,
  fromLine: mailboxMessages.fromLine,
  toLine: mailboxMessages.toLine,
  messageId: mailboxMessages.messageId,
  receivedAt: mailboxMessages.receivedAt,
  source: mailboxMessages.source,
}

/** The newest first, found by a part of a recipient or of the subject; `before` is the last id of the page before. */
export const listMailbox = (
  db: Queryable,
  { limit, before, search }: { limit: number; before?: number; search?: string },
): Promise<MailboxLine[]> =>
  db
    .select(line)
    .from(mailboxMessages)
    .where(
      and(
        before === undefined ? undefined : lt(mailboxMessages.id, before),
        search
          ? or(
              contains(mailboxMessages.subject, search),
              contains(mailboxMessages.toLine, search),
              contains(sql`array_to_string(${mailboxMessages.envelopeTo}, ' ')`, search),
            )
          : undefined,
      ),
    )
    .orderBy(desc(mailboxMessages.id))
    .limit(limit)

/** The oldest first, whole, after an id, and for one recipient where `to` names one: what a poller reads. */
export const readMailbox = (
  db: Queryable,
  { limit, after, to }: { limit: number; after?: number; to?: string },
): Promise<MailboxMessage[]> =>
  db
    .select({ ...line, source })
    .from(mailboxMessages)
    .where(
      and(
        after === undefined ? undefined : gt(mailboxMessages.id, after),
        to === undefined
          ? undefined
          : sql`lower(${to}) = any(lower(${mailboxMessages.envelopeTo}::text)::text[])`,
      ),
    )
    .orderBy(asc(mailboxMessages.id))
    .limit(limit)

export async function findMailboxMessage(db: Queryable, id: number): Promise<MailboxMessage | undefined> {
  const [row] = await db
    .select({ ...line, source })
    .from(mailboxMessages)
    .where(eq(mailboxMessages.id, id))
  return row
}

export async function countMailbox(db: Queryable): Promise<number> {
  return db.$count(mailboxMessages)
}

export const clearMailbox = (db: Queryable) => db.delete(mailboxMessages)
