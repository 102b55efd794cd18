import { wallTime } from './zoned-time.ts'

/** Between which times of day digests go out, by the clock of the zone: `06:30:00`. Both null: always. */
export type SendingHours = { sendsFrom: string | null; sendsUntil: string | null; timeZone: string }

/**
 * Whether digests go out at this moment: from the first time on and before the second, past midnight where that is the
 * smaller. Senders ask the same of the database (src/store/batches.ts).
 */
export function hoursOpen({ sendsFrom, sendsUntil, timeZone }: SendingHours, at: Date): boolean {
  if (sendsFrom === null || sendsUntil === null) return true
  const wall = wallClock(at, timeZone)
  return sendsFrom < sendsUntil
    ? wall >= sendsFrom && wall < sendsUntil
    : wall >= sendsFrom || wall < sendsUntil
}

/** For how many milliseconds from this moment on nothing goes out; an hour off where clocks change meanwhile. */
export function closedFor(hours: SendingHours, at: Date): number {
  if (hours.sendsFrom === null || hoursOpen(hours, at)) return 0
  const seconds = secondsOf(hours.sendsFrom) - secondsOf(wallClock(at, hours.timeZone))
  return ((seconds + 86_400) % 86_400) * 1000
}

// The seconds are the same in all zones: none is off by a part of a minute any more.
const wallClock = (at: Date, zone: string) =>
  `${wallTime(at, zone).slice(11)}:${at.toISOString().slice(17, 19)}`

const secondsOf = (time: string) => time.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0)

/** `06:30` of the database's `06:30:00`. */
export const timeOfDay = (time: string | null): string | null => (time === null ? null : time.slice(0, 5))
