import type { Cadence } from './newsletter.ts'
import { lastOccasion, type Occasion, weekdayOf } from './occasions.ts'
import { momentAt } from './zoned-time.ts'

const minute = 60_000
const hour = 60 * minute

/** So long after an edition's time its editors are told that none went out. */
const alarmAfter = 15 * minute
/** An expectation older than this is nobody's alarm any more: the server slept for days. */
const staleAfter = 24 * hour

/** When a newsletter's editions are expected, as its settings hold it: `06:30:00`, with the day of week or month. */
export type Expectation = {
  cadence: Cadence
  expectedAt: string | null
  expectedDay: number | null
  timeZone: string
}

/** An edition that is expected, and from when on one counts as it. */
export type ExpectedEdition = Occasion & { since: Date }

/** The last edition whose time is up by `now`; undefined where none is expected. */
export function lastExpected(expectation: Expectation, now: Date): ExpectedEdition | undefined {
  const { expectedAt, timeZone } = expectation
  if (expectedAt === null || expectation.cadence === 'irregular') return undefined
  const isDay = (day: string) => comesOn(expectation, day)
  return withSince(lastOccasion({ time: expectedAt.slice(0, 5), timeZone, isDay }, now), timeZone)
}

/** The one of a day; undefined where none is expected any more. */
export function expectedOn({ expectedAt, timeZone }: Expectation, day: string): ExpectedEdition | undefined {
  const at = expectedAt === null ? undefined : momentAt(`${day}T${expectedAt.slice(0, 5)}`, timeZone)
  return at && withSince({ day, at }, timeZone)
}

// One that was sent early, the evening before or that same day, is it.
function withSince({ day, at }: Occasion, timeZone: string): ExpectedEdition {
  const midnight = momentAt(`${day}T00:00`, timeZone)!
  return { day, at, since: new Date(Math.min(at.getTime() - 12 * hour, midnight.getTime())) }
}

/** The same where it is to be asked now whether it went out. */
export function overdueEdition(expectation: Expectation, now: Date): ExpectedEdition | undefined {
  const last = lastExpected(expectation, new Date(now.getTime() - alarmAfter))
  return last && now.getTime() - last.at.getTime() <= staleAfter ? last : undefined
}

function comesOn({ cadence, expectedDay }: Expectation, day: string): boolean {
  switch (cadence) {
    case 'daily':
      return true
    case 'weekdays':
      return weekdayOf(day) <= 5
    case 'weekly':
      return weekdayOf(day) === expectedDay
    case 'monthly':
      return Number(day.slice(8)) === expectedDay
    case 'irregular':
      return false
  }
}
