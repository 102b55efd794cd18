/** The first pause after "too many", and the longest, in milliseconds. */
const [shortest, longest] = [100, 5000]

/**
 * Holds back new wires while the server has too much of us. Many requests that were under way together say so together:
 * the pause grows only by one that began after it was last told.
 */
export class Brake {
  #pause = 0
  #toldAt = Number.NEGATIVE_INFINITY
  #until = 0

  /** The server took a message whose request began then. */
  worked(begun: number): void {
    if (begun > this.#toldAt) this.#pause = 0
  }

  /** The server has too much of us, says its answer to a request that began then. */
  slow(begun: number): void {
    if (begun <= this.#toldAt) return
    this.#toldAt = performance.now()
    this.#pause = Math.min(longest, Math.max(shortest, this.#pause * 2))
    this.#until = this.#toldAt + this.#pause
  }

  /** Resolves when another wire may go on. Rejects with the signal's reason. */
  async wait(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted()
      const left = this.#until - performance.now()
      if (left <= 0) return
      await sleep(left, signal)
    }
  }
}

/** Ends early where the signal comes. */
const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
