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

/** A server that says "gone" (410) means it: its feed is asked again only when an editor says so. */
export const isStopped = (trouble: FeedTrouble | null): boolean =>
  trouble?.kind === 'status' && trouble.status === 410
