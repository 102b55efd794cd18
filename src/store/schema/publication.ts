import { sql } from 'drizzle-orm'
import { boolean, check, integer, jsonb, pgEnum, pgTable, smallint, text, time } from 'drizzle-orm/pg-core'
import { fontNames } from '../../domain/mail-look.ts'
import { id, moment } from './columns.ts'

export const languages = pgEnum('language', ['en', 'de'])
export const cadences = pgEnum('cadence', ['daily', 'weekdays', 'weekly', 'monthly', 'irregular'])
export const newsletterStates = pgEnum('newsletter_state', ['open', 'closed'])
export const mailFonts = pgEnum('mail_font', fontNames)
export const unknownPolicies = pgEnum('unknown_policy', ['retry', 'hold'])

/** One row: an installation serves one publication. */
export const publication = pgTable(
  'publication',
  {
    id: integer().primaryKey().default(1),
    name: text().notNull(),
    tagline: text().notNull().default(''),
    logoUrl: text(),
    accent: text().notNull().default('#8a1c1c'),
    /** What mails are set in: headlines, and what is read under them. */
    headlineFont: mailFonts().notNull().default('georgia'),
    textFont: mailFonts().notNull().default('georgia'),
    /** What every digest ends with, above the postal address, Markdown. */
    footer: text().notNull().default(''),
    /** Addresses that get a test of a digest together. */
    testers: jsonb().$type<string[]>().notNull().default([]),
    postalAddress: text().notNull().default(''),
    senderName: text().notNull().default(''),
    senderAddress: text().notNull().default(''),
    replyTo: text(),
    language: languages().notNull().default('en'),
    timeZone: text().notNull().default('UTC'),
    /** What the publication itself adds to the privacy page, Markdown. */
    privacyText: text().notNull().default(''),
    /** True while name, sender and postal address are the sample's: nothing leaves this machine with them. */
    sample: boolean().notNull().default(false),
    /** The PUBLIC_URL this database belongs to; absent until it first ran under one that is not loopback. */
    home: text(),
    /** A dispatch pauses when more than this share of what was tried has failed, in percent … */
    failureShare: smallint().notNull().default(5),
    /** … once so many were tried. */
    failureLeast: integer().notNull().default(200),
    /** What becomes of a delivery that was on the wire at a crash: it is sent again, or waits for an editor. */
    unknownPolicy: unknownPolicies().notNull().default('retry'),
    /** Links of mails lead over this service, so that a wrong one can be put right after sending. */
    correctableLinks: boolean().notNull().default(false),
    /** Of those links it is counted how often each was followed in an hour, and nothing else. */
    countClicks: boolean().notNull().default(false),
    /** How long it is kept who got what, in days. */
    ledgerDays: smallint().notNull().default(90),
    updatedAt: moment().notNull().defaultNow(),
  },
  t => [
    check('publication_only_one', sql`${t.id} = 1`),
    check('publication_failures', sql`${t.failureShare} between 1 and 100 and ${t.failureLeast} >= 1`),
    check('publication_clicks', sql`${t.correctableLinks} or not ${t.countClicks}`),
    check('publication_ledger_days', sql`${t.ledgerDays} between 7 and 3650`),
    check('publication_name', sql`length(${t.name}) between 1 and 200`),
    check('publication_accent', sql`${t.accent} ~ '^#[0-9a-f]{6}$'`),
    check(
      'publication_one_line',
      sql`${t.name} || ${t.tagline} || ${t.senderName} || ${t.senderAddress} !~ '[\\r\\n]'`,
    ),
  ],
)

export const newsletters = pgTable(
  'newsletters',
  {
    id: id(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    description: text().notNull().default(''),
    cadence: cadences().notNull().default('irregular'),
    /** When it comes, as the publication says it: "Weekdays, 6:30". */
    schedule: text().notNull().default(''),
    carriesAdvertising: boolean().notNull().default(false),
    /** Absent: the publication's own. */
    senderName: text(),
    senderAddress: text(),
    replyTo: text(),
    language: languages().notNull().default('en'),
    timeZone: text().notNull().default('UTC'),
    /** Digests go out between these times of day in its zone, past midnight where the second is the smaller. Absent: always. */
    sendsFrom: time({ precision: 0 }),
    sendsUntil: time({ precision: 0 }),
    state: newsletterStates().notNull().default('open'),
    /** Nothing goes out before a second person approved of it. */
    needsApproval: boolean().notNull().default(false),
    /** When an edition is to have gone out, by the clock of its zone: 15 minutes later its editors are told that none has. */
    expectedAt: time({ precision: 0 }),
    /** The day that goes with a cadence: of the week from Monday, 1, for a weekly; of the month for a monthly one. */
    expectedDay: smallint(),
    /** MJML and Liquid of its own; absent: the one that comes with Broadsheet. */
    template: text(),
    archivePublic: boolean().notNull().default(true),
    position: integer().notNull().default(0),
    createdAt: moment().notNull().defaultNow(),
  },
  t => [
    check('newsletters_slug', sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(${t.slug}) <= 60`),
    check(
      'newsletters_hours',
      sql`(${t.sendsFrom} is null) = (${t.sendsUntil} is null) and ${t.sendsFrom} <> ${t.sendsUntil}`,
    ),
    check(
      'newsletters_expected',
      sql`${t.expectedAt} is null or case ${t.cadence}::text
        when 'weekly' then ${t.expectedDay} between 1 and 7
        when 'monthly' then ${t.expectedDay} between 1 and 28
        when 'irregular' then false
        else ${t.expectedDay} is null end is true`,
    ),
    check('newsletters_name', sql`length(${t.name}) between 1 and 200`),
    check(
      'newsletters_one_line',
      sql`${t.name} || coalesce(${t.senderName}, '') || coalesce(${t.senderAddress}, '') || coalesce(${t.replyTo}, '') !~ '[\\r\\n]'`,
    ),
  ],
)

/** One fingerprint per version of SECRET_KEY: a process that lacks a version, or has another key for it, does not start. */
export const secretKeys = pgTable('secret_keys', {
  version: integer().primaryKey(),
  fingerprint: text().notNull(),
  firstSeenAt: moment().notNull().defaultNow(),
})
