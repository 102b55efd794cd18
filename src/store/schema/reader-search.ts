import { sql } from 'drizzle-orm'
import { bigint, check, date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { id, moment, ref } from './columns.ts'
import { subscribers } from './readers.ts'

/**
 * What readers are found by, in one index, so that any pair of filters meets in it. Filled from `reader_search_due` by
 * a loop: kept with each row, the index of trigrams alone made inserting 500,000 readers take 10.6 s rather than 3.9.
 */
export const readerSearch = pgTable(
  'reader_search',
  {
    subscriberId: bigint({ mode: 'number' })
      .primaryKey()
      .references(() => subscribers.id, { onDelete: 'cascade' }),
    /** Address and name. */
    words: text().notNull(),
    /** Alone, for those who may not search addresses by a part. */
    name: text().notNull(),
    joinedAt: moment().notNull(),
    /** `t:` tag, `a:` attribute, `h:` its name, `l:` language, `n:` newsletter, `s:` state, `x` suppressed. */
    facets: text().array().notNull(),
  },
  t => [
    index('reader_search_found').using(
      'gin',
      sql`${t.words} gin_trgm_ops`,
      sql`${t.name} gin_trgm_ops`,
      sql`${t.facets}`,
    ),
  ],
)

/** Readers whose row of `reader_search` is to be made anew: those with ids from first to last. Triggers write it. */
export const readerSearchDue = pgTable(
  'reader_search_due',
  {
    id: id(),
    first: ref().notNull(),
    last: ref().notNull(),
  },
  t => [check('reader_search_due_range', sql`${t.first} <= ${t.last}`)],
)

/**
 * Who joined and left on a day of the publication's zone, and who read at its end: of a newsletter, or of any (0). No
 * foreign key: the days outlive the newsletter.
 */
export const readerDays = pgTable(
  'reader_days',
  {
    day: date().notNull(),
    newsletterId: ref().notNull(),
    joined: integer().notNull(),
    gone: integer().notNull(),
    active: integer().notNull(),
    paused: integer().notNull().default(0),
    /** When it was counted last: a day is corrected until it lies two days back. */
    countedAt: moment().notNull().defaultNow(),
  },
  t => [
    primaryKey({ columns: [t.newsletterId, t.day] }),
    check('reader_days_counts', sql`least(${t.joined}, ${t.gone}, ${t.active}, ${t.paused}) >= 0`),
  ],
)

/** The tags and the attributes in use, with how many readers have each: counted now and then, never for a page. */
export const readerTerms = pgTable(
  'reader_terms',
  {
    /** `tag`, or `attribute` with the name of one. */
    kind: text().notNull(),
    term: text().notNull(),
    readers: integer().notNull(),
  },
  t => [
    primaryKey({ columns: [t.kind, t.term] }),
    check('reader_terms_kind', sql`${t.kind} in ('tag', 'attribute')`),
  ],
)
