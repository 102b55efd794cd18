/** Why nothing is sent to a domain for a while. */
export type DomainPauseReason =
  /** It said "not now, you are too much" again and again. */
  | 'slow-down'
  /** It refuses us by its policy. */
  | 'policy'
  /** It called more than a tenth of its readers unknown, which is rarely true. */
  | 'unknown-mailboxes'
