import { startMailbox } from '../../src/actions/start-mailbox.ts'
import { smtpMailer } from '../../src/mail/smtp-mailer.ts'
import type { TestApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'

/** The mailbox of a test, and a way to send to it over its socket. Closed after the test file. */
export async function openMailbox({ services }: TestApp) {
  const server = await startMailbox({ db: services.db })
  const mailer = smtpMailer(server.url, { connections: 10 })
  atEnd(async () => {
    mailer.close()
    await server.close()
  })
  return {
    url: server.url,
    /** `source` with LF or CRLF. */
    send: (to: string, source: string) =>
      mailer.send({
        from: 'news@example.com',
        to,
        content: new TextEncoder().encode(source.replace(/\r?\n/g, '\r\n')),
      }),
  }
}

export const mail = (headers: Record<string, string>, body: string) =>
  `${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')}\n\n${body}\n`
