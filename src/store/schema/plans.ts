import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  date,
  index,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  time,
} from 'drizzle-orm/pg-core'
import type { Block } from '../../domain/blocks.ts'
import { planModes as modes } from '../../domain/plan.ts'
import { type PlanRunReason, planRunStates as runStates } from '../../domain/plan-run.ts'
import type { Finding } from '../../domain/preflight/finding.ts'
import { id, moment, ref } from './columns.ts'
import { digests } from './content.ts'
import { editors } from './editors.ts'
import { newsletters } from './publication.ts'

export const planModes = pgEnum('plan_mode', modes)
export const planRunStates = pgEnum('plan_run_state', runStates)

/** Makes a digest on certain days, at a time of day by the clock of a zone. */
export const plans = pgTable(
  'plans',
  {
    id: id(),
    name: text().notNull(),
    /** In order; one that is gone is left out. */
    newsletterIds: bigint({ mode: 'number' }).array().notNull(),
    /** May have {{ date }}, as may the preheader: the day in words. */
    subject: text().notNull(),
    preheader: text().notNull().default(''),
    /** With slots that fill themselves when an edition is made. */
    blocks: jsonb().$type<Block[]>().notNull(),
    /** From Monday, 1. */
    weekdays: smallint().array().notNull(),
    time: time({ precision: 0 }).notNull(),
    timeZone: text().notNull(),
    mode: planModes().notNull(),
    /** The first day that is not dealt with, and its moment. Absent: the plan is off. */
    nextDay: date({ mode: 'string' }),
    nextAt: moment(),
    createdBy: ref().references(() => editors.id, { onDelete: 'set null' }),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  t => [
    index('plans_next_at').on(t.nextAt),
    check('plans_name', sql`length(${t.name}) between 1 and 100`),
    check('plans_one_line', sql`${t.name} || ${t.subject} || ${t.preheader} !~ '[\\r\\n]'`),
    check('plans_blocks', sql`jsonb_typeof(${t.blocks}) = 'array'`),
    check(
      'plans_weekdays',
      sql`cardinality(${t.weekdays}) between 1 and 7 and ${t.weekdays} <@ '{1,2,3,4,5,6,7}'::smallint[]`,
    ),
    check('plans_next', sql`(${t.nextDay} is null) = (${t.nextAt} is null)`),
  ],
)

/** A plan's edition of a day by its zone's calendar: one, however often a clock shows its hour, and whoever makes it. */
export const planRuns = pgTable(
  'plan_runs',
  {
    planId: ref()
      .notNull()
      .references(() => plans.id, { onDelete: 'cascade' }),
    day: date({ mode: 'string' }).notNull(),
    dueAt: moment().notNull(),
    state: planRunStates().notNull(),
    reason: text().$type<PlanRunReason>(),
    /** What keeps a blocked one from going out. */
    faults: jsonb().$type<Finding[]>(),
    digestId: ref().references(() => digests.id, { onDelete: 'set null' }),
    createdAt: moment().notNull().defaultNow(),
    changedAt: moment().notNull().defaultNow(),
  },
  t => [
    primaryKey({ columns: [t.planId, t.day] }),
    index('plan_runs_digest').on(t.digestId),
    index('plan_runs_open').on(t.dueAt).where(sql`${t.state} not in ('sent', 'skipped')`),
    check('plan_runs_blocked', sql`(${t.state} = 'blocked') = (${t.faults} is not null)`),
    check('plan_runs_skipped', sql`${t.state} <> 'skipped' or ${t.reason} is not null`),
  ],
)

/** The day of a newsletter's edition that had not gone out at its time: its editors are told once. */
export const missingEditions = pgTable(
  'missing_editions',
  {
    newsletterId: ref()
      .notNull()
      .references(() => newsletters.id, { onDelete: 'cascade' }),
    day: date({ mode: 'string' }).notNull(),
    /** False: it was not expected yet when its time came. */
    told: boolean().notNull(),
    createdAt: moment().notNull().defaultNow(),
  },
  t => [primaryKey({ columns: [t.newsletterId, t.day] })],
)
