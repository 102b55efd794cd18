import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import type { ActorKind } from '../../domain/by.ts'
import type { Pieces } from '../../domain/rendering.ts'
import { id, moment, ref } from './columns.ts'
import { digests } from './content.ts'
import { dispatches } from './sending.ts'

/** A story as a digest sent it: written when sending starts, never changed. Where its link leads is looked up here, for ever. */
export const sentStories = pgTable(
  'sent_stories',
  {
    digestId: ref()
      .notNull()
      .references(() => digests.id, { onDelete: 'cascade' }),
    /** No foreign key: a link that was mailed outlives the story. */
    articleId: ref().notNull(),
    position: smallint().notNull(),
    title: text().notNull(),
    standfirst: text().notNull(),
    url: text().notNull(),
    /** Its links in the mails lead over this service. */
    correctable: boolean().notNull().default(false),
    /** Readers were told, when it was sent, that it is counted how often they are followed. */
    counted: boolean().notNull().default(false),
  },
  t => [
    primaryKey({ columns: [t.digestId, t.articleId] }),
    check('sent_stories_url', sql`${t.url} ~ '^https?://'`),
    check('sent_stories_counted', sql`${t.correctable} or not ${t.counted}`),
  ],
)

/** How often the link of a story was followed in an hour, and nothing else. */
export const linkClicks = pgTable(
  'link_clicks',
  {
    digestId: ref().notNull(),
    articleId: ref().notNull(),
    /** Its beginning, by UTC. */
    hour: timestamp({ withTimezone: true, mode: 'date', precision: 0 }).notNull(),
    clicks: integer().notNull(),
  },
  t => [
    primaryKey({ columns: [t.digestId, t.articleId, t.hour] }),
    check('link_clicks_clicks', sql`${t.clicks} > 0`),
  ],
)

/** A story put right after it went out: in this digest's archive and feed, and where its link leads. Rows are only added. */
export const corrections = pgTable(
  'corrections',
  {
    id: id(),
    digestId: ref()
      .notNull()
      .references(() => digests.id, { onDelete: 'cascade' }),
    articleId: ref().notNull(),
    /** What it says from now on; absent: as before. */
    title: text(),
    standfirst: text(),
    url: text(),
    /** What readers see beside it. */
    note: text().notNull(),
    byKind: text().$type<ActorKind>().notNull(),
    byId: ref(),
    /** As it was called then. */
    byName: text().notNull().default(''),
    /** The digest that tells those who got the wrong one. */
    letterId: ref().references(() => digests.id, { onDelete: 'set null' }),
    at: moment().notNull().defaultNow(),
  },
  t => [
    index('corrections_story').on(t.digestId, t.articleId, t.id),
    index('corrections_letter').on(t.letterId).where(sql`${t.letterId} is not null`),
    check('corrections_title', sql`length(${t.title}) between 1 and 300 and ${t.title} !~ '[\\r\\n]'`),
    check('corrections_url', sql`${t.url} ~ '^https?://'`),
    check('corrections_note', sql`${t.note} <> ''`),
  ],
)

/** What the archive shows in place of a rendering since a story of it was corrected; what was sent stays as it is. */
export const correctedRenderings = pgTable(
  'corrected_renderings',
  {
    dispatchId: ref()
      .notNull()
      .references(() => dispatches.id, { onDelete: 'cascade' }),
    newsletterId: ref().notNull(),
    html: jsonb().$type<Pieces>().notNull(),
    text: jsonb().$type<Pieces>().notNull(),
    updatedAt: moment().notNull().defaultNow(),
  },
  t => [primaryKey({ columns: [t.dispatchId, t.newsletterId] })],
)
