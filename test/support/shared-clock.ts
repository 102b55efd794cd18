/**
 * Milliseconds by the one clock that all processes of a machine read alike and that nobody sets. To compare moments of
 * two processes: `performance.timeOrigin` is the time of day at each one's start, which may have been set since.
 */
export const sharedNow = (): number => Number(process.hrtime.bigint()) / 1e6
