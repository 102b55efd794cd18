const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Pauses before the next try, by the number of tries so far, in milliseconds. */
export type RetryPolicy = { pauses: readonly number[]; jitter: number }

/**
 * Growing pauses: short at first, since a drop or a greylist's "try again" is mostly over soon, then up to 4 hours.
 * A fifth more or less by chance, so that what failed together does not come back together.
 */
export const retryPolicy: RetryPolicy = {
  pauses: [15 * second, minute, 5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 4 * hour],
  jitter: 0.2,
}

/** Milliseconds until the next try after `attempts` of them. `chance` lies in [0, 1). */
export function pauseAfter(attempts: number, policy = retryPolicy, chance = Math.random()): number {
  const pause = policy.pauses[Math.min(Math.max(attempts, 1), policy.pauses.length) - 1]!
  return Math.round(pause * (1 + policy.jitter * (2 * chance - 1)))
}

/** Milliseconds to wait for a server that can't be reached, after so many failures in a row: 1 s to 60 s. */
export const reconnectAfter = (failures: number, chance = Math.random()): number =>
  Math.min(60 * second, second * 2 ** Math.min(failures - 1, 6)) * (0.8 + 0.4 * chance)
