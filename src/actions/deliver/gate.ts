import { reconnectAfter } from '../../domain/retry-policy.ts'
import { type OpenWire, SessionError, type Wire } from '../../mail/wire.ts'

/** To begin with, and a tenth of what there may be: then one more for each message that goes through. */
const first = 20
/** So many drops in a row, each of a message and not of a session, are the server's trouble after all. */
const mostDrops = 20
/** After a 421, one more each so many milliseconds that go well. */
const growsEvery = 5000

/**
 * Opens the connections to one mail server, and decides how many there may be: few at first, more with each success;
 * after failures one at a time, with growing pauses; after a 421 half as many as before, and then slowly more.
 */
export class Gate {
  readonly #openWire: OpenWire
  readonly #most: number
  #failures = 0
  #drops = 0
  #notBefore = 0
  #limit: number
  /** Since when the limit grows by time alone, because the server had too much. */
  #slowedAt: number | undefined
  #open = 0

  constructor(openWire: OpenWire, most: number) {
    this.#openWire = openWire
    this.#most = most
    this.#limit = Math.min(Math.max(first, Math.ceil(most / 10)), most)
  }

  /** Connections that are open or being opened. */
  get open(): number {
    return this.#open
  }

  /** Milliseconds until another connection may be opened; infinite while there are enough. */
  get wait(): number {
    if (this.#open >= (this.#failures > 0 ? 1 : this.#limit)) return Number.POSITIVE_INFINITY
    return Math.max(0, this.#notBefore - Date.now())
  }

  /** Whether one of the open connections should end, since there are too many. */
  get crowded(): boolean {
    return this.#open > this.#limit
  }

  /** Opens one. Throws `SessionError`, and says what came of it to all who ask later. The caller says `closed`. */
  async connect(signal: AbortSignal): Promise<Wire> {
    this.#open++
    try {
      return await this.#openWire(signal)
    } catch (error) {
      this.#open--
      this.failed()
      if (error instanceof SessionError && error.reply?.code === 421) this.slow()
      throw error
    }
  }

  /** A message went through: the server is well. Answers whether there may be more connections now. */
  worked(): boolean {
    this.#failures = 0
    this.#drops = 0
    if (this.#limit >= this.#most) return false
    if (this.#slowedAt !== undefined) {
      if (Date.now() - this.#slowedAt < growsEvery) return false
      this.#slowedAt = Date.now()
    }
    this.#limit++
    return true
  }

  closed(): void {
    this.#open--
  }

  /** A connection could not be opened, or broke before it was of use. */
  failed(): void {
    this.#failures++
    this.#notBefore = Date.now() + reconnectAfter(this.#failures)
  }

  /** A new connection ended over its first message: that may be about the message, or its domain. */
  dropped(): void {
    if (++this.#drops > mostDrops) this.failed()
  }

  /** The server says that it has too much of us. */
  slow(): void {
    this.#limit = Math.max(1, Math.floor(Math.min(this.#limit, this.#open || 1) / 2))
    this.#slowedAt = Date.now()
  }
}
