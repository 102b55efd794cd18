import type { SesServer } from '../../config/transport.ts'
import type { Handed } from '../../domain/delivery.ts'
import { type Content, type Envelope, type OpenWire, SessionError, type Wire } from '../wire.ts'
import { Brake } from './brake.ts'
import { type SesOptions, sesClient } from './client.ts'
import { handedBy } from './replies.ts'

/**
 * Opens wires to Amazon SES. There is nothing to open: requests stand for themselves, and a wire is the right to have one
 * under way. Where the server's certificate was not trusted the next wire fails as an SMTP session would; where it had too
 * much of us, the next one waits.
 */
export function sesWires(server: SesServer, options: SesOptions = {}): OpenWire {
  const post = sesClient(server, options)
  const brake = new Brake()
  let untrusted: Error | undefined

  const send = async (envelope: Envelope, content: Content, signal: AbortSignal): Promise<Handed> => {
    const begun = performance.now()
    const posted = await post(envelope, content, signal)
    if (posted.kind === 'unsent' && posted.untrusted) untrusted = posted.cause
    const handed = handedBy(posted)
    if (isSent(handed)) brake.worked(begun)
    if (isSlow(handed)) brake.slow(begun)
    return handed
  }

  return async signal => {
    try {
      await brake.wait(signal)
    } catch (error) {
      throw new SessionError('connect', undefined, { cause: error as Error })
    }
    const cause = untrusted
    untrusted = undefined
    if (cause) throw new SessionError('tls', undefined, { cause })
    return new SesWire(send)
  }
}

type Send = (envelope: Envelope, content: Content, signal: AbortSignal) => Promise<Handed>

class SesWire implements Wire {
  readonly #send: Send
  readonly #end = new AbortController()
  #ended: string | undefined
  #worked = false

  constructor(send: Send) {
    this.#send = send
  }

  get alive(): boolean {
    return this.#ended === undefined
  }

  get worked(): boolean {
    return this.#worked
  }

  async send(envelope: Envelope, content: Content): Promise<Handed> {
    if (this.#ended !== undefined) return { kind: 'dropped', stage: 'mail', why: this.#ended }
    const handed = await this.#send(envelope, content, this.#end.signal)
    if (isSent(handed)) this.#worked = true
    if (isSlow(handed)) this.#ended ??= 'the server had too much of us'
    if (handed.kind === 'dropped') this.#ended ??= handed.why
    return handed
  }

  abort(): void {
    this.#ended ??= 'the sender had to end'
    this.#end.abort(new Error(this.#ended))
  }

  close(): void {
    this.#ended ??= 'closed'
  }
}

const isSent = (handed: Handed) => handed.kind === 'reply' && handed.reply.code === 250
const isSlow = (handed: Handed) => handed.kind === 'reply' && handed.reply.code === 421
