import type { Queryable } from '../../store/client.ts'
import { reserve } from '../../store/send-rate.ts'

/** Turns that nobody took for this long are not saved up, in milliseconds. */
const staleAfter = 1000
/** Turns are reserved so many milliseconds before they run out, since the database may be slow to answer. */
const ahead = 100

type Limit = { scope: string; perSecond: number }
type Waiting = { given: (isOurs: boolean) => void; failed: (error: unknown) => void }

/**
 * This sender's part of a rate that all senders of the database share. It reserves a tenth of a second ahead, or one
 * message, and no more than twice what its connections have under way: all that senders reserve stands between a notice
 * and its turn.
 */
export class Pace {
  readonly #db: Queryable
  readonly #limit: Limit
  /** So many messages are reserved at a time. */
  readonly #atOnce: number
  /** When each reserved message may start, in `performance.now()`. */
  #starts: number[] = []
  #reserving: Promise<void> | undefined
  #waiting: Waiting[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(db: Queryable, limit: Limit, connections: number) {
    this.#db = db
    this.#limit = limit
    this.#atOnce = Math.max(1, Math.min(Math.floor(limit.perSecond / 10), 2 * connections))
  }

  /** Takes a turn whose time has come; false where none has. */
  tryTake(): boolean {
    if (this.#waiting.length) return false
    if (this.#takeNow()) return true
    this.#reserveSoon().catch(() => {})
    return false
  }

  /** Gives a turn back that was of no use. */
  giveBack(): void {
    this.#starts.unshift(performance.now())
  }

  /** Milliseconds until `tryTake` is worth another try. */
  get wait(): number {
    const [first] = this.#starts
    return first === undefined ? 20 : Math.max(1, first - performance.now())
  }

  /** Waits for a turn; false where `signal` ended the wait. Rejects where the database is away. */
  take(signal: AbortSignal): Promise<boolean> {
    return new Promise<boolean>((resolve, reject) => {
      if (signal.aborted) return resolve(false)
      const leave = () => {
        this.#waiting = this.#waiting.filter(one => one !== waiting)
        resolve(false)
      }
      const waiting: Waiting = {
        given: isOurs => {
          signal.removeEventListener('abort', leave)
          resolve(isOurs)
        },
        failed: error => {
          signal.removeEventListener('abort', leave)
          reject(error)
        },
      }
      signal.addEventListener('abort', leave, { once: true })
      this.#waiting.push(waiting)
      this.#serve()
    })
  }

  #takeNow(): boolean {
    const now = performance.now()
    while (this.#starts.length && this.#starts[0]! < now - staleAfter) this.#starts.shift()
    if (!this.#starts.length || this.#starts[0]! > now) return false
    this.#starts.shift()
    this.#reserveSoon().catch(() => {})
    return true
  }

  /** Hands turns to those who wait, in their order, as their time comes. */
  #serve(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    while (this.#waiting.length && this.#takeNow()) this.#waiting.shift()!.given(true)
    if (!this.#waiting.length) return
    if (this.#starts.length) this.#timer = setTimeout(() => this.#serve(), Math.ceil(this.wait))
    this.#reserveSoon().then(
      () => this.#timer ?? this.#serve(),
      error => {
        for (const { failed } of this.#waiting.splice(0)) failed(error)
      },
    )
  }

  /** Before the last reserved turn has come, so that none is lost while the database is asked. */
  #reserveSoon(): Promise<void> {
    const last = this.#starts.at(-1)
    if (last !== undefined && last > performance.now() + ahead) return Promise.resolve()
    this.#reserving ??= this.#reserve().finally(() => {
      this.#reserving = undefined
    })
    return this.#reserving
  }

  async #reserve(): Promise<void> {
    const { scope, perSecond } = this.#limit
    const count = this.#atOnce
    const wait = await reserve(this.#db, { scope, perSecond, count })
    const first = performance.now() + wait
    for (let index = 0; index < count; index++) this.#starts.push(first + (index * 1000) / perSecond)
  }
}
