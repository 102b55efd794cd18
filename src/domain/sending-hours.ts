import { wallTime } from './zoned-time.ts'

/** Between which times of day digests go out, by the clock of the zone: `06:30:00`. Both null: always. */
export type SendingHours = { sendsFrom: string | null; sendsUntil: string | null; timeZone: string }

/**
 * Whether digests go out at this moment: from the first time on and before the second, past midnight where that is the
 * smaller. Senders ask the same of the database (src/store/batches.ts).
 */
export function hoursOpen({ sendsFrom, sendsUntil, timeZone }: SendingHours, at: Date): boolean {
  if (sendsFrom === null || sendsUntil === null) return true
  // No zone is off by less than a minute any more.
  const wall = `${wallTime(at, timeZone).slice(11)}:${at.toISOString().slice(17, 19)}`
  return sendsFrom < sendsUntil
    ? wall >= sendsFrom && wall < sendsUntil
    : wall >= sendsFrom || wall < sendsUntil
}

/** `06:30` of the database's `06:30:00`. */
export const timeOfDay = (time: string | null): string | null => (time === null ? null : time.slice(0, 5))
