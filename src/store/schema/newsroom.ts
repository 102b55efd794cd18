import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { Proposal } from '../../domain/approval.ts'
import type { ActorKind } from '../../domain/by.ts'
import { id, moment, ref } from './columns.ts'
import { digests } from './content.ts'
import { editors } from './editors.ts'

export const approvalStates = pgEnum('approval_state', ['asked', 'approved', 'sent_back', 'void'])

/** Somebody asks that a digest goes out as it is; a second person approves, or sends it back. */
export const approvals = pgTable(
  'approvals',
  {
    id: id(),
    digestId: ref()
      .notNull()
      .references(() => digests.id, { onDelete: 'cascade' }),
    state: approvalStates().notNull().default('asked'),
    /** What it holds for: SHA-256 in hex over all that readers get, who they are, and when. */
    hash: text().notNull(),
    /** The same to be shown: what changed is told from it. */
    proposal: jsonb().$type<Proposal>().notNull(),
    askedBy: ref().references(() => editors.id, { onDelete: 'set null' }),
    askedAt: moment().notNull().defaultNow(),
    decidedBy: ref().references(() => editors.id, { onDelete: 'set null' }),
    decidedAt: moment(),
    /** An owner sends it without a second person, and says why. */
    override: boolean().notNull().default(false),
  },
  t => [
    uniqueIndex('approvals_live').on(t.digestId).where(sql`${t.state} in ('asked', 'approved')`),
    index('approvals_digest').on(t.digestId, t.id),
    check('approvals_hash', sql`${t.hash} ~ '^[0-9a-f]{64}$'`),
    check('approvals_decided', sql`(${t.state} = 'asked') = (${t.decidedAt} is null)`),
  ],
)

/** Who has looked at what was asked for: the next time they are told what changed since. */
export const approvalViews = pgTable(
  'approval_views',
  {
    approvalId: ref()
      .notNull()
      .references(() => approvals.id, { onDelete: 'cascade' }),
    editorId: ref()
      .notNull()
      .references(() => editors.id, { onDelete: 'cascade' }),
    seenAt: moment().notNull().defaultNow(),
  },
  t => [primaryKey({ columns: [t.approvalId, t.editorId] })],
)

/** What was done with a digest, by whom and when. Rows are only added. */
export const digestEvents = pgTable(
  'digest_events',
  {
    id: id(),
    digestId: ref()
      .notNull()
      .references(() => digests.id, { onDelete: 'cascade' }),
    kind: text().notNull(),
    byKind: text().$type<ActorKind>().notNull(),
    byId: ref(),
    /** As it was called then. */
    byName: text().notNull().default(''),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    at: moment().notNull().defaultNow(),
  },
  t => [index('digest_events_digest').on(t.digestId, t.id)],
)
