import { sql } from 'drizzle-orm'
import { check, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { moment } from './columns.ts'

/** What an owner allows for the readers of a domain, and what its servers said of late. */
export const mailDomains = pgTable(
  'mail_domains',
  {
    /** In lower case, A-labels. */
    domain: text().primaryKey(),
    /** Messages at once, over all senders. Absent: as many as there are connections. */
    connections: integer(),
    /** Messages a minute, over all senders. Absent: as many as go. */
    perMinute: integer(),
    /** Nothing is sent there before. */
    pausedUntil: moment(),
    pauseReason: text(),
    /** The server's words. */
    pauseReply: text(),
    /** Pauses in a row without a message that was taken: each is longer than the one before. */
    strikes: integer().notNull().default(0),
    /** A domain with a limit is in one sender's hands at a time, who then keeps the limit by itself. */
    holder: uuid(),
    leasedUntil: moment(),
  },
  t => [
    check('mail_domains_domain', sql`${t.domain} = lower(${t.domain}) and ${t.domain} ~ '^[^@[:space:]]+$'`),
    check('mail_domains_limits', sql`${t.connections} > 0 and ${t.perMinute} > 0`),
    check('mail_domains_paused', sql`(${t.pausedUntil} is null) = (${t.pauseReason} is null)`),
  ],
)

/** Allowances that all processes of the database share: SEND_RATE is one for all. */
export const sendRate = pgTable('send_rate', {
  /** 'mail' for SEND_RATE, 'to DOMAIN' for a domain's limit; or who is to leave a mail server alone for a while. */
  scope: text().primaryKey(),
  /** The moment up to which the allowance is spent. */
  spentUntil: moment().notNull(),
})
