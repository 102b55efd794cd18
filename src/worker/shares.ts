import type { Config } from '../config.ts'

/** Of six sockets that an invocation may have, two go to the database. */
const mostConnections = 4

/**
 * How SMTP_CONNECTIONS are shared out: so many batches at once, each over so many connections. With a SEND_RATE no more
 * batches than can use it, at a message a second on each connection: all of them reserve a moment of it ahead, and a
 * notice waits its turn behind them.
 */
export function sharesOf({ smtpConnections, sendRate }: Pick<Config, 'smtpConnections' | 'sendRate'>): {
  batches: number
  connections: number
} {
  const batches = Math.ceil(smtpConnections / mostConnections)
  return {
    batches: Math.min(batches, Math.ceil((sendRate ?? Number.POSITIVE_INFINITY) / mostConnections)),
    connections: Math.floor(smtpConnections / batches),
  }
}
