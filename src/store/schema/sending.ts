import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  pgView,
  primaryKey,
  smallint,
  text,
} from 'drizzle-orm/pg-core'
import type { CompiledMessage, Pieces } from '../../domain/rendering.ts'
import { id, moment, ref } from './columns.ts'
import { articles, digests } from './content.ts'
import { languages, unknownPolicies } from './publication.ts'

export const transports = pgEnum('transport', ['smtp', 'mailbox'])
export const dispatchStates = pgEnum('dispatch_state', [
  'scheduled',
  'sending',
  'paused',
  'finished',
  'cancelled',
])

/**
 * The sending of a digest: one per digest. `intended = sent + failed + suppressed + unknown + pending`, always. How many they
 * are now is in `balances`.
 */
export const dispatches = pgTable(
  'dispatches',
  {
    id: id(),
    digestId: ref()
      .notNull()
      .unique()
      .references(() => digests.id),
    state: dispatchStates().notNull(),
    transport: transports().notNull(),
    /** When sending may start. */
    dueAt: moment().notNull(),
    /** Each reader gets it at this time by the clock of their own zone (`2026-06-22T06:30`); absent: all at once. */
    localTime: text(),
    startedAt: moment(),
    finishedAt: moment(),
    pausedAt: moment(),
    /** Why it paused, as a name of words; with the evidence beside it. */
    pauseReason: text(),
    pauseEvidence: jsonb().$type<Record<string, unknown>>(),
    /** When a sender last had it in hand: tells an interruption from a wait. */
    activeAt: moment(),
    /** After this moment what is pending fails as "too late". */
    deliverUntil: moment(),
    unknownPolicy: unknownPolicies().notNull().default('retry'),
    /** Goes ahead of every other that is being sent. */
    breaking: boolean().notNull().default(false),
    /** What had been tried, and what of it had failed, when an editor last said "go on": only later failures pause it. */
    triedBefore: integer().notNull().default(0),
    failedBefore: integer().notNull().default(0),
    /** An editor went on after a policy block: further ones pause their domain, not the dispatch. */
    blocksKnown: boolean().notNull().default(false),
    createdBy: ref(),
    intended: integer().notNull().default(0),
    sent: integer().notNull().default(0),
    failed: integer().notNull().default(0),
    suppressed: integer().notNull().default(0),
    unknown: integer().notNull().default(0),
    pending: integer().notNull().default(0),
    createdAt: moment().notNull().defaultNow(),
  },
  t => [
    index('dispatches_due').on(t.state, t.dueAt),
    check(
      'dispatches_balance',
      sql`${t.intended} = ${t.sent} + ${t.failed} + ${t.suppressed} + ${t.unknown} + ${t.pending}`,
    ),
    check(
      'dispatches_counts',
      sql`least(${t.sent}, ${t.failed}, ${t.suppressed}, ${t.unknown}, ${t.pending}) >= 0`,
    ),
    // Paused without a start: it was found late, and asks first.
    check('dispatches_started', sql`${t.state} in ('scheduled', 'paused') or ${t.startedAt} is not null`),
    check(
      'dispatches_finished',
      sql`(${t.state} in ('finished', 'cancelled')) = (${t.finishedAt} is not null)`,
    ),
    check('dispatches_local_time', sql`${t.localTime} ~ '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d$'`),
    check('dispatches_paused', sql`(${t.state} = 'paused') = (${t.pausedAt} is not null)`),
  ],
)

/**
 * What batches that are delivered by themselves have moved of a dispatch's counters, and what has not come to them yet: in
 * rows of their own, since all who move the counters themselves wait for each other's commit.
 */
export const tallies = pgTable(
  'tallies',
  {
    dispatchId: ref()
      .notNull()
      .references(() => dispatches.id, { onDelete: 'cascade' }),
    slot: smallint().notNull(),
    sent: integer().notNull(),
    failed: integer().notNull(),
    suppressed: integer().notNull(),
    unknown: integer().notNull(),
    pending: integer().notNull(),
  },
  t => [
    primaryKey({ columns: [t.dispatchId, t.slot] }),
    check(
      'tallies_balance',
      sql`${t.sent} + ${t.failed} + ${t.suppressed} + ${t.unknown} + ${t.pending} = 0`,
    ),
  ],
)

/** The counters as they stand at this moment, tallies and all. */
export const balances = pgView('balances', {
  dispatchId: bigint({ mode: 'number' }).notNull(),
  intended: integer().notNull(),
  sent: integer().notNull(),
  failed: integer().notNull(),
  suppressed: integer().notNull(),
  unknown: integer().notNull(),
  pending: integer().notNull(),
}).as(sql`
  select d.id as dispatch_id, d.intended,
    d.sent + coalesce(t.sent, 0)::int as sent, d.failed + coalesce(t.failed, 0)::int as failed,
    d.suppressed + coalesce(t.suppressed, 0)::int as suppressed, d.unknown + coalesce(t.unknown, 0)::int as unknown,
    d.pending + coalesce(t.pending, 0)::int as pending
  from dispatches d cross join lateral (
    select sum(sent) as sent, sum(failed) as failed, sum(suppressed) as suppressed, sum(unknown) as unknown,
      sum(pending) as pending
    from tallies where dispatch_id = d.id
  ) as t`)

/** Which stories went out in which dispatch. */
export const dispatchArticles = pgTable(
  'dispatch_articles',
  {
    articleId: ref()
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    dispatchId: ref()
      .notNull()
      .references(() => dispatches.id, { onDelete: 'cascade' }),
  },
  t => [
    primaryKey({ columns: [t.articleId, t.dispatchId] }),
    index('dispatch_articles_dispatch').on(t.dispatchId),
  ],
)

/** What a dispatch sends through one newsletter: made once when sending starts, never changed. */
export const renderings = pgTable(
  'renderings',
  {
    dispatchId: ref()
      .notNull()
      .references(() => dispatches.id, { onDelete: 'cascade' }),
    /** No foreign key: what went out outlives the newsletter. */
    newsletterId: ref().notNull(),
    newsletterSlug: text().notNull(),
    language: languages().notNull(),
    subject: text().notNull(),
    fromName: text().notNull(),
    fromAddress: text().notNull(),
    listId: text().notNull(),
    /** Cut at the slots; the archive fills them with neutral values. */
    html: jsonb().$type<Pieces>().notNull(),
    text: jsonb().$type<Pieces>().notNull(),
    message: jsonb().$type<CompiledMessage>().notNull(),
    hash: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
  },
  t => [primaryKey({ columns: [t.dispatchId, t.newsletterId] })],
)
