import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { wireAddress } from '../domain/email-address.ts'
import { type MessageLines, readLines } from './read-message.ts'

type Caught = MessageLines & { envelopeFrom: string; envelopeTo: string[]; source: Uint8Array }

export type MailboxServer = { url: string; close(): Promise<void> }

type Options = {
  /** Keeps messages for good; a sender hears 250 after that, and 451 where it throws. */
  keep(caught: Caught[]): Promise<void>
  /** Absent: any free one. */
  port?: number
}

const largest = 25 * 1024 * 1024

/** An SMTP server on this machine alone, which takes every message for everyone and passes none on. */
export async function startMailboxServer({ keep, port = 0 }: Options): Promise<MailboxServer> {
  const add = inBatches(keep)
  const server = new SMTPServer({
    name: 'mailbox.localhost',
    size: largest,
    rejectOversized: true,
    // Without AUTH and STARTTLS: nothing leaves the loopback interface.
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', chunk => {
        if (!stream.sizeExceeded) chunks.push(chunk)
      })
      stream.on('error', done)
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const source = Buffer.concat(chunks)
        readLines(source)
          .then(lines =>
            add({
              ...lines,
              envelopeFrom: mailFrom ? wireAddress(mailFrom.address) : '',
              envelopeTo: rcptTo.map(recipient => wireAddress(recipient.address)),
              source,
            }),
          )
          .then(
            () => done(null, '2.0.0 kept in the mailbox'),
            () =>
              done(Object.assign(new Error('4.3.0 the mailbox can’t keep it now'), { responseCode: 451 })),
          )
      })
    },
  })
  // A client that hangs up is no matter of ours.
  server.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    close: () => new Promise(resolve => server.close(resolve)),
  }
}

/** Gathers what comes in while `keep` is at work, and keeps that together: one commit for many connections. */
function inBatches(keep: Options['keep']): (message: Caught) => Promise<void> {
  type Waiting = { message: Caught; kept(): void; failed(error: unknown): void }
  const waiting: Waiting[] = []
  let working = false
  const work = async () => {
    working = true
    while (waiting.length) {
      const batch = waiting.splice(0, 200)
      try {
        await keep(batch.map(one => one.message))
        for (const one of batch) one.kept()
      } catch (error) {
        for (const one of batch) one.failed(error)
      }
    }
    working = false
  }
  return message =>
    new Promise((kept, failed) => {
      waiting.push({ message, kept, failed })
      if (!working) void work()
    })
}
