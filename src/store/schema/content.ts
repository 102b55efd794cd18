import { type SQL, sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import type { Audience } from '../../domain/audience.ts'
import type { Block } from '../../domain/blocks.ts'
import type { FeedTrouble } from '../../domain/feed.ts'
import { bytea, id, moment, ref } from './columns.ts'
import { editors } from './editors.ts'
import { newsletters } from './publication.ts'

export const articleKinds = pgEnum('article_kind', ['editorial', 'partner'])
export const articleSources = pgEnum('article_source', ['written', 'imported', 'feed'])

/** A picture as it is served and mailed: encoded anew, small, without metadata. Its name is the hash of its octets. */
export const pictures = pgTable(
  'pictures',
  {
    /** SHA-256, the first 24 characters in base64url. */
    hash: text().primaryKey(),
    type: text().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    body: bytea().notNull(),
    createdAt: moment().notNull().defaultNow(),
  },
  t => [
    check('pictures_hash', sql`${t.hash} ~ '^[A-Za-z0-9_-]{24}$'`),
    check('pictures_type', sql`${t.type} in ('image/jpeg', 'image/png')`),
    check(
      'pictures_size',
      sql`${t.width} between 1 and 1200 and ${t.height} between 1 and 1200 and length(${t.body}) <= 200000`,
    ),
  ],
)

/** A feed of the publication's site, polled for new stories. */
export const feeds = pgTable(
  'feeds',
  {
    id: id(),
    /** Where it is asked for; a permanent redirect changes it. */
    url: text().notNull().unique(),
    title: text().notNull().default(''),
    /** The section of its stories; empty: what each story's category says. */
    section: text().notNull().default(''),
    etag: text(),
    lastModified: text(),
    nextPollAt: moment().notNull().defaultNow(),
    polledAt: moment(),
    /** When it last answered as it should. */
    succeededAt: moment(),
    /** How often in a row it did not. */
    failures: integer().notNull().default(0),
    trouble: jsonb().$type<FeedTrouble>(),
    createdAt: moment().notNull().defaultNow(),
  },
  t => [
    index('feeds_next_poll_at').on(t.nextPollAt),
    check('feeds_url', sql`${t.url} ~ '^https?://' and length(${t.url}) <= 1000`),
    check('feeds_trouble', sql`(${t.failures} = 0) = (${t.trouble} is null)`),
  ],
)

type ArticleColumn<Name extends string> = Record<Name, AnyPgColumn>

/** What stories are sorted by, the newest first: when they were published, else when they came. */
export const newestBy = (t: ArticleColumn<'publishedAt' | 'createdAt'>): SQL =>
  sql`coalesce(${t.publishedAt}, ${t.createdAt})`

/** What a search for stories looks into. */
export const wordsOf = (t: ArticleColumn<'title' | 'section' | 'standfirst'>): SQL =>
  sql`${t.title} || chr(10) || ${t.section} || chr(10) || ${t.standfirst}`

/** The URL as `articleAddress` makes it: without a fragment and what only counts visitors. */
export const addressOf = (t: ArticleColumn<'url'>): SQL =>
  sql`regexp_replace(regexp_replace(split_part(${t.url}, '#', 1), '(?<=[?&])utm_[^&]*(&|$)', '', 'g'), '[?&]$', '')`

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
    /** Where its picture came from, or still is where there is no `pictureHash`. */
    imageUrl: text(),
    pictureHash: text().references(() => pictures.hash),
    imageAlt: text().notNull().default(''),
    /** The picture says nothing that the text does not: it needs no description. */
    imageDecorative: boolean().notNull().default(false),
    imageCredit: text().notNull().default(''),
    kind: articleKinds().notNull().default('editorial'),
    sponsor: text(),
    /** A line under the story, such as "From the archive: some pictures may be missing." */
    note: text().notNull().default(''),
    language: text(),
    source: articleSources().notNull().default('written'),
    /** It leaves by no way before this moment. */
    embargoUntil: moment(),
    feedId: ref().references(() => feeds.id, { onDelete: 'set null' }),
    /** What the feed knows it by. */
    feedKey: text(),
    /** Put out of the tray by an editor. */
    dismissedAt: moment(),
    /** When its picture was asked for on the web after a feed brought it: that is done once. */
    pictureAskedAt: moment(),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  t => [
    index('articles_created_at').on(t.createdAt),
    index('articles_newest').on(newestBy(t), t.id),
    index('articles_words').using('gin', sql`(${wordsOf(t)}) gin_trgm_ops`),
    index('articles_pictures_due')
      .on(t.id)
      .where(
        sql`${t.source} = 'feed' and ${t.imageUrl} is not null and ${t.pictureHash} is null and ${t.pictureAskedAt} is null`,
      ),
    unique('articles_feed_key').on(t.feedId, t.feedKey),
    index('articles_address').using('hash', addressOf(t)),
    index('articles_section').on(t.section, t.publishedAt),
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
    /** Which of its versions this is: undo goes to the one before, redo to the one after. */
    version: integer().notNull().default(1),
    editedBy: ref().references(() => editors.id, { onDelete: 'set null' }),
    /** Which generation of preview links works: ending them all begins the next. */
    previewLinks: integer().notNull().default(1),
    /** Who of the newsletters' readers gets it: each condition holds. */
    audience: jsonb().$type<Audience>().notNull().default([]),
    hiddenAt: moment(),
    /** Taken out of the archive and the feeds after it went out, and what is said there instead. */
    withdrawnAt: moment(),
    withdrawnFor: text(),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  t => [
    check('digests_one_line', sql`${t.subject} || ${t.preheader} !~ '[\\r\\n]'`),
    check('digests_audience', sql`jsonb_typeof(${t.audience}) = 'array'`),
    check('digests_withdrawn', sql`(${t.withdrawnAt} is null) = (${t.withdrawnFor} is null)`),
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

/** What a digest said before, for undo: the last of its steps, numbered without gaps. */
export const digestVersions = pgTable(
  'digest_versions',
  {
    digestId: ref()
      .notNull()
      .references(() => digests.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    subject: text().notNull(),
    preheader: text().notNull(),
    blocks: jsonb().$type<Block[]>().notNull(),
    newsletterIds: jsonb().$type<number[]>().notNull(),
    editedBy: ref().references(() => editors.id, { onDelete: 'set null' }),
    savedAt: moment().notNull().defaultNow(),
  },
  t => [primaryKey({ columns: [t.digestId, t.version] })],
)

/** Who has a digest open: rows older than a minute mean nothing. */
export const digestVisitors = pgTable(
  'digest_visitors',
  {
    digestId: ref()
      .notNull()
      .references(() => digests.id, { onDelete: 'cascade' }),
    editorId: ref()
      .notNull()
      .references(() => editors.id, { onDelete: 'cascade' }),
    arrivedAt: moment().notNull().defaultNow(),
    seenAt: moment().notNull().defaultNow(),
  },
  t => [primaryKey({ columns: [t.digestId, t.editorId] })],
)
