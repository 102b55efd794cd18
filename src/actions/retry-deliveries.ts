import { deliverFor } from '../domain/dispatch.ts'
import { findDigest } from '../store/digests.ts'
import { type Dispatch, findDispatchOf } from '../store/dispatches.ts'
import type { Chosen } from '../store/failures.ts'
import { findNewslettersById } from '../store/newsletters.ts'
import { countAsSent, putBack } from '../store/retries.ts'
import type { Services } from './services.ts'

export type RetryOutcome =
  /** `readers` may be none: they were tried again before, or nobody is chosen. */
  | { kind: 'done'; dispatch: Dispatch; readers: number }
  | { kind: 'not-dispatched' }
  /** It has not started, or was cancelled, which is final. */
  | { kind: 'not-now'; dispatch: Dispatch }

type Wish = {
  chosen: Chosen
  /** `send`: to be tried again, as if for the first time; `count-as-sent`: what is unknown is taken for sent. */
  how: 'send' | 'count-as-sent'
  /** When the choice was made: what has changed since is left alone. */
  asOf?: Date
}

/**
 * Sees to readers whom a digest did not reach. Those who are tried again get it within seconds, also where it had
 * finished; it has then as much time as when it began. Suppressed addresses stay so. Repeatable.
 */
export async function retryDeliveries(
  { db, wake }: Pick<Services, 'db' | 'wake'>,
  digestId: number,
  { how, ...wish }: Wish,
): Promise<RetryOutcome> {
  const before = await findDispatchOf(db, digestId)
  if (!before) return { kind: 'not-dispatched' }
  if (!mayRetry(before)) return { kind: 'not-now', dispatch: before }
  const readers =
    how === 'send'
      ? await putBack(db, before.id, { ...wish, deliverFor: await timeFor(db, digestId) })
      : await countAsSent(db, before.id, wish)
  const dispatch = (await findDispatchOf(db, digestId))!
  if (!mayRetry(dispatch)) return { kind: 'not-now', dispatch }
  if (readers) wake()
  return { kind: 'done', dispatch, readers }
}

/** Whether readers of this dispatch can still be tried again. */
export const mayRetry = ({ state, startedAt }: Dispatch): boolean =>
  startedAt !== null && state !== 'cancelled'

async function timeFor(db: Services['db'], digestId: number): Promise<number> {
  const digest = await findDigest(db, digestId)
  const newsletters = await findNewslettersById(db, digest?.newsletters.map(one => one.id) ?? [])
  return deliverFor(newsletters.map(newsletter => newsletter.cadence))
}
