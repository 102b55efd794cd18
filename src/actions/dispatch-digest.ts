import { type TimeWish, whenOf } from '../domain/approval.ts'
import type { By } from '../domain/by.ts'
import { lateAfter } from '../domain/dispatch.ts'
import { spanOf } from '../domain/local-time.ts'
import { error, errorsOf, type Finding, inOrder, warningsOf } from '../domain/preflight/finding.ts'
import { databaseClock } from '../store/clock.ts'
import { noteDigestEvent } from '../store/digest-events.ts'
import { findDigest, lockDigest } from '../store/digests.ts'
import { addDispatch, type Dispatch, findDispatchOf } from '../store/dispatches.ts'
import { approvalFindings } from './approval-check.ts'
import { contentFindings, mailFindings } from './preflight.ts'
import type { Services } from './services.ts'

export type DispatchOutcome =
  | { kind: 'created'; dispatch: Dispatch; warnings: Finding[] }
  /** It was asked for before: nothing changed. */
  | { kind: 'same'; dispatch: Dispatch; warnings: Finding[] }
  /** It is dispatched for another time: nothing changed. */
  | { kind: 'another-time'; dispatch: Dispatch }
  | { kind: 'refused'; errors: Finding[]; warnings: Finding[] }
  | { kind: 'not-found' }

type Wish = TimeWish & {
  /** Who asks. */
  by?: By
  /** It goes ahead of every other that is being sent. */
  breaking?: boolean
  /** Seconds that "now" waits, during which it can be stopped. */
  hold?: number
}

/**
 * Schedules the one dispatch of a digest, at once or for a time. Asking again, or twice at the same moment, changes
 * nothing and answers the same, even where it is breaking news only now. Where one of its newsletters demands approval,
 * it is refused unless a second person approved of just this. Senders are woken.
 */
export async function dispatchDigest(
  services: Pick<Services, 'config' | 'db' | 'templates' | 'wake'>,
  digestId: number,
  wish: Wish = {},
): Promise<DispatchOutcome> {
  const { config, db } = services
  const read = await findDigest(db, digestId)
  // Before the digest is locked: mails take a while to be made. What is saved in between is looked at when it starts.
  const mails = read && !read.hiddenAt ? await mailFindings(services, read) : []
  const outcome = await db.transaction(async (tx): Promise<DispatchOutcome> => {
    if (!(await lockDigest(tx, digestId))) return { kind: 'not-found' }
    const digest = await findDigest(tx, digestId)
    if (!digest || digest.hiddenAt) return { kind: 'not-found' }
    const existing = await findDispatchOf(tx, digestId)
    const now = await databaseClock(tx)
    const when = whenOf(wish)
    const leaves = leavesAt(wish, now)
    const content = await contentFindings({ config, db: tx }, digest, leaves?.from ?? existing?.dueAt)
    const approval = existing ? [] : await approvalFindings({ config, db: tx }, digest, when)
    const findings = inOrder([...content, ...mails, ...approval])
    const [errors, warnings] = [errorsOf(findings), warningsOf(findings)]
    if (existing)
      return isSame(existing, wish, now)
        ? { kind: 'same', dispatch: existing, warnings }
        : { kind: 'another-time', dispatch: existing }
    if (!leaves || leaves.until.getTime() < now.getTime() - lateAfter)
      errors.push(error({ code: 'time-is-past', at: (leaves?.until ?? now).toISOString() }))
    if (errors.length) return { kind: 'refused', errors, warnings }
    const dispatch = await addDispatch(tx, {
      digestId,
      transport: config.transport.kind,
      dueAt: leaves!.from,
      localTime: wish.localTime,
      createdBy: wish.by?.kind === 'editor' ? wish.by.id : undefined,
      breaking: wish.breaking ?? false,
    })
    await noteDigestEvent(tx, digestId, { kind: 'scheduled', when }, wish.by ?? { kind: 'service' })
    return { kind: 'created', dispatch: dispatch!, warnings }
  })
  if (outcome.kind === 'created') services.wake()
  return outcome
}

/** When the first of its readers would get it, and when the last could; undefined for what is no time. */
function leavesAt({ at, localTime, hold = 0 }: Wish, now: Date): { from: Date; until: Date } | undefined {
  if (localTime) {
    const span = spanOf(localTime)
    return span && { from: new Date(Math.max(now.getTime(), span.first.getTime())), until: span.last }
  }
  const from = at ?? new Date(now.getTime() + hold * 1000)
  return { from, until: from }
}

/** Without a time it means "now": the same as whatever has begun, is due or is about to, but not as what waits for tomorrow. */
function isSame(dispatch: Dispatch, { at, localTime, hold = 0 }: Wish, now: Date): boolean {
  if (localTime) return dispatch.localTime === localTime
  if (at) return dispatch.localTime === null && dispatch.dueAt.getTime() === at.getTime()
  return dispatch.state !== 'scheduled' || dispatch.dueAt.getTime() <= now.getTime() + hold * 1000
}
