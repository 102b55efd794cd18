import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Language } from '../domain/languages.ts'
import type { NoticeContent } from '../domain/notices.ts'
import type { Queryable } from './client.ts'
import { notices } from './schema/mail.ts'
import { publication } from './schema/publication.ts'

export type Notice = Omit<typeof notices.$inferSelect, 'kind' | 'content'> & NoticeContent

export type NewNotice = NoticeContent & {
  recipient: string
  language: Language
  /** How it may go out: `config.transport.kind`. A sender takes only its own kind. */
  transport: 'smtp' | 'mailbox'
  /** The reader it belongs to, so that erasing takes it along. */
  subscriberId?: number
  /** Absent: at once. */
  dueAt?: Date
  /** Absent: 5 days from now. Sooner where what the mail offers ends sooner. */
  deliverUntil?: Date
}

/**
 * Puts a mail into the outbox, in the transaction that causes it, and answers its id. Its Message-ID is fixed here,
 * so that each retry carries the same. Call `services.wake()` after the commit.
 */
export async function queueNotice(tx: Queryable, notice: NewNotice): Promise<number> {
  const { deliverUntil, ...values } = notice
  const [row] = await tx
    .insert(notices)
    .values({
      ...values,
      messageId: sql`'<' || ${randomUUID()} || '@' || ${senderDomain} || '>'`,
      deliverUntil: deliverUntil ?? sql`now() + interval '5 days'`,
    })
    .returning({ id: notices.id })
  return row!.id
}

const senderDomain = sql`coalesce((select nullif(split_part(${publication.senderAddress}, '@', 2), '') from ${publication}), 'localhost')`
