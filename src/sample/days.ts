const day = 86_400_000

/**
 * The latest moment that is at least `days` days before `now` and falls on one of `weekdays` (1 for Monday to 7 for
 * Sunday, by UTC; none: any), at the same time of day.
 */
export function daysBefore(now: Date, days: number, weekdays: readonly number[] = []): Date {
  const earlier = new Date(now.getTime() - days * day)
  const weekday = earlier.getUTCDay() || 7
  return weekdays.length === 0 || weekdays.includes(weekday) ? earlier : daysBefore(earlier, 1, weekdays)
}
