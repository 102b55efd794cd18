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
  uuid,
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
export const deliveryStates = pgEnum('delivery_state', ['pending', 'sent', 'failed', 'suppressed', 'unknown'])

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

/**
 * A stretch of a dispatch's ledger that one sender holds at a time, by lease (the database's clock) and fence. All of
 * its readers get the digest through one newsletter, whose hours it keeps, and are of one domain where that has a limit.
 */
export const batches = pgTable(
  'batches',
  {
    id: id(),
    dispatchId: ref()
      .notNull()
      .references(() => dispatches.id, { onDelete: 'cascade' }),
    /** No foreign key, as in the ledger. */
    newsletterId: ref().notNull(),
    /** Empty: of any domain. */
    domain: text().notNull().default(''),
    /** Its readers lie between these; absent: they were moved here from other batches. */
    firstReader: ref(),
    lastReader: ref(),
    dueAt: moment().notNull(),
    leasedUntil: moment(),
    holder: uuid(),
    fence: integer().notNull().default(0),
    finishedAt: moment(),
    /** On Workers: until then a message of the queue may still lead to its delivery. */
    offeredUntil: moment(),
  },
  t => [
    index('batches_open')
      .on(t.dispatchId, t.newsletterId, t.domain, t.dueAt)
      .where(sql`${t.finishedAt} is null`),
    index('batches_leased_until').on(t.leasedUntil).where(sql`${t.holder} is not null`),
    index('batches_offered_until').on(t.offeredUntil).where(sql`${t.offeredUntil} is not null`),
    check('batches_readers', sql`(${t.firstReader} is null) = (${t.lastReader} is null)`),
    check('batches_leased', sql`(${t.leasedUntil} is null) = (${t.holder} is null)`),
  ],
)

/**
 * The ledger: one row per dispatch and subscriber. Partitioned by dispatch (see the migration), so that old ones
 * are dropped, not deleted. No foreign key: a reader who is erased leaves a number that names nobody.
 */
export const deliveries = pgTable(
  'deliveries',
  {
    dispatchId: ref().notNull(),
    subscriberId: ref().notNull(),
    newsletterId: ref().notNull(),
    batchId: ref().notNull(),
    /** Not in the batch in which it began. */
    moved: boolean().notNull().default(false),
    state: deliveryStates().notNull().default('pending'),
    attempts: smallint().notNull().default(0),
    /** The server's last reply, for what did not go through; blanked when the reader is erased. */
    reply: text(),
    changedAt: moment(),
  },
  t => [
    primaryKey({ columns: [t.dispatchId, t.subscriberId] }),
    // Others are found by their batch's readers: an index of all batches made a million deliveries 1 s slower to make.
    index('deliveries_moved').on(t.batchId).where(sql`${t.moved}`),
  ],
)

/** Per open connection of a sender, the delivery it is at. After a crash exactly these are unknown. */
export const inFlight = pgTable('in_flight', {
  connection: uuid().primaryKey(),
  holder: uuid().notNull(),
  dispatchId: bigint({ mode: 'number' }),
  subscriberId: bigint({ mode: 'number' }),
  batchId: bigint({ mode: 'number' }),
  fence: integer(),
})
