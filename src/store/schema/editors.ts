import { sql } from 'drizzle-orm'
import { boolean, check, index, pgEnum, pgTable, text } from 'drizzle-orm/pg-core'
import { bytea, id, moment, ref } from './columns.ts'
import { languages } from './publication.ts'

export const roles = pgEnum('role', ['owner', 'editor', 'writer'])

export const editors = pgTable(
  'editors',
  {
    id: id(),
    address: text().notNull(),
    addressKey: text().notNull().unique(),
    name: text().notNull().default(''),
    role: roles().notNull(),
    language: languages(),
    createdAt: moment().notNull().defaultNow(),
    lastSeenAt: moment(),
  },
  t => [check('editors_one_line', sql`${t.address} || ${t.name} !~ '[\\r\\n]'`)],
)

/** A link that signs an editor in: once, and for a short time. Only its hash is kept. */
export const signInLinks = pgTable('sign_in_links', {
  hash: bytea().primaryKey(),
  /** Absent: the first owner's link, which asks for an address. */
  editorId: ref().references(() => editors.id, { onDelete: 'cascade' }),
  /** Printed on the terminal (24 h) rather than mailed (1 h). */
  printed: boolean().notNull().default(false),
  expiresAt: moment().notNull(),
  usedAt: moment(),
  createdAt: moment().notNull().defaultNow(),
})

export const sessions = pgTable(
  'sessions',
  {
    hash: bytea().primaryKey(),
    /** What the list of sessions calls it by. */
    id: ref().generatedAlwaysAsIdentity().notNull().unique(),
    editorId: ref()
      .notNull()
      .references(() => editors.id, { onDelete: 'cascade' }),
    createdAt: moment().notNull().defaultNow(),
    lastSeenAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    userAgent: text().notNull().default(''),
    /** When who is signed in last proved who they are: at the sign-in, and again before what needs it. */
    provenAt: moment(),
  },
  t => [index('sessions_editor').on(t.editorId)],
)

export const apiKeys = pgTable('api_keys', {
  id: id(),
  name: text().notNull(),
  /** The first characters, to tell keys apart. */
  prefix: text().notNull(),
  hash: bytea().notNull().unique(),
  role: roles().notNull(),
  expiresAt: moment(),
  lastUsedAt: moment(),
  createdAt: moment().notNull().defaultNow(),
})
