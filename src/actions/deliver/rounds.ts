import type { Raw } from '../../store/client.ts'
import type { CountsIn } from '../../store/tallies.ts'
import { type Answer, type Turn, takeTurns } from '../../store/turns.ts'
import type { Patience } from './patience.ts'

/** `asOf`: when the ledger was asked, by `performance.now()`; what came after it may be unknown to the answer. */
export type Told = { answer: Answer; asOf: number }
type Waiting = { turn: Turn; told: (told: Told) => void; failed: (error: unknown) => void }
type Deps = { raw: Raw; holder: string; countsIn: CountsIn; patience: Patience }

/**
 * Gathers the turns of all connections while one statement runs, and hands them in together with the next. While the
 * database is away it waits: no result is lost, and nothing is sent.
 */
export class Rounds {
  readonly #deps: Deps
  readonly #waiting = new Map<number, Waiting[]>()
  #running = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Resolves when the turn is durable. Rejects only when patience is over. */
  take(dispatchId: number, turn: Turn): Promise<Told> {
    return new Promise((told, failed) => {
      const waiting = this.#waiting.get(dispatchId)
      if (waiting) waiting.push({ turn, told, failed })
      else this.#waiting.set(dispatchId, [{ turn, told, failed }])
      if (this.#running) return
      this.#running = true
      // After what the sockets have brought in the same moment.
      setImmediate(() => this.#run())
    })
  }

  async #run(): Promise<void> {
    while (this.#waiting.size)
      for (const [dispatchId, waiting] of this.#waiting) {
        this.#waiting.delete(dispatchId)
        await this.#handIn(dispatchId, waiting)
      }
    this.#running = false
  }

  async #handIn(dispatchId: number, waiting: readonly Waiting[]): Promise<void> {
    const { raw, holder, countsIn, patience } = this.#deps
    const turns = waiting.map(({ turn }) => turn)
    try {
      let asOf = 0
      const answers = await patience.ask(() => {
        asOf = performance.now()
        return takeTurns(raw, { dispatchId, holder, countsIn }, turns)
      })
      const tell = () =>
        waiting.forEach(({ told }, index) => {
          told({ answer: answers[index]!, asOf })
        })
      // The next statement leaves first, so that the database works while the messages are made.
      if (this.#waiting.size) setImmediate(() => setImmediate(tell))
      else tell()
    } catch (error) {
      for (const { failed } of waiting) failed(error)
    }
  }
}
