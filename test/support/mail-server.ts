import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { atEnd } from './at-end.ts'

type ReceivedMail = { from: string; to: string[]; source: string; messageId: string; tls: boolean }

type Moment = 'mail' | 'rcpt' | 'data'
type Options = {
  port?: number
  /** What to say instead of yes: a reply such as `451 4.3.0 later`. Asked at each moment of each message. */
  say?(moment: Moment, address: string): string | undefined
  /** Over smtp-server's own. */
  server?: SMTPServerOptions
}

/** A mail server on loopback that remembers what it took. Closed after the test file. */
export async function startMailServer({ port = 0, say = () => undefined, server: more }: Options = {}) {
  const received: ReceivedMail[] = []
  const answer = (moment: Moment, address: string, done: (error?: Error | null) => void) => {
    const reply = say(moment, address)
    if (reply === undefined) return done()
    done(Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) }))
  }
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    onMailFrom: ({ address }, _session, done) => answer('mail', address, done),
    onRcptTo: ({ address }, _session, done) => answer('rcpt', address, done),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', chunk => chunks.push(chunk))
      stream.on('end', () => {
        const source = Buffer.concat(chunks).toString()
        const { mailFrom, rcptTo } = session.envelope
        const to = rcptTo.map(recipient => recipient.address)
        answer('data', to[0]!, error => {
          if (!error)
            received.push({
              from: mailFrom ? mailFrom.address : '',
              to,
              source,
              messageId: /^Message-ID: (.+)$/im.exec(source)?.[1] ?? '',
              tls: session.secure,
            })
          done(error)
        })
      })
    },
    ...more,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const at = server.server.address() as AddressInfo
  const close = () => new Promise<void>(resolve => server.close(() => resolve()))
  atEnd(close)
  return { url: `smtp://127.0.0.1:${at.port}`, port: at.port, received, close }
}
