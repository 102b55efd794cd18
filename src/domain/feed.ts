/** Why a feed brought nothing. */
export type FeedTrouble =
  /** The server answered, and not with a feed. */
  | { kind: 'status'; status: number }
  | { kind: 'no-feed' }
  | { kind: 'too-large' }
  | { kind: 'timeout' }
  | { kind: 'unknown-host'; host: string }
  | { kind: 'blocked-address'; host: string }
  | { kind: 'unreachable'; host: string; reason: string }
