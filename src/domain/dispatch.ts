import type { Cadence } from './newsletter.ts'

/** The counters of a dispatch. `intended = sent + failed + suppressed + unknown + pending`, at every moment. */
export type Balance = {
  intended: number
  sent: number
  failed: number
  suppressed: number
  unknown: number
  pending: number
}

/** Why a dispatch is paused: by an editor, by a moment that passed, or by a fault that is ours and no reader's. */
export type PauseReason =
  | 'editor'
  /** Found 60 minutes after its time: it has not started. */
  | 'late'
  /** No sender had it in hand for 6 hours. */
  | 'interrupted'
  /** When it was to start, it would have been refused; the errors are the evidence. It has not started. */
  | 'not-ready'
  /** It could not be compiled. It has not started. */
  | 'rendering'
  | 'smtp-refused'
  | 'smtp-sign-in'
  | 'smtp-tls'
  | 'message-too-big'
  | 'limit-exceeded'
  | 'policy'
  /** 20 readers of 3 domains in a row got one and the same refusal. */
  | 'same-reply'
  /** More of what was tried has failed than the publication allows. */
  | 'failures'

const minute = 60_000
const hour = 60 * minute

/** A dispatch found this long after its time asks first. */
export const lateAfter = 60 * minute
/** A dispatch that no sender had in hand for this long asks first. */
export const interruptedAfter = 6 * hour
/** A dispatch paused for this long asks again before it goes on. */
export const staleAfter = 24 * hour

/** How long a digest may be on its way: news of a daily is stale sooner. */
export const deliverFor = (cadences: readonly Cadence[]): number =>
  cadences.some(cadence => cadence === 'daily' || cadence === 'weekdays') ? 20 * hour : 72 * hour

/**
 * Whether a From domain aligns with the DKIM domain (RFC 9989, relaxed): one is the other, or lies under it.
 */
export const aligns = (from: string, dkimDomain: string): boolean =>
  from === dkimDomain || from.endsWith(`.${dkimDomain}`) || dkimDomain.endsWith(`.${from}`)
