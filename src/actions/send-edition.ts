import type { By } from '../domain/by.ts'
import { lateAfter } from '../domain/dispatch.ts'
import type { PlanEvent, PlanRunReason, PlanRunState } from '../domain/plan-run.ts'
import type { Finding } from '../domain/preflight/finding.ts'
import { findDigest } from '../store/digests.ts'
import { changeRun, missedBefore, type PlanRun } from '../store/plan-runs.ts'
import { findPlan, type Plan } from '../store/plans.ts'
import { newslettersThatAsk } from './approval-check.ts'
import { askForApproval } from './ask-for-approval.ts'
import { dispatchDigest } from './dispatch-digest.ts'
import type { Services } from './services.ts'
import { tellEditors } from './tell-editors.ts'

type Deps = Pick<Services, 'config' | 'db' | 'templates' | 'wake'>

/** What becomes of a made edition, and what of it its editors are told. */
type Settled = { state: PlanRunState; reason?: PlanRunReason; faults?: Finding[]; event?: PlanEvent }

/**
 * Has a made edition go at its time, or asks for what it needs before. Repeatable: where a process ended in between,
 * the next goes on, and editors hear of it once. `by`: an editor who was asked wants it to go now.
 */
export async function sendEdition(services: Deps, run: PlanRun, now: Date, by?: By): Promise<PlanRunState> {
  const { config, db, wake } = services
  const plan = await findPlan(db, run.planId)
  if (!plan || run.digestId === null) return run.state
  const settled = await settle(services, { plan, run, digestId: run.digestId, now, by })
  const { event, ...outcome } = settled
  const told = await db.transaction(async tx => {
    if (!(await changeRun(tx, run, ['making'], outcome)) || !event) return false
    // Those who may approve have been asked already; what else is to be said are the days given up for this one.
    if (event === 'asked' && !(await missedBefore(tx, run)).length) return false
    const { planId, day } = run
    await tellEditors(config, tx, { kind: 'plan', content: { planId, day, event } })
    return true
  })
  if (told) wake()
  return settled.state
}

type Edition = { plan: Plan; run: PlanRun; digestId: number; now: Date; by?: By }

async function settle(services: Deps, edition: Edition): Promise<Settled> {
  const { plan, run, digestId, now, by } = edition
  const lateBy = now.getTime() - run.dueAt.getTime()
  if (lateBy > lateAfter && !by) return { state: 'asks', event: 'asks' }
  const late = lateBy >= 0
  const waits = (event: 'asked' | 'waits'): Settled =>
    late ? { state: 'unapproved', event: 'unapproved' } : { state: 'waiting', event }
  const digest = await findDigest(services.db, digestId)
  if (digest && (await newslettersThatAsk(services.db, digest)).length)
    return (await ask(services, edition)) ?? waits('asked')
  if (plan.mode === 'waits' && !by) return waits('waits')
  const outcome = await dispatchDigest(services, digestId, {
    at: late ? undefined : run.dueAt,
    // Who presses a button can still press Stop.
    ...(by && { hold: services.config.sendHold }),
    by: by ?? { kind: 'plan', name: plan.name },
  })
  switch (outcome.kind) {
    case 'created':
    case 'same':
      return { state: 'made', ...(!by && { event: late ? 'late' : 'made' }) }
    case 'another-time':
      return { state: 'made' }
    case 'refused':
      return { state: 'blocked', faults: outcome.errors, event: 'blocked' }
    case 'not-found':
      return { state: 'stopped', reason: 'deleted' }
  }
}

/** Asks for a second person's approval, which mails those who may give it; undefined where it then waits. */
async function ask(services: Deps, { plan, run, digestId, by }: Edition): Promise<Settled | undefined> {
  const outcome = await askForApproval(services, digestId, {
    when: by ? { kind: 'now' } : { kind: 'at', at: run.dueAt.toISOString() },
    comment: '',
    by: by ?? { kind: 'plan', name: plan.name },
  })
  switch (outcome.kind) {
    case 'asked':
      return by ? { state: 'unapproved' } : undefined
    case 'dispatched':
      return { state: 'made' }
    case 'refused':
      return { state: 'blocked', faults: outcome.errors, event: 'blocked' }
    case 'not-found':
      return { state: 'stopped', reason: 'deleted' }
  }
}
