import { wallTime } from './zoned-time.ts'

/** Times of day in a newsletter's zone between which it goes out, as `06:30:00`; both absent: always. */
export type SendingHours = { sendsFrom: string | null; sendsUntil: string | null; timeZone: string }

/**
 * Whether a newsletter goes out at a moment; from one time of day until the other, past midnight where the second is
 * the smaller. Senders ask the database the same (`openNow` of src/store/batches.ts).
 */
export function hoursOpen({ sendsFrom, sendsUntil, timeZone }: SendingHours, at: Date): boolean {
  if (sendsFrom === null || sendsUntil === null) return true
  const wall = wallTime(at, timeZone).slice(11)
  const [from, until] = [sendsFrom.slice(0, 5), sendsUntil.slice(0, 5)]
  return from < until ? wall >= from && wall < until : wall >= from || wall < until
}
