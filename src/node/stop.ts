/**
 * Resolves at the first SIGTERM, SIGINT or SIGHUP from this call on; called before the database is opened, so that
 * a start that is interrupted ends and closes it. A second one ends the process at once, with the signal's own code.
 */
export const untilToldToStop = () =>
  new Promise<NodeJS.Signals>(resolve => {
    let told = false
    for (const [signal, number] of [
      ['SIGTERM', 15],
      ['SIGINT', 2],
      ['SIGHUP', 1],
    ] as const)
      process.on(signal, () => {
        if (told) process.exit(128 + number)
        told = true
        resolve(signal)
      })
  })
