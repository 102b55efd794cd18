/** How many messages of a dispatch were done with at a moment; milliseconds of any one clock. */
export type Sample = { at: number; done: number }

/** So far back the pace is looked at: long enough to be steady, short enough to show a slowdown. */
const window = 10_000
/** With less to look at there is no pace yet. */
const least = 2000

/** The samples of the last ten seconds, with a new one. */
export const withSample = (samples: readonly Sample[], sample: Sample): Sample[] => [
  ...samples.filter(({ at }) => sample.at - at <= window),
  sample,
]

/** Messages a second over these samples; undefined until they span two seconds. */
export function paceOf(samples: readonly Sample[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last || last.at - first.at < least) return undefined
  return (last.done - first.done) / ((last.at - first.at) / 1000)
}

/** Seconds until so many are done, one at least; undefined while nothing moves. */
export const secondsLeft = (pending: number, pace: number | undefined): number | undefined =>
  pace ? Math.max(1, Math.round(pending / pace)) : undefined
