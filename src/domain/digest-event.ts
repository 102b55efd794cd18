import type { When } from './approval.ts'
import type { PauseReason } from './dispatch.ts'

/** A step in the life of a digest, as its history tells it. */
export type DigestEvent =
  /** Somebody began it. */
  | { kind: 'made' }
  /** Somebody changed what it says or whom it is for; who goes on within 10 minutes makes one event. */
  | { kind: 'edited' }
  /** A plan made it. */
  | { kind: 'planned' }
  | { kind: 'asked'; when: When; comment: string }
  | { kind: 'sent_back'; comment: string }
  | { kind: 'approved'; when: When; comment: string }
  /** An owner did without a second person. */
  | { kind: 'overridden'; when: When; reason: string }
  /** What was asked for or approved holds no longer: the digest was edited, or something that its mails are made of. */
  | { kind: 'voided'; why: 'edited' | 'changed-around' | 'withdrawn'; was: 'asked' | 'approved' }
  | { kind: 'scheduled'; when: When }
  | { kind: 'unscheduled' }
  /** It was to go in a moment, and somebody pressed Stop. */
  | { kind: 'stopped' }
  | { kind: 'started'; readers: number }
  | { kind: 'paused'; reason: PauseReason }
  | { kind: 'resumed' }
  | { kind: 'cancelled' }
  /** A story was put right after it went out. */
  | { kind: 'corrected'; articleId: number; title: string; note: string }
  | { kind: 'withdrawn'; reason: string }
  /** It stands in the archive again. */
  | { kind: 'put_back' }
