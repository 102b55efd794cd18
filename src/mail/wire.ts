import type { Handed } from '../domain/delivery.ts'
import { type SmtpReply, showReply } from '../domain/smtp-reply.ts'

/** Reverse path and forward path (RFC 5321 4.1.1.2), as they stand between the angle brackets. */
export type Envelope = {
  from: string
  to: string
  /** What a provider is asked to name the message by in its reports: `dispatch.subscriber`. */
  delivery?: string
}
/**
 * A message as DATA wants it, in parts: CRLF, no line that starts with a dot, ended by CRLF; without the final dot.
 * Strings are ASCII.
 */
export type Content = readonly (Uint8Array | string)[]

/** One way to a mail server, on which messages are handed over one after the other. */
export type Wire = {
  /** False once nothing can be sent on it any more. */
  readonly alive: boolean
  /** True once a message went through. */
  readonly worked: boolean
  /** Sends one message and says what came of it. Never throws. One at a time. */
  send(envelope: Envelope, content: Content): Promise<Handed>
  /** Ends at once, whatever it is at: a message under way is dropped where it stands. */
  abort(): void
  /** Ends in order. Only between messages. */
  close(): void
}

/** Opens a wire. Throws `SessionError`; an abort ends the attempt. */
export type OpenWire = (signal: AbortSignal) => Promise<Wire>

/** Why no session came about. With a reply it was the server's word, else the network's or the certificate's. */
export class SessionError extends Error {
  override name = 'SessionError'
  constructor(
    readonly stage: 'connect' | 'tls' | 'auth',
    readonly reply: SmtpReply | undefined,
    options: { cause: Error },
  ) {
    super(reply ? showReply(reply) : options.cause.message, options)
  }
}
