const minute = 60_000
const usual = 15 * minute
const least = 5 * minute
const most = 24 * 60 * minute

/** What a feed and its server say about when to come back, in milliseconds. */
export type PaceHints = { ttl?: number; maxAge?: number; retryAfter?: number }

/**
 * How long to leave a feed alone after an answer, in milliseconds: 15 minutes, or as long as the feed (`<ttl>`) and its
 * server (Cache-Control, Retry-After) ask for, between 5 minutes and a day.
 */
export function pauseAfterAnswer({ ttl = 0, maxAge = 0, retryAfter = 0 }: PaceHints): number {
  const asked = Math.max(ttl, maxAge, retryAfter)
  return asked > 0 ? within(asked) : usual
}

/** The same after the `failures`th failure in a row: 15 minutes, 30, an hour … a day, and never before Retry-After. */
export const pauseAfterFailure = (failures: number, { retryAfter = 0 }: PaceHints): number =>
  within(Math.max(usual * 2 ** Math.min(failures - 1, 10), retryAfter))

const within = (pause: number): number => Math.min(Math.max(pause, least), most)

/** `max-age` of a Cache-Control header (RFC 9111 5.2.2), in milliseconds; undefined where an answer is not to be kept. */
export function maxAgeOf(header: string | null): number | undefined {
  if (!header || /\bno-(cache|store)\b/i.test(header)) return undefined
  const seconds = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,10})/i.exec(header)?.[1]
  return seconds === undefined ? undefined : Number(seconds) * 1000
}

/** A Retry-After header (RFC 9110 10.2.3), seconds or a date, as milliseconds from `now`. */
export function retryAfterOf(header: string | null, now: Date): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1000
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime())
}
