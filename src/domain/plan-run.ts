/** What has become of a plan's edition of a day. */
export const planRunStates = [
  /** The digest is there; whether it goes by itself is being settled. */
  'making',
  /** It goes at its time. */
  'made',
  /** It waits for somebody's approval, or for somebody's button. */
  'waiting',
  'sent',
  'skipped',
  /** Something keeps it from going out. */
  'blocked',
  /** Its time came, and nobody had approved of it, or sent it. */
  'unapproved',
  /** An editor pressed Stop, took it back or threw it away. */
  'stopped',
  /** Found more than an hour after its time: nothing is made before somebody says so. */
  'asks',
] as const
export type PlanRunState = (typeof planRunStates)[number]

/** Why a run came to its state, where the state does not say it. */
export type PlanRunReason =
  /** There was no story for any of its slots. */
  | 'empty'
  /** Nobody was there to make it, and a later day's took its place. */
  | 'missed'
  /** An editor was asked, and said skip. */
  | 'declined'
  /** An editor threw its digest away. */
  | 'deleted'

/** What editors are told of a run: with `made` and `late` what goes out, with the others what they have to do. */
export type PlanEvent = 'made' | 'late' | 'asked' | 'waits' | 'empty' | 'blocked' | 'unapproved' | 'asks'

/** In which states what was told still holds: a mail that comes later is none. */
export const tellsOf: Record<PlanEvent, readonly PlanRunState[]> = {
  made: ['made'],
  late: ['made', 'sent'],
  asked: ['waiting'],
  waits: ['waiting'],
  empty: ['skipped'],
  blocked: ['blocked'],
  unapproved: ['unapproved'],
  asks: ['asks'],
}
