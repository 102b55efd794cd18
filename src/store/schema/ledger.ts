import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, moment, ref } from './columns.ts'
import { dispatches } from './sending.ts'

export const deliveryStates = pgEnum('delivery_state', ['pending', 'sent', 'failed', 'suppressed', 'unknown'])

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
