import type { Raw } from '../../store/client.ts'
import { reserve } from '../../store/send-rate.ts'

/** Turns that nobody used for this long are not saved up. */
const staleAfter = 200

/** Holds this sender's connections to its part of the rate that all senders of the database share. */
export class Pace {
  readonly #raw: Raw
  readonly #perSecond: number
  /** When each reserved message may start, in `performance.now()`. */
  #starts: number[] = []
  #reserving: Promise<void> | undefined

  constructor(raw: Raw, perSecond: number) {
    this.#raw = raw
    this.#perSecond = perSecond
  }

  /** Takes a turn whose time has come; false where none has. */
  tryTake(): boolean {
    const now = performance.now()
    while (this.#starts.length && this.#starts[0]! < now - staleAfter) this.#starts.shift()
    if (this.#starts.length === 0 || this.#starts[0]! > now) return false
    this.#starts.shift()
    return true
  }

  /** Waits for a turn; false where `signal` ended the wait. Rejects where the database is away. */
  async take(signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      if (this.tryTake()) return true
      if (!this.#starts.length) {
        this.#reserving ??= this.#reserve().finally(() => {
          this.#reserving = undefined
        })
        await this.#reserving
      }
      const start = this.#starts.shift()
      if (start === undefined) continue
      const wait = start - performance.now()
      if (wait > 0) await pauseFor(wait, signal)
      return !signal.aborted
    }
    return false
  }

  async #reserve(): Promise<void> {
    const count = Math.max(1, Math.ceil(this.#perSecond / 10))
    const wait = await reserve(this.#raw, { scope: 'dispatches', perSecond: this.#perSecond, count })
    const first = performance.now() + wait
    for (let index = 0; index < count; index++) this.#starts.push(first + (index * 1000) / this.#perSecond)
  }
}

const pauseFor = (ms: number, signal: AbortSignal) =>
  new Promise<void>(resolve => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
