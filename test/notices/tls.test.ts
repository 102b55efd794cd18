import { createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { smtpMailer } from '../../src/mail/smtp-mailer.ts'
import { smtpOptions } from '../../src/mail/smtp-options.ts'
import { atEnd } from '../support/at-end.ts'
import { startMailServer } from '../support/mail-server.ts'

const parcel = {
  from: 'news@example.com',
  to: 'ana@example.com',
  content: new TextEncoder().encode('Subject: secret\r\n\r\nhello\r\n'),
}

const hand = async (url: string) => {
  const mailer = smtpMailer(url, { connections: 1 })
  atEnd(() => mailer.close())
  return mailer.send(parcel)
}

/** A server that writes down all that it hears, and offers what it is told to. */
async function wiretap(extensions: string[]) {
  const heard: Buffer[] = []
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.write('220 tap ESMTP\r\n')
    socket.on('error', () => {})
    socket.on('data', chunk => {
      heard.push(chunk)
      for (const line of chunk.toString('latin1').split('\r\n').filter(Boolean))
        socket.write(/^EHLO/.test(line) ? ehlo : /^QUIT/.test(line) ? '221 bye\r\n' : '250 ok\r\n')
    })
  })
  const lines = ['tap', ...extensions]
  const ehlo = lines.map((line, index) => `250${index === lines.length - 1 ? ' ' : '-'}${line}\r\n`).join('')
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  atEnd(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as { port: number }
  return { port, heard: () => Buffer.concat(heard).toString('latin1') }
}

test('a password is never said where the server offers no TLS, nor is any mail', async () => {
  const tap = await wiretap(['AUTH PLAIN LOGIN', 'PIPELINING'])
  const outcome = await hand(`smtp://user:hunter2secret@127.0.0.1:${tap.port}`)
  expect(outcome.kind).not.toBe('accepted')
  expect(tap.heard()).toMatch(/^EHLO .*\r\nSTARTTLS\r\n/)
  expect(tap.heard()).not.toMatch(/AUTH|MAIL|RCPT|DATA|hunter2secret|secret/)
})

test('?ignoreTLS=true does not lift that while there is a password', async () => {
  const tap = await wiretap(['AUTH PLAIN LOGIN'])
  const outcome = await hand(`smtp://user:hunter2secret@127.0.0.1:${tap.port}?ignoreTLS=true`)
  expect(outcome.kind).not.toBe('accepted')
  expect(tap.heard()).not.toMatch(/AUTH|MAIL|hunter2secret/)
})

test('a certificate that does not verify ends it, whatever the URL says', async () => {
  const signIns: string[] = []
  const server = await startMailServer({
    server: {
      disabledCommands: [],
      onAuth: (auth, _session, done) => {
        signIns.push(auth.method)
        done(null, { user: 'user' })
      },
    },
  })
  for (const query of ['', '?tls.rejectUnauthorized=false', '?opportunisticTLS=true']) {
    const outcome = await hand(`smtp://user:hunter2secret@127.0.0.1:${server.port}${query}`)
    expect(outcome).toMatchObject({ kind: 'unreachable' })
    expect(outcome.reply).toMatch(/self-signed|certificate/i)
  }
  expect(signIns).toEqual([])
  expect(server.received).toEqual([])
})

test('without a password, a server on this machine needs no TLS', async () => {
  const server = await startMailServer()
  expect(await hand(server.url)).toMatchObject({ kind: 'accepted' })
  expect(server.received).toMatchObject([{ tls: false }])
})

test.for([
  ['smtp://mail.example.com', true],
  ['smtp://mail.example.com?ignoreTLS=true', false],
  ['smtp://u:p@mail.example.com?ignoreTLS=true', true],
  ['smtp://u:p@localhost', true],
  ['smtp://localhost:25', false],
  ['smtp://[::1]:25', false],
  ['smtp://127.0.0.1:25?requireTLS=true', true],
] as const)('%s demands TLS: %s', ([url, demanded]) => {
  expect(smtpOptions(url)).toMatchObject({
    requireTLS: demanded,
    ignoreTLS: !demanded,
    tls: { rejectUnauthorized: true },
  })
})

test('smtps: is TLS from the first octet, verified', () => {
  expect(smtpOptions('smtps://mail.example.com')).toMatchObject({
    secure: true,
    tls: { rejectUnauthorized: true },
  })
})
