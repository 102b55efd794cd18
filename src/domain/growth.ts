export const growthRanges = { month: 30, quarter: 91, year: 365, all: undefined } as const
export type GrowthRange = keyof typeof growthRanges

export type GrowthStep = 'day' | 'week' | 'month'

/** Steps that leave a chart readable: 120 points at most, but of a long life by months. */
export const stepsOf: Record<GrowthRange, readonly GrowthStep[]> = {
  month: ['day', 'week'],
  quarter: ['day', 'week', 'month'],
  year: ['week', 'month'],
  all: ['month'],
}

/** The first day of a range that ends with `today` (`2026-06-22`), whole steps only; undefined: from the beginning. */
export function firstDay(range: GrowthRange, step: GrowthStep, today: string): string | undefined {
  const days = growthRanges[range]
  if (days === undefined) return undefined
  const first = new Date(`${today}T00:00:00Z`)
  first.setUTCDate(first.getUTCDate() - days + 1)
  if (step === 'month') first.setUTCDate(1)
  if (step === 'week') first.setUTCDate(first.getUTCDate() - ((first.getUTCDay() + 6) % 7))
  return first.toISOString().slice(0, 10)
}
