import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { AccessEvent } from '../../domain/access-event.ts'
import type { ActorKind } from '../../domain/by.ts'
import { bytea, id, moment, ref } from './columns.ts'
import { editors } from './editors.ts'

/** What an editor's device signs with, instead of a mailed link. */
export const passkeys = pgTable(
  'passkeys',
  {
    id: id(),
    editorId: ref()
      .notNull()
      .references(() => editors.id, { onDelete: 'cascade' }),
    credentialId: text().notNull().unique(),
    publicKey: bytea().notNull(),
    /** How often the device says that it signed; 0 for those that don't count. */
    counter: bigint({ mode: 'number' }).notNull(),
    transports: text().array().notNull().default([]),
    /** It is on more than one device, or kept by a password manager. */
    backedUp: boolean().notNull().default(false),
    /** Which program and browser made it. */
    name: text().notNull().default(''),
    createdAt: moment().notNull().defaultNow(),
    lastUsedAt: moment(),
  },
  t => [
    index('passkeys_editor').on(t.editorId),
    check('passkeys_one_line', sql`${t.name} !~ '[\\r\\n]'`),
    check('passkeys_counter', sql`${t.counter} >= 0`),
  ],
)

/** Challenges that a passkey answered: none is good twice. Kept for as long as they would be good. */
export const usedChallenges = pgTable('used_challenges', {
  hash: bytea().primaryKey(),
  expiresAt: moment().notNull(),
})

/** Who gave, took or used access, when and from where. Rows are only added: triggers refuse the rest. */
export const accessLog = pgTable(
  'access_log',
  {
    id: id(),
    kind: text().$type<AccessEvent['kind']>().notNull(),
    byKind: text().$type<ActorKind>().notNull(),
    byId: ref(),
    /** As it was called then. */
    byName: text().notNull().default(''),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** IPv4 /24 or IPv6 /48; empty for this machine. */
    network: text().notNull().default(''),
    at: moment().notNull().defaultNow(),
  },
  t => [index('access_log_kind').on(t.kind, t.id)],
)
