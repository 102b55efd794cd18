const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const
export type StopSignal = (typeof signals)[number]

/** One Ctrl-C arrives twice where npm hands on what the terminal told everybody: some milliseconds apart. */
const echo = 500

/**
 * Resolves at the first SIGTERM, SIGINT or SIGHUP from this call on; called before the database is opened, so that
 * a start that is interrupted ends and closes it. A second one, half a second later or more, ends the process at once.
 */
export const untilToldToStop = () =>
  new Promise<StopSignal>(resolve => {
    let told: number | undefined
    for (const signal of signals)
      process.on(signal, () => {
        if (told !== undefined && performance.now() - told > echo) endBy(signal)
        told ??= performance.now()
        // The echo of a Ctrl-C must not meet a process that has stopped already and hears no signals any more.
        if (signal === 'SIGINT') setTimeout(() => {}, echo)
        resolve(signal)
      })
  })

/** Ends this process as the signal would, had nobody listened. Exiting would wait for a read that may never end. */
export function endBy(signal: StopSignal) {
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}
