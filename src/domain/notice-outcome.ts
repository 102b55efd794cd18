import { parseReply } from './smtp-reply.ts'

/** What is written down after an attempt to hand a notice over. */
export type NoticeOutcome =
  | { kind: 'sent' }
  | { kind: 'failed' }
  /**
   * Try again after `pause` milliseconds. Where the server is in trouble rather than this one notice, no other is to
   * try for `holdOff` milliseconds either.
   */
  | { kind: 'again'; pause: number; holdOff: number }

type Attempt = { kind: 'accepted' | 'refused' | 'unreachable'; by?: 'session' | 'message'; reply: string }

const [second, minute, hour] = [1000, 60_000, 3_600_000]

/** While a server is away: soon at first, since a reader waits, and never rarely, since one probe finds it back. */
const away = [3 * second, 10 * second, 30 * second, minute, 2 * minute]
/** For one message: greylisting ends within minutes, a full mailbox within days. */
const soft = [3 * second, 10 * second, 30 * second, 2 * minute, 5 * minute, 15 * minute, hour, 4 * hour]
/** Where the server refuses us: somebody has to mend that first. */
const ours = [2 * minute, 10 * minute, 30 * minute, hour, 4 * hour]

/**
 * Judges a handover by the server's reply; its enhanced code (RFC 3463) beats the basic one. `attempt` counts from 1,
 * `jitter` is from 0 to 1 and moves the pause by up to a quarter either way. Unlike a digest, a notice waits where the
 * server refuses us (5xx to the session, 5.4.5, 5.7.x), and nobody is suppressed by it.
 */
export function outcomeOf({ kind, by, reply }: Attempt, attempt: number, jitter: number): NoticeOutcome {
  if (kind === 'accepted') return { kind: 'sent' }
  const again = (pauses: readonly number[], holdOff: number): NoticeOutcome => ({
    kind: 'again',
    pause: Math.round(pauses[Math.min(attempt, pauses.length) - 1]! * (0.75 + jitter / 2)),
    holdOff,
  })
  if (kind === 'unreachable') return again(away, away[0]!)
  const { code, enhanced } = parseReply(reply) ?? { code: 0 }
  const permanent = enhanced ? enhanced[0] === '5' : code >= 500
  const subject = enhanced?.slice(2) ?? ''
  if (by === 'session') return permanent ? again(ours, ours[0]!) : again(away, away[0]!)
  if (code === 421) return again(away, away[0]!)
  if (!permanent || subject === '2.2') return again(soft, 0)
  if (subject === '4.5' || /^7\./.test(subject)) return again(ours, 0)
  return { kind: 'failed' }
}
