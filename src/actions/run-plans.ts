import { courseOf, leadTime } from '../domain/plan.ts'
import { databaseClock } from '../store/clock.ts'
import {
  addMissedRuns,
  addRun,
  changeRun,
  findRun,
  followDigests,
  lapseQuestions,
  listRunsToSettle,
} from '../store/plan-runs.ts'
import { listDuePlans, lockDuePlan, setNextRun } from '../store/plans.ts'
import { makeEdition } from './make-edition.ts'
import { sendEdition } from './send-edition.ts'
import type { Services } from './services.ts'
import { tellEditors } from './tell-editors.ts'

type Deps = Pick<Services, 'config' | 'db' | 'log' | 'templates' | 'wake'>

/**
 * Does what plans have to do by now (the database's clock where none is given): makes each edition 30 minutes before its
 * time and has it scheduled or asked about, and tells editors what needs them. Call every few seconds, from any number
 * of processes: each day of a plan is dealt with once, and what one left undone another goes on with.
 */
export async function runPlans(services: Deps, given?: Date): Promise<void> {
  const { db } = services
  const now = given ?? (await databaseClock(db))
  await followDigests(db)
  const until = new Date(now.getTime() + leadTime)
  await each(services, await listDuePlans(db, until), planId => takeTurn(services, planId, now))
  await each(services, await listRunsToSettle(db, now), run =>
    run.state === 'making' ? sendEdition(services, run, now) : tellOverdue(services, run),
  )
}

/** One that fails keeps no other from its time; what it was is told at the end. */
async function each<T>({ log }: Deps, list: readonly T[], work: (one: T) => Promise<unknown>) {
  const failed: unknown[] = []
  for (const one of list) await work(one).catch(error => failed.push(error))
  for (const error of failed.slice(1)) log.error({ err: error }, 'a plan failed and is tried again')
  if (failed.length) throw failed[0]
}

/** Deals with a plan's days up to now, in one transaction that holds the plan. */
async function takeTurn({ config, db, wake }: Deps, planId: number, now: Date): Promise<void> {
  const told = await db.transaction(async tx => {
    const plan = await lockDuePlan(tx, planId, new Date(now.getTime() + leadTime))
    const course = plan && courseOf(plan, { day: plan.nextDay, at: plan.nextAt }, now)
    if (!course) return false
    const { last, missed, does, next } = course
    await setNextRun(tx, planId, next)
    await addMissedRuns(tx, planId, missed)
    await lapseQuestions(tx, { planId, day: last.day })
    if (await findRun(tx, { planId, day: last.day })) return false
    const tell = (event: 'asks' | 'empty') =>
      tellEditors(config, tx, { kind: 'plan', content: { planId, day: last.day, event } })
    if (does === 'ask') {
      await addRun(tx, planId, last, { state: 'asks' })
      await tell('asks')
      return true
    }
    const edition = await makeEdition(tx, plan, last)
    if (edition.kind === 'empty') {
      await addRun(tx, planId, last, { state: 'skipped', reason: 'empty' })
      await tell('empty')
      return true
    }
    await addRun(tx, planId, last, { state: 'making', digestId: edition.digestId })
    return false
  })
  if (told) wake()
}

async function tellOverdue({ config, db, wake }: Deps, { planId, day }: { planId: number; day: string }) {
  await db.transaction(async tx => {
    if (await changeRun(tx, { planId, day }, ['waiting'], { state: 'unapproved' }))
      await tellEditors(config, tx, { kind: 'plan', content: { planId, day, event: 'unapproved' } })
  })
  wake()
}
