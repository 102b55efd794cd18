import type { Log } from '../../log.ts'

const longest = 2000

/** Asks a database that is away again and again, with growing pauses up to 2 s, until the sender must end. */
export class Patience {
  readonly #log: Log
  #away = false
  #over = false

  constructor(log: Log) {
    this.#log = log
  }

  /** Rejects only once it is `over`. What is asked must do no harm when it is asked twice. */
  async ask<T>(work: () => Promise<T>): Promise<T> {
    for (let failures = 0; ; failures++)
      try {
        const answer = await work()
        if (this.#away) this.#log.info({}, 'the database is back')
        this.#away = false
        return answer
      } catch (error) {
        if (this.#over) throw error
        if (!this.#away) this.#log.warn({ err: error }, 'the database does not answer; waiting for it')
        this.#away = true
        await new Promise(resolve => setTimeout(resolve, Math.min(longest, 50 * 2 ** failures)))
      }
  }

  /** What could not be written by now is unknown after the lease. */
  over(): void {
    this.#over = true
  }
}
