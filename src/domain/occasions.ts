import { momentAt, wallTime } from './zoned-time.ts'

/** A time of day (`06:30`) by the clock of a zone, on certain of its days (`2026-06-22`). */
export type Recurrence = { time: string; timeZone: string; isDay(day: string): boolean }

/** One of its times: the day by the zone's calendar, and the moment. */
export type Occasion = { day: string; at: Date }

/** No cadence leaves out more days than a month's. */
const mostDays = 40

/**
 * The first time after a moment. Where clocks skip the hour it is the first minute after it, where they show the hour
 * twice its first, so that every day has one.
 */
export function nextOccasion(recurrence: Recurrence, after: Date): Occasion {
  const from = dayOf(after, recurrence.timeZone)
  for (let days = -1; days <= mostDays; days++) {
    const occasion = occasionOn(recurrence, plusDays(from, days))
    if (occasion && occasion.at > after) return occasion
  }
  throw new Error('a recurrence has no days')
}

/** The last time up to a moment. */
export function lastOccasion(recurrence: Recurrence, until: Date): Occasion {
  const from = dayOf(until, recurrence.timeZone)
  for (let days = 1; days >= -mostDays; days--) {
    const occasion = occasionOn(recurrence, plusDays(from, days))
    if (occasion && occasion.at <= until) return occasion
  }
  throw new Error('a recurrence has no days')
}

function occasionOn({ time, timeZone, isDay }: Recurrence, day: string): Occasion | undefined {
  const at = isDay(day) ? momentAt(`${day}T${time}`, timeZone) : undefined
  return at && { day, at }
}

/** The day that the calendar of a zone shows. */
const dayOf = (at: Date, zone: string): string => wallTime(at, zone).slice(0, 10)

const plusDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)

/** From Monday, 1, to Sunday, 7. */
export const weekdayOf = (day: string): number => ((new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7) + 1
