import type { By } from '../domain/by.ts'
import { staleAfter } from '../domain/dispatch.ts'
import { countAudience } from '../store/audience.ts'
import type { Queryable } from '../store/client.ts'
import { databaseClock } from '../store/clock.ts'
import { noteDigestEvent } from '../store/digest-events.ts'
import { findDigest, readershipOf } from '../store/digests.ts'
import {
  cancelStartedDispatch,
  type Dispatch,
  lockDispatchOf,
  pauseDispatch,
  removeDispatch,
  resumeDispatch,
} from '../store/dispatches.ts'
import type { Services } from './services.ts'

type Deps = Pick<Services, 'db' | 'wake'>
/** There is no dispatch, or its state does not allow it. */
type NotNow = { kind: 'not-dispatched' } | { kind: 'not-now'; dispatch: Dispatch }

/** Pauses a digest that is going out or waits for its time; no message starts more than 100 ms later. Repeatable. */
export const pauseDigest = (
  { db }: Deps,
  digestId: number,
  by: By = { kind: 'service' },
): Promise<{ kind: 'paused'; dispatch: Dispatch } | NotNow> =>
  db.transaction(async tx => {
    const dispatch = await lockDispatchOf(tx, digestId)
    if (!dispatch) return { kind: 'not-dispatched' }
    if (dispatch.state === 'paused') return { kind: 'paused', dispatch }
    const paused = await pauseDispatch(tx, dispatch.id, 'editor')
    if (!paused) return { kind: 'not-now', dispatch }
    await noteDigestEvent(tx, digestId, { kind: 'paused', reason: 'editor' }, by)
    return { kind: 'paused', dispatch: paused }
  })

/**
 * Goes on with a paused digest. After a day's pause it asks first, with the number of readers that still wait:
 * `confirmed` says that they are to get it now. Repeatable.
 */
export async function resumeDigest(
  { db, wake }: Deps,
  digestId: number,
  { confirmed = false, by = { kind: 'service' } }: { confirmed?: boolean; by?: By } = {},
): Promise<
  { kind: 'resumed'; dispatch: Dispatch } | { kind: 'asks'; dispatch: Dispatch; readers: number } | NotNow
> {
  const outcome = await db.transaction(async tx => {
    const dispatch = await lockDispatchOf(tx, digestId)
    if (!dispatch) return { kind: 'not-dispatched' as const }
    if (dispatch.state === 'sending' || dispatch.state === 'scheduled')
      return { kind: 'resumed' as const, dispatch }
    const now = await databaseClock(tx)
    const pausedFor = dispatch.pausedAt ? now.getTime() - dispatch.pausedAt.getTime() : 0
    if (dispatch.state === 'paused' && pausedFor > staleAfter && !confirmed)
      return { kind: 'asks' as const, dispatch, readers: await readersToCome(tx, dispatch) }
    const resumed = await resumeDispatch(tx, dispatch.id)
    if (!resumed) return { kind: 'not-now' as const, dispatch }
    await noteDigestEvent(tx, digestId, { kind: 'resumed' }, by)
    return { kind: 'resumed' as const, dispatch: resumed }
  })
  if (outcome.kind === 'resumed') wake()
  return outcome
}

/** How many would get it if it went on now: those who wait, or, where it has not begun, whoever it is for today. */
export async function readersToCome(db: Queryable, dispatch: Dispatch): Promise<number> {
  if (dispatch.startedAt) return dispatch.pending
  const digest = await findDigest(db, dispatch.digestId)
  return digest ? countAudience(db, readershipOf(digest)) : 0
}

/** Somebody pressed Stop before it started: a draft again. Once it has started that is too late. */
export const stopDigest = (
  { db }: Deps,
  digestId: number,
  by: By,
): Promise<{ kind: 'draft-again' } | { kind: 'too-late' }> =>
  db.transaction(async tx => {
    const dispatch = await lockDispatchOf(tx, digestId)
    if (!dispatch) return { kind: 'draft-again' }
    if (dispatch.startedAt) return { kind: 'too-late' }
    await removeDispatch(tx, dispatch.id)
    await noteDigestEvent(tx, digestId, { kind: 'stopped' }, by)
    return { kind: 'draft-again' }
  })

/**
 * Cancels: a digest that has not started is a draft again; one that has started ends for good, and its unsent
 * deliveries stay pending. Repeatable.
 */
export const cancelDigest = (
  { db }: Deps,
  digestId: number,
  by: By = { kind: 'service' },
): Promise<{ kind: 'draft-again' } | { kind: 'cancelled'; dispatch: Dispatch } | NotNow> =>
  db.transaction(async tx => {
    const dispatch = await lockDispatchOf(tx, digestId)
    if (!dispatch) return { kind: 'not-dispatched' }
    if (dispatch.state === 'cancelled') return { kind: 'cancelled', dispatch }
    if (!dispatch.startedAt) {
      await removeDispatch(tx, dispatch.id)
      await noteDigestEvent(tx, digestId, { kind: 'unscheduled' }, by)
      return { kind: 'draft-again' }
    }
    const cancelled = await cancelStartedDispatch(tx, dispatch.id)
    if (!cancelled) return { kind: 'not-now', dispatch }
    await noteDigestEvent(tx, digestId, { kind: 'cancelled' }, by)
    return { kind: 'cancelled', dispatch: cancelled }
  })
