/** A piece of work that is done again and again: at once when woken, else after the pause that it asks for. */
export type Loop = {
  /** Runs the work now, or again right after the run that is under way. */
  wake(): void
  /** Ends the loop; resolves when a run under way has ended. */
  stop(): Promise<void>
}

type Failed = (error: unknown) => void

/**
 * Starts a loop. `work` answers the milliseconds until it wants to run again. Where it throws, `failed` hears of it
 * and the pause grows from 1 s to 30 s until it succeeds again: a database that is away is waited for, not hammered.
 */
export function startLoop(work: (signal: AbortSignal) => Promise<number>, failed: Failed): Loop {
  const stopping = new AbortController()
  let woken = false
  let rouse: () => void = () => {}
  const pause = (ms: number) =>
    new Promise<void>(resolve => {
      if (woken || stopping.signal.aborted) return resolve()
      const timer = setTimeout(resolve, ms)
      rouse = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const ended = (async () => {
    let failures = 0
    while (!stopping.signal.aborted) {
      woken = false
      try {
        const rest = await work(stopping.signal)
        failures = 0
        await pause(rest)
      } catch (error) {
        failed(error)
        await pause(Math.min(30_000, 1000 * 2 ** failures++))
      }
    }
  })()
  return {
    wake() {
      woken = true
      rouse()
    },
    stop() {
      stopping.abort()
      rouse()
      return ended
    },
  }
}
