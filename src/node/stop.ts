const signals = { SIGTERM: 15, SIGINT: 2, SIGHUP: 1 } as const
export type StopSignal = keyof typeof signals

/** The exit code of a process that a signal ended, as shells count it. */
export const exitCodeOf = (signal: StopSignal): number => 128 + signals[signal]

/** One Ctrl-C arrives twice where npm hands on what the terminal told everybody: some milliseconds apart. */
const echo = 500

/**
 * Resolves at the first SIGTERM, SIGINT or SIGHUP from this call on; called before the database is opened, so that
 * a start that is interrupted ends and closes it. A second one, half a second later or more, ends the process at once,
 * with the signal's own code.
 */
export const untilToldToStop = () =>
  new Promise<StopSignal>(resolve => {
    let told: number | undefined
    for (const signal of Object.keys(signals) as StopSignal[])
      process.on(signal, () => {
        if (told !== undefined && performance.now() - told > echo) process.exit(exitCodeOf(signal))
        told ??= performance.now()
        resolve(signal)
      })
  })
