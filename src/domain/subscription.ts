/** Why a subscription ended. */
export type EndReason = 'left' | 'one_click' | 'preferences' | 'editor' | 'erased'

/** A subscription as its reader sees it: each state with just its own fields. */
export type Subscription =
  | { state: 'active' }
  | { state: 'paused'; until: Date }
  | { state: 'ended'; at: Date; reason: EndReason }

type Row = {
  state: 'active' | 'ended'
  pausedUntil: Date | null
  endedAt: Date | null
  endReason: EndReason | null
}

/** Reads what the table holds. A pause that is over is none. */
export function subscriptionOf(row: Row, now: Date): Subscription {
  if (row.state === 'ended') return { state: 'ended', at: row.endedAt!, reason: row.endReason! }
  return row.pausedUntil && row.pausedUntil > now
    ? { state: 'paused', until: row.pausedUntil }
    : { state: 'active' }
}

/** How long a reader can pause, in days. */
export const pauses = { 'two-weeks': 14, month: 30 } as const
export type Pause = keyof typeof pauses

export const isPause = (text: string): text is Pause => Object.hasOwn(pauses, text)

/** What a reader left can be undone by the same link for so long. */
export const undoHours = 24

/** A confirmation's link works so long after the mail was handed to the mail server. */
export const confirmationHours = 72

/** Why a reader left, as the page offers it. */
export const leavingReasons = ['too_often', 'not_relevant', 'never_asked', 'other'] as const
export type LeavingReason = (typeof leavingReasons)[number]

export const isLeavingReason = (text: string): text is LeavingReason =>
  (leavingReasons as readonly string[]).includes(text)
