import { createConnection } from 'node:net'
import { beforeEach, expect, test } from 'vitest'
import { startMailbox } from '../../src/actions/start-mailbox.ts'
import { openTestApp } from '../support/app.ts'
import { mail, openMailbox } from './caught.ts'

const app = await openTestApp()
const { raw, services } = app
const mailbox = await openMailbox(app)

beforeEach(async () => {
  await raw`truncate mailbox_messages restart identity`
})

test('what is sent to it is kept, octet by octet, before the sender hears 250', async () => {
  const source = mail({ From: 'Ön <o@example.com>', Subject: 'Hi', 'Message-ID': '<1@x>' }, '.a dot\n\nöäü')
  expect(await mailbox.send('ana@example.com', source)).toMatchObject({ kind: 'accepted' })
  const [row] = await raw`select * from mailbox_messages`
  expect(Buffer.from(row!.source).toString()).toBe(source.replaceAll('\n', '\r\n'))
  expect(row).toMatchObject({
    envelope_from: 'news@example.com',
    envelope_to: ['ana@example.com'],
    subject: 'Hi',
    from_line: 'Ön <o@example.com>',
    message_id: '<1@x>',
  })
})

test('an address beyond ASCII, an encoded subject, a message without headers: all are kept', async () => {
  await mailbox.send('jörg@xn--bcher-kva.example', mail({ Subject: '=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=' }, 'x'))
  await mailbox.send('ben@example.com', '\n\n')
  const rows = await raw`select envelope_to, subject from mailbox_messages order by id`
  expect(rows.map(row => [row.envelope_to[0], row.subject])).toEqual([
    ['jörg@xn--bcher-kva.example', 'Grüße'],
    ['ben@example.com', ''],
  ])
})

test.each(['=?UTF-8?Q?a=00b?=', 'a\0b'])(
  'NUL in a header is no reason to refuse a message: %j',
  async text => {
    const source = mail({ Subject: text, From: `${text} <a@example.com>`, 'Message-ID': `<${text}@x>` }, 'x')
    expect(await mailbox.send('ana@example.com', source)).toMatchObject({ kind: 'accepted' })
    expect((await raw`select subject from mailbox_messages`)[0]!.subject).toBe('ab')
  },
)

test('a digest to hundreds comes in over many connections, each message once', async () => {
  const readers = Array.from({ length: 300 }, (_, index) => `reader${index}@example.com`)
  const html = `<p>${'A line of the digest. '.repeat(400)}</p>`
  const sent = await Promise.all(
    readers.map(reader => mailbox.send(reader, mail({ To: reader, Subject: 'Digest' }, html))),
  )
  expect(sent.every(one => one.kind === 'accepted')).toBe(true)
  const rows = await raw`select envelope_to[1] as reader from mailbox_messages`
  expect(rows.map(row => row.reader).sort()).toEqual([...readers].sort())
})

test('the oldest make room for the newest', async () => {
  await raw`insert into mailbox_messages (envelope_from, envelope_to, subject, from_line, to_line, message_id, source)
    select '', '{}', 'filler ' || n, '', '', '', '' from generate_series(1, 5000) as n`
  await mailbox.send('ana@example.com', mail({ Subject: 'newest' }, 'x'))
  const [kept] = await raw`select count(*)::int, min(id)::int as oldest from mailbox_messages`
  expect(kept).toEqual({ count: 5000, oldest: 2 })
})

test('while the database is away the sender is asked to come again', async () => {
  await raw`alter table mailbox_messages rename to elsewhere`
  try {
    expect(await mailbox.send('ana@example.com', mail({ Subject: 'x' }, 'x'))).toMatchObject({
      kind: 'refused',
      reply: expect.stringMatching(/^451 4\.3\.0/),
    })
  } finally {
    await raw`alter table elsewhere rename to mailbox_messages`
  }
  expect(await mailbox.send('ana@example.com', mail({ Subject: 'x' }, 'x'))).toMatchObject({
    kind: 'accepted',
  })
})

test('it listens on this machine alone, and closes', async () => {
  const own = await startMailbox({ db: services.db })
  expect(own.url).toMatch(/^smtp:\/\/127\.0\.0\.1:\d+$/)
  await own.close()
  const refused = await new Promise(resolve => {
    const socket = createConnection(Number(new URL(own.url).port), '127.0.0.1')
    socket.on('connect', () => resolve('connected'))
    socket.on('error', error => resolve((error as NodeJS.ErrnoException).code))
  })
  expect(refused).toBe('ECONNREFUSED')
})
