import type { Stage } from '../../domain/delivery.ts'

/**
 * How long a server may stay silent, in milliseconds. `body` is for each block of a message to be accepted, however
 * long all of it takes.
 */
export type SmtpTimeouts = Readonly<Record<'greeting' | Stage, number>>

const minute = 60_000

/** RFC 5321 4.5.3.2. */
export const smtpTimeouts: SmtpTimeouts = {
  greeting: 5 * minute,
  mail: 5 * minute,
  rcpt: 5 * minute,
  data: 2 * minute,
  body: 3 * minute,
  dot: 10 * minute,
}
