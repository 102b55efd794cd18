import type { Occasion } from '../domain/occasions.ts'
import { nextRun, type PlanInput, type PlanRule } from '../domain/plan.ts'
import type { Db, Queryable } from '../store/client.ts'
import { databaseClock } from '../store/clock.ts'
import { listNewsletters } from '../store/newsletters.ts'
import { addPlan, lastRunDay, lockPlan, setNextRun, updatePlan } from '../store/plans.ts'

export type SavePlanOutcome =
  | { kind: 'saved'; id: number }
  /** One of its newsletters is not there. */
  | { kind: 'unknown-newsletter' }
  | { kind: 'unknown' }

/**
 * Saves a plan, a new one where `id` is undefined, which is on. It runs from its next time on: a day that was dealt with
 * is not dealt with again, whatever its time is now.
 */
export async function savePlan(
  db: Db,
  id: number | undefined,
  input: PlanInput,
  createdBy?: number,
): Promise<SavePlanOutcome> {
  const { newsletters, ...text } = input
  return db.transaction(async tx => {
    const known = new Map((await listNewsletters(tx)).map(one => [one.slug, one.id]))
    const newsletterIds = newsletters.flatMap(slug => known.get(slug) ?? [])
    if (newsletterIds.length < newsletters.length) return { kind: 'unknown-newsletter' }
    const values = { ...text, newsletterIds }
    if (id === undefined) {
      const next = nextRun(values, await databaseClock(tx))
      return { kind: 'saved', id: (await addPlan(tx, { ...values, next, createdBy })).id }
    }
    const plan = await lockPlan(tx, id)
    if (!plan) return { kind: 'unknown' }
    await updatePlan(tx, id, values)
    if (plan.nextAt) await setNextRun(tx, id, await firstDay(tx, id, values))
    return { kind: 'saved', id }
  })
}

/** Turns a plan on, from its next time on, or off. What it has made stays as it is. */
export const switchPlan = (db: Db, id: number, to: 'on' | 'off'): Promise<boolean> =>
  db.transaction(async tx => {
    const plan = await lockPlan(tx, id)
    if (!plan) return false
    if (to === 'off') await setNextRun(tx, id, undefined)
    else if (!plan.nextAt) await setNextRun(tx, id, await firstDay(tx, id, plan))
    return true
  })

async function firstDay(tx: Queryable, id: number, rule: PlanRule): Promise<Occasion> {
  const last = (await lastRunDay(tx, id)) ?? ''
  let next = nextRun(rule, await databaseClock(tx))
  while (next.day <= last) next = nextRun(rule, next.at)
  return next
}
