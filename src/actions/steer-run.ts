import type { By } from '../domain/by.ts'
import type { PlanRunState } from '../domain/plan-run.ts'
import { databaseClock } from '../store/clock.ts'
import { noteDigestEvent } from '../store/digest-events.ts'
import { lockDigest } from '../store/digests.ts'
import { lockDispatchOf, removeDispatch } from '../store/dispatches.ts'
import { changeRun, findRun } from '../store/plan-runs.ts'
import { lockPlan } from '../store/plans.ts'
import { makeEdition } from './make-edition.ts'
import { sendEdition } from './send-edition.ts'
import type { Services } from './services.ts'

type RunKey = { planId: number; day: string }

/** A plan's edition that has not begun to go out does not go, and is a draft again. Repeatable. */
export const stopEdition = (
  { db }: Pick<Services, 'db'>,
  key: RunKey,
  by: By,
): Promise<'stopped' | 'started' | 'not-now'> =>
  db.transaction(async tx => {
    const run = await findRun(tx, key)
    if (!run?.digestId || !(await lockDigest(tx, run.digestId))) return 'not-now'
    const dispatch = await lockDispatchOf(tx, run.digestId)
    if (dispatch?.startedAt) return 'started'
    if (!dispatch) return run.state === 'stopped' ? 'stopped' : 'not-now'
    await removeDispatch(tx, dispatch.id)
    await noteDigestEvent(tx, run.digestId, { kind: 'stopped' }, by)
    await changeRun(tx, key, ['made', 'making', 'blocked', 'unapproved', 'waiting'], { state: 'stopped' })
    return 'stopped'
  })

/**
 * An editor who was asked wants a missed edition now: it is made with the stories of now, and goes. `state`: what became
 * of it; where it is not asked about any more, what had become of it before.
 */
export async function sendMissed(
  services: Pick<Services, 'config' | 'db' | 'templates' | 'wake'>,
  key: RunKey,
  by: By,
): Promise<{ kind: 'settled'; state: PlanRunState } | { kind: 'unknown' }> {
  const { db } = services
  await db.transaction(async tx => {
    const plan = await lockPlan(tx, key.planId)
    const run = await findRun(tx, key)
    if (!plan || run?.state !== 'asks') return
    // It was made already where a process ended before it could be sent.
    const edition = run.digestId
      ? { kind: 'made' as const, digestId: run.digestId }
      : await makeEdition(tx, plan, { day: run.day, at: run.dueAt })
    await changeRun(
      tx,
      key,
      ['asks'],
      edition.kind === 'empty'
        ? { state: 'skipped', reason: 'empty' }
        : { state: 'making', digestId: edition.digestId },
    )
  })
  const run = await findRun(db, key)
  if (!run) return { kind: 'unknown' }
  const state =
    run.state === 'making' ? await sendEdition(services, run, await databaseClock(db), by) : run.state
  return { kind: 'settled', state }
}

/** An editor who was asked wants no edition for that day. Repeatable. */
export const skipMissed = ({ db }: Pick<Services, 'db'>, key: RunKey): Promise<boolean> =>
  changeRun(db, key, ['asks'], { state: 'skipped', reason: 'declined' })
