import { reconnectAfter } from '../../domain/retry-policy.ts'
import { openSession, SessionError } from '../../mail/smtp/session.ts'
import type { SmtpTimeouts } from '../../mail/smtp/timeouts.ts'
import { Wire } from '../../mail/smtp/wire.ts'

const growsEvery = 5000

/**
 * Opens the connections to one mail server, and decides how many there may be: after failures one at a time, with
 * growing pauses; after a 421 half as many as before, and one more every 5 s that goes well.
 */
export class Gate {
  readonly #url: string
  readonly #most: number
  readonly #timeouts: SmtpTimeouts
  #failures = 0
  #notBefore = 0
  #slowed: { limit: number; since: number } | undefined
  #open = 0

  constructor(url: string, most: number, timeouts: SmtpTimeouts) {
    this.#url = url
    this.#most = most
    this.#timeouts = timeouts
  }

  /** Connections that are open or being opened. */
  get open(): number {
    return this.#open
  }

  /** Milliseconds until another connection may be opened; infinite while there are enough. */
  get wait(): number {
    if (this.#open >= this.#limit()) return Number.POSITIVE_INFINITY
    return Math.max(0, this.#notBefore - Date.now())
  }

  #limit(): number {
    if (this.#failures > 0) return 1
    if (!this.#slowed) return this.#most
    const grown = this.#slowed.limit + Math.floor((Date.now() - this.#slowed.since) / growsEvery)
    if (grown < this.#most) return grown
    this.#slowed = undefined
    return this.#most
  }

  /** Whether one of the open connections should end, since there are too many. */
  get crowded(): boolean {
    return this.#open > this.#limit()
  }

  /** Opens one. Throws `SessionError`, and says what came of it to all who ask later. The caller says `closed`. */
  async connect(signal: AbortSignal): Promise<Wire> {
    this.#open++
    try {
      return new Wire(await openSession(this.#url, signal, this.#timeouts), this.#timeouts)
    } catch (error) {
      this.#open--
      this.failed()
      if (error instanceof SessionError && error.reply?.code === 421) this.slow()
      throw error
    }
  }

  /** A message went through: the server is well. */
  worked(): void {
    this.#failures = 0
  }

  closed(): void {
    this.#open--
  }

  /** A connection could not be opened, or broke before it was of use. */
  failed(): void {
    this.#failures++
    this.#notBefore = Date.now() + reconnectAfter(this.#failures)
  }

  /** The server says that it has too much of us. */
  slow(): void {
    this.#slowed = {
      limit: Math.max(1, Math.floor(Math.min(this.#limit(), this.#open || 1) / 2)),
      since: Date.now(),
    }
  }
}
