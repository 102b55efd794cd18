import { createTransport } from 'nodemailer'
import type { Handover, Mailer, Parcel } from './mailer.ts'
import type { Dial, Dialled } from './smtp/dial.ts'
import { smtpOptions } from './smtp-options.ts'

type Options = {
  /** At most this many at once; opened as they are needed. */
  connections: number
  /** Milliseconds after which an unused connection is closed. */
  idle?: number
  /** Opens the sockets; absent: Nodemailer does. */
  dial?: Dial
}

/** As RFC 5321 4.5.3.2 asks of a client: 5 minutes for the greeting, 10 for any reply. */
const patience = { connectionTimeout: 330_000, greetingTimeout: 300_000, socketTimeout: 600_000 }

/** The mailer of an SMTP server, by its URL (see `smtpOptions` for when TLS is demanded). */
export function smtpMailer(url: string, { connections, idle = 15_000, dial }: Options): Mailer {
  const options = smtpOptions(url)
  const transport = createTransport({
    ...options,
    ...(dial && {
      getSocket: (_: unknown, done: (error: Error | null, dialled?: Dialled) => void) =>
        void dial(options).then(dialled => done(null, dialled), done),
    }),
    ...patience,
    pool: true,
    maxConnections: connections,
    // One: a pooled connection that the server had closed meanwhile is replaced without counting as a failure.
    maxRequeues: 1,
    idleTimeout: idle,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ from, to, content }: Parcel, signal) {
      try {
        const raw = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
        const { response } = await transport.sendMail({
          envelope: { from, to },
          raw,
          ...(signal && { signal }),
        })
        return { kind: 'accepted', reply: response }
      } catch (error) {
        return handoverOf(error as SmtpError)
      }
    },
    close: () => transport.close(),
  }
}

type SmtpError = Error & { code?: string; command?: string; response?: string; responseCode?: number }

const aboutTheMessage = /^(RCPT TO|DATA|API)/

/** Nodemailer names the command that failed; where the server gave a reply, that is what counts. */
function handoverOf(error: SmtpError): Handover {
  if (!error.response) return { kind: 'unreachable', reply: `${error.code ?? error.name}: ${error.message}` }
  const by = aboutTheMessage.test(error.command ?? '') ? 'message' : 'session'
  return { kind: 'refused', by, reply: error.response }
}
