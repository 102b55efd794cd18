import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import type { Block } from '../../domain/blocks.ts'
import { id, moment, ref } from './columns.ts'
import { newsletters } from './publication.ts'

export const articleKinds = pgEnum('article_kind', ['editorial', 'partner'])
export const articleSources = pgEnum('article_source', ['written', 'imported'])

export const articles = pgTable(
  'articles',
  {
    id: id(),
    title: text().notNull(),
    standfirst: text().notNull().default(''),
    url: text().notNull(),
    section: text().notNull().default(''),
    byline: text().notNull().default(''),
    publishedAt: moment(),
    imageUrl: text(),
    imageAlt: text().notNull().default(''),
    imageCredit: text().notNull().default(''),
    kind: articleKinds().notNull().default('editorial'),
    sponsor: text(),
    /** A line under the story, such as "From the archive: some pictures may be missing." */
    note: text().notNull().default(''),
    language: text(),
    source: articleSources().notNull().default('written'),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  t => [
    index('articles_created_at').on(t.createdAt),
    check('articles_title', sql`length(${t.title}) between 1 and 300 and ${t.title} !~ '[\\r\\n]'`),
    check('articles_url', sql`${t.url} ~ '^https?://'`),
    check('articles_image_url', sql`${t.imageUrl} is null or ${t.imageUrl} ~ '^https?://'`),
    check('articles_partner', sql`(${t.kind} = 'partner') = (coalesce(${t.sponsor}, '') <> '')`),
  ],
)

export const digests = pgTable(
  'digests',
  {
    id: id(),
    subject: text().notNull().default(''),
    preheader: text().notNull().default(''),
    blocks: jsonb().$type<Block[]>().notNull().default([]),
    /** Counts the saves: a save from an older page is refused. */
    revision: integer().notNull().default(1),
    hiddenAt: moment(),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  t => [
    check('digests_one_line', sql`${t.subject} || ${t.preheader} !~ '[\\r\\n]'`),
    check('digests_blocks', sql`jsonb_typeof(${t.blocks}) = 'array'`),
  ],
)

/** The newsletters a digest goes to, in order: a common reader gets it through the first one that they have. */
export const digestNewsletters = pgTable(
  'digest_newsletters',
  {
    digestId: ref()
      .notNull()
      .references(() => digests.id, { onDelete: 'cascade' }),
    newsletterId: ref()
      .notNull()
      .references(() => newsletters.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
  },
  t => [
    primaryKey({ columns: [t.digestId, t.newsletterId] }),
    unique('digest_newsletters_position').on(t.digestId, t.position),
    index('digest_newsletters_newsletter').on(t.newsletterId),
  ],
)
