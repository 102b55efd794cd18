import { sql } from 'drizzle-orm'
import { check, index, jsonb, pgEnum, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, id, moment, ref } from './columns.ts'
import { languages } from './publication.ts'
import { transports } from './sending.ts'

export const noticeKinds = pgEnum('notice_kind', [
  'confirmation',
  'sign_in',
  'test',
  'preferences',
  'address_change',
  'address_changed',
  'latest_edition',
  'report',
  'approval',
  'plan',
  'alarm',
  'access',
])
export const noticeStates = pgEnum('notice_state', ['waiting', 'sent', 'failed'])

/** The outbox: every mail that is no digest, written in the transaction that caused it. */
export const notices = pgTable(
  'notices',
  {
    id: id(),
    kind: noticeKinds().notNull(),
    recipient: text().notNull(),
    language: languages().notNull(),
    /** What the mail is about, by id: the words and links are made when it is sent. */
    content: jsonb().$type<Record<string, unknown>>().notNull(),
    /** The reader it belongs to, so that erasing takes it along. */
    subscriberId: ref(),
    state: noticeStates().notNull().default('waiting'),
    transport: transports().notNull(),
    /** The same on each retry. */
    messageId: text().notNull().unique(),
    dueAt: moment().notNull().defaultNow(),
    leasedUntil: moment(),
    holder: uuid(),
    attempts: smallint().notNull().default(0),
    reply: text(),
    /** 5 days at most after it was written (sooner where its link ends sooner). */
    deliverUntil: moment().notNull(),
    sentAt: moment(),
    createdAt: moment().notNull().defaultNow(),
  },
  t => [
    index('notices_due').on(t.dueAt).where(sql`${t.state} = 'waiting'`),
    index('notices_kind').on(t.kind, t.createdAt),
    index('notices_recipient').on(sql`lower(${t.recipient})`),
    index('notices_subscriber').on(t.subscriberId).where(sql`${t.subscriberId} is not null`),
    check('notices_sent', sql`(${t.state} = 'sent') = (${t.sentAt} is not null)`),
    check('notices_one_line', sql`${t.recipient} !~ '[\\r\\n]'`),
  ],
)

/** What the built-in mailbox caught. */
export const mailboxMessages = pgTable(
  'mailbox_messages',
  {
    id: id(),
    envelopeFrom: text().notNull(),
    envelopeTo: text().array().notNull(),
    subject: text().notNull(),
    fromLine: text().notNull(),
    toLine: text().notNull(),
    messageId: text().notNull(),
    source: bytea().notNull(),
    receivedAt: moment().notNull().defaultNow(),
  },
  t => [index('mailbox_messages_received').on(t.receivedAt)],
)
