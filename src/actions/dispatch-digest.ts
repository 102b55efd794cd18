import type { When } from '../domain/approval.ts'
import type { By } from '../domain/by.ts'
import { lateAfter } from '../domain/dispatch.ts'
import { error, errorsOf, type Finding, inOrder, warningsOf } from '../domain/preflight/finding.ts'
import { databaseClock } from '../store/clock.ts'
import { noteDigestEvent } from '../store/digest-events.ts'
import { findDigest, lockDigest } from '../store/digests.ts'
import { addDispatch, type Dispatch, findDispatchOf } from '../store/dispatches.ts'
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

type Wish = {
  /** Absent: at once. */
  at?: Date
  /** Who asks. */
  by?: By
  /** It goes ahead of every other that is being sent. */
  breaking?: boolean
}

/**
 * Schedules the one dispatch of a digest, at once or for a time. Asking again, or twice at the same moment, changes
 * nothing and answers the same, even where it is breaking news only now. Senders are woken.
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
    const content = await contentFindings({ config, db: tx }, digest, wish.at ?? existing?.dueAt)
    const findings = inOrder([...content, ...mails])
    const [errors, warnings] = [errorsOf(findings), warningsOf(findings)]
    const now = await databaseClock(tx)
    if (existing)
      return isSame(existing, wish, now)
        ? { kind: 'same', dispatch: existing, warnings }
        : { kind: 'another-time', dispatch: existing }
    if (wish.at && wish.at.getTime() < now.getTime() - lateAfter)
      errors.push(error({ code: 'time-is-past', at: wish.at.toISOString() }))
    if (errors.length) return { kind: 'refused', errors, warnings }
    const dispatch = await addDispatch(tx, {
      digestId,
      transport: config.transport.kind,
      dueAt: wish.at ?? now,
      createdBy: wish.by?.kind === 'editor' ? wish.by.id : undefined,
      breaking: wish.breaking ?? false,
    })
    const when: When = wish.at ? { kind: 'at', at: wish.at.toISOString() } : { kind: 'now' }
    await noteDigestEvent(tx, digestId, { kind: 'scheduled', when }, wish.by ?? { kind: 'service' })
    return { kind: 'created', dispatch: dispatch!, warnings }
  })
  if (outcome.kind === 'created') services.wake()
  return outcome
}

/** Without a time it means "now": the same as whatever has begun or is due, but not as what waits for tomorrow. */
const isSame = (dispatch: Dispatch, { at }: Wish, now: Date): boolean =>
  at ? dispatch.dueAt.getTime() === at.getTime() : dispatch.state !== 'scheduled' || dispatch.dueAt <= now
