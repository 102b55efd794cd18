import { isOrdinary } from './moment.ts'
import { momentAt } from './zoned-time.ts'

/** Where a day begins first on earth, and where last. */
const [first, last] = ['Etc/GMT-14', 'Etc/GMT+12']

/** Whether a text is a time by the wall's clock, such as `2026-06-22T06:30`, of a day that exists. */
export const isLocalTime = (time: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(time) && momentAt(time, 'UTC') !== undefined

/** When the first clock on earth shows it, and when the last. Undefined for what is no such time. */
export function spanOf(time: string): { first: Date; last: Date } | undefined {
  if (!isLocalTime(time)) return undefined
  const span = { first: momentAt(time, first!), last: momentAt(time, last!) }
  return span.first && span.last && isOrdinary(span.first)
    ? { first: span.first, last: span.last }
    : undefined
}

/** The moment at which a zone's clock shows it; for what is no zone that of `otherwise`. */
export function momentIn(time: string, zone: string, otherwise: string): Date {
  try {
    return momentAt(time, zone)!
  } catch {
    return momentAt(time, otherwise)!
  }
}
