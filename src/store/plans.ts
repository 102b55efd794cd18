import { and, asc, eq, isNotNull, lte, max, sql } from 'drizzle-orm'
import type { Occasion } from '../domain/occasions.ts'
import type { Queryable, Tx } from './client.ts'
import { planRuns, plans } from './schema/plans.ts'

export type Plan = typeof plans.$inferSelect
export type PlanText = Pick<
  Plan,
  'name' | 'newsletterIds' | 'subject' | 'preheader' | 'blocks' | 'weekdays' | 'time' | 'timeZone' | 'mode'
>

/** All plans: those that run next first, those that are off last. */
export const listPlans = (db: Queryable): Promise<Plan[]> =>
  db.select().from(plans).orderBy(sql`${plans.nextAt} nulls last`, asc(plans.name), asc(plans.id))

export async function findPlan(db: Queryable, id: number): Promise<Plan | undefined> {
  const [row] = await db.select().from(plans).where(eq(plans.id, id))
  return row
}

/** The same, locked until the transaction ends. */
export async function lockPlan(tx: Tx, id: number): Promise<Plan | undefined> {
  const [row] = await tx.select().from(plans).where(eq(plans.id, id)).for('update')
  return row
}

/** The plans whose next time is up by `until`, oldest first. */
export async function listDuePlans(db: Queryable, until: Date): Promise<number[]> {
  const rows = await db
    .select({ id: plans.id })
    .from(plans)
    .where(lte(plans.nextAt, until))
    .orderBy(asc(plans.nextAt), asc(plans.id))
  return rows.map(row => row.id)
}

/** One of them, locked until the transaction ends; undefined where another process has it, or has dealt with it. */
export async function lockDuePlan(
  tx: Tx,
  id: number,
  until: Date,
): Promise<(Plan & { nextDay: string; nextAt: Date }) | undefined> {
  const [row] = await tx
    .select()
    .from(plans)
    .where(and(eq(plans.id, id), isNotNull(plans.nextAt), lte(plans.nextAt, until)))
    .for('update', { skipLocked: true })
  return row && { ...row, nextDay: row.nextDay!, nextAt: row.nextAt! }
}

export async function addPlan(
  db: Queryable,
  values: PlanText & { next: Occasion; createdBy?: number },
): Promise<Plan> {
  const { next, ...text } = values
  const [row] = await db
    .insert(plans)
    .values({ ...text, nextDay: next.day, nextAt: next.at })
    .returning()
  return row!
}

export const updatePlan = (tx: Queryable, id: number, text: PlanText) =>
  tx
    .update(plans)
    .set({ ...text, updatedAt: sql`now()` })
    .where(eq(plans.id, id))

/** The first day that is not dealt with; undefined turns the plan off. */
export const setNextRun = (tx: Queryable, id: number, next: Occasion | undefined) =>
  tx
    .update(plans)
    .set({ nextDay: next?.day ?? null, nextAt: next?.at ?? null })
    .where(eq(plans.id, id))

/** The last day that was dealt with, whatever came of it. */
export async function lastRunDay(db: Queryable, id: number): Promise<string | undefined> {
  const [row] = await db
    .select({ day: max(planRuns.day) })
    .from(planRuns)
    .where(eq(planRuns.planId, id))
  return row?.day ?? undefined
}

/** The plan goes with its list of runs; the digests that it made stay. */
export const removePlan = (db: Queryable, id: number) => db.delete(plans).where(eq(plans.id, id))
