/** A piece of work that is done again and again: at once when woken, else after the pause that it asks for. */
export type Loop = {
  /** Runs the work now, or again right after the run that is under way. */
  wake(): void
  /** Ends the loop; resolves when a run under way has ended. */
  stop(): Promise<void>
}

/** Hears of a run that failed, and how many have failed in a row. */
type Failed = (error: unknown, failures: number) => void

const longestPause = 2_000

/**
 * Starts a loop. `work` answers the milliseconds until it wants to run again. Where it throws, `failed` hears of it
 * and the pause grows from 0.5 s to 2 s until it succeeds again: a database that is away is waited for, not hammered,
 * whoever wakes the loop meanwhile.
 */
export function startLoop(work: (signal: AbortSignal) => Promise<number>, failed: Failed): Loop {
  const stopping = new AbortController()
  let woken = false
  let failures = 0
  let endRest: (() => void) | undefined
  const rest = (ms: number) =>
    new Promise<void>(resolve => {
      if (stopping.signal.aborted) return resolve()
      const timer = setTimeout(resolve, ms)
      endRest = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const ended = (async () => {
    while (!stopping.signal.aborted) {
      woken = false
      try {
        const pause = await work(stopping.signal)
        failures = 0
        if (!woken) await rest(pause)
      } catch (error) {
        failed(error, ++failures)
        await rest(Math.min(longestPause, 500 * 2 ** (failures - 1)))
      }
    }
  })()
  return {
    wake() {
      woken = true
      if (failures === 0) endRest?.()
    },
    stop() {
      stopping.abort()
      endRest?.()
      return ended
    },
  }
}
