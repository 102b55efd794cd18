import { beforeEach, expect, test } from 'vitest'
import { decideSignUps } from '../../src/actions/decide-sign-ups.ts'
import { deliverNotices } from '../../src/actions/deliver-notices.ts'
import type { Services } from '../../src/actions/services.ts'
import type { Config } from '../../src/config.ts'
import { startLoop } from '../../src/domain/loop.ts'
import { smtpMailer } from '../../src/mail/smtp-mailer.ts'
import { openDatabase } from '../../src/store/client.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { createApp } from '../../src/web/app.ts'
import { openTestApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'
import { startMailServer } from '../support/mail-server.ts'
import { startMisbehavingServer } from '../support/misbehaving-smtp.ts'
import { freePort } from '../support/server.ts'
import { until } from '../support/until.ts'
import { askedToConfirm, noticeRow, timePasses } from './outbox.ts'

const app = await openTestApp()

beforeEach(async () => {
  await app.raw`truncate notices, sign_ups, send_rate restart identity`
})

/** The same installation, with this mail server. */
const through = (url: string, more: Partial<Config> = {}): Services => ({
  ...app.services,
  config: {
    ...app.services.config,
    transport: { kind: 'smtp', server: { by: 'smtp', url }, host: 'localhost', local: true },
    ...more,
  },
})

const mailerFor = (url: string) => {
  const mailer = smtpMailer(url, { connections: 4 })
  atEnd(() => mailer.close())
  return mailer
}

test('a confirmation is handed over with its Message-ID, and its 72 hours begin', async () => {
  const server = await startMailServer()
  const services = through(server.url)
  await updatePublication(services.db, {
    name: 'The Northern Post',
    senderAddress: 'news@northern-post.example',
    replyTo: 'desk@northern-post.example',
  })
  const { notice, signUp } = await askedToConfirm(services, 'ana@example.com')
  await deliverNotices(services, mailerFor(server.url))
  const row = await noticeRow(app, notice)
  expect(row).toMatchObject({ state: 'sent', attempts: 1, leased_until: null, holder: null })
  const [mail] = server.received
  expect(mail).toMatchObject({
    from: 'news@northern-post.example',
    to: ['ana@example.com'],
    messageId: row.message_id,
  })
  expect(mail!.source).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  expect(mail!.source).toMatch(/^From: "?The Northern Post"? <news@northern-post\.example>\r$/m)
  expect(mail!.source).toMatch(/^Reply-To: desk@northern-post\.example\r$/m)
  const [asked] =
    await app.raw`select asked_at > now() - interval '1 minute' as now from sign_ups where id = ${signUp}`
  expect(asked).toEqual({ now: true })
})

test('a sign-up while the server is down gets the same page, and its mail by itself later', async () => {
  const port = await freePort()
  const services = through(`smtp://127.0.0.1:${port}`)
  await addNewsletter(services.db, { slug: 'weekend', name: 'The Weekend' })
  const page = await createApp(() => services).request('/subscribe', {
    method: 'POST',
    body: new URLSearchParams({ email: 'ben@example.com', newsletter: 'weekend' }),
  })
  expect(page.status).toBe(200)
  await decideSignUps(services)
  const mailer = mailerFor(`smtp://127.0.0.1:${port}`)
  const loop = startLoop(
    signal => deliverNotices(services, mailer, signal),
    () => {},
  )
  const row = async () => (await app.raw`select id, reply, state, holder from notices`)[0]
  await until('the first attempt', async () => (await row())?.reply)
  expect(await row()).toMatchObject({ state: 'waiting', holder: null })
  expect(await app.raw`select asked_at from sign_ups`).toEqual([{ asked_at: null }])
  const server = await startMailServer({ port })
  await until('the mail', () => server.received.length)
  await loop.stop()
  expect(server.received).toMatchObject([{ to: ['ben@example.com'] }])
  expect(await app.raw`select asked_at is not null as asked from sign_ups`).toEqual([{ asked: true }])
})

test.for([
  ['421 4.3.2 closing', 'mail'],
  ['451 4.7.1 greylisted', 'rcpt'],
  ['452 4.2.2 the mailbox is full', 'data'],
  ['552 5.2.2 the mailbox is full', 'rcpt'],
  ['554 5.7.1 we do not like you', 'data'],
] as const)('after "%s" it is tried again, with the same Message-ID', async ([reply, at]) => {
  let open = false
  const seen: string[] = []
  const server = await startMailServer({
    say: moment => {
      seen.push(moment)
      return open || moment !== at ? undefined : reply
    },
  })
  const services = through(server.url)
  const { notice } = await askedToConfirm(services, 'cleo@example.com')
  const mailer = mailerFor(server.url)
  await deliverNotices(services, mailer)
  const before = await noticeRow(app, notice)
  expect(before).toMatchObject({ state: 'waiting', reply, attempts: 1 })
  const [due] = await app.raw`select due_at > now() as later from notices`
  expect(due).toEqual({ later: true })
  const asked = seen.length
  await deliverNotices(services, mailer)
  expect(seen).toHaveLength(asked)
  open = true
  await timePasses(app)
  await deliverNotices(services, mailer)
  expect(server.received.map(mail => mail.messageId)).toEqual([before.message_id])
  expect(await noticeRow(app, notice)).toMatchObject({ state: 'sent', attempts: 2 })
})

test.for([
  ['550 5.1.1 nobody here', 'rcpt'],
  ['550 no such user', 'rcpt'],
  ['552 5.3.4 too big', 'data'],
] as const)('"%s" closes it, and suppresses nobody', async ([reply, at]) => {
  const server = await startMailServer({ say: moment => (moment === at ? reply : undefined) })
  const services = through(server.url)
  const { notice } = await askedToConfirm(services, 'dora@example.com')
  await deliverNotices(services, mailerFor(server.url))
  expect(await noticeRow(app, notice)).toMatchObject({ state: 'failed', reply, attempts: 1 })
  expect(await app.raw`select from suppressions`).toHaveLength(0)
})

test('a reply that no database takes is a reply: what was taken is not sent again', async () => {
  const server = await startMisbehavingServer(({ moment }) =>
    moment === 'body' ? '250 2.0.0 ta\0ken' : undefined,
  )
  const services = through(server.url)
  const { notice } = await askedToConfirm(services, 'nul@example.com')
  const mailer = mailerFor(server.url)
  await deliverNotices(services, mailer)
  await timePasses(app)
  await deliverNotices(services, mailer)
  expect(await noticeRow(app, notice)).toMatchObject({
    state: 'sent',
    attempts: 1,
    reply: '250 2.0.0 ta ken',
  })
  expect(server.accepted).toHaveLength(1)
})

test('a server that refuses the session is left alone, by every notice', async () => {
  const seen: string[] = []
  const server = await startMailServer({
    say: moment => {
      seen.push(moment)
      return moment === 'mail' ? '530 5.7.0 sign in first' : undefined
    },
  })
  const services = through(server.url)
  const mailer = mailerFor(server.url)
  const { notice } = await askedToConfirm(services, 'emil@example.com')
  await deliverNotices(services, mailer)
  expect(await noticeRow(app, notice)).toMatchObject({ state: 'waiting', attempts: 1 })
  const later = await askedToConfirm(services, 'fay@example.com')
  const asked = seen.length
  await deliverNotices(services, mailer)
  expect(seen).toHaveLength(asked)
  expect(await noticeRow(app, later.notice)).toMatchObject({ state: 'waiting', attempts: 0 })
})

test('two processes deliver each notice once', async () => {
  const server = await startMailServer()
  const services = through(server.url)
  const { db, close } = openDatabase(app.databaseUrl, { connections: 5 })
  atEnd(close)
  const people = Array.from({ length: 24 }, (_, index) => `reader${index}@example.com`)
  for (const person of people) await askedToConfirm(services, person)
  await Promise.all([
    deliverNotices(services, mailerFor(server.url)),
    deliverNotices({ ...services, db }, mailerFor(server.url)),
  ])
  expect(server.received.flatMap(mail => mail.to).sort()).toEqual(people.sort())
  const [attempts] = await app.raw`select max(attempts) as most from notices where state = 'sent'`
  expect(attempts).toEqual({ most: 1 })
})

test('what a crashed process held comes free when its lease ends, not before', async () => {
  const server = await startMailServer()
  const services = through(server.url)
  const { notice } = await askedToConfirm(services, 'gil@example.com')
  await app.raw`
    update notices set leased_until = now() + interval '20 seconds', attempts = 1,
      holder = '00000000-0000-4000-8000-000000000000'`
  const mailer = mailerFor(server.url)
  await deliverNotices(services, mailer)
  expect(server.received).toHaveLength(0)
  await app.raw`update notices set leased_until = now() - interval '1 second'`
  await deliverNotices(services, mailer)
  expect(await noticeRow(app, notice)).toMatchObject({ state: 'sent', attempts: 2 })
})

test('a notice that nobody waits for any more is closed without a mail', async () => {
  const server = await startMailServer()
  const services = through(server.url)
  const confirmed = await askedToConfirm(services, 'hal@example.com')
  const purged = await askedToConfirm(services, 'ida@example.com')
  await app.raw`update sign_ups set state = 'confirmed', confirmed_at = now() where id = ${confirmed.signUp}`
  await app.raw`delete from sign_ups where id = ${purged.signUp}`
  await deliverNotices(services, mailerFor(server.url))
  for (const { notice } of [confirmed, purged])
    expect(await noticeRow(app, notice)).toMatchObject({ state: 'failed', reply: 'obsolete' })
  expect(server.received).toHaveLength(0)
})

test('what could not be delivered in its time is given up', async () => {
  const server = await startMailServer()
  const services = through(server.url)
  const { notice } = await askedToConfirm(services, 'jo@example.com')
  await app.raw`update notices set deliver_until = now() - interval '1 second'`
  await deliverNotices(services, mailerFor(server.url))
  expect(await noticeRow(app, notice)).toMatchObject({ state: 'failed', reply: 'too late' })
  expect(server.received).toHaveLength(0)
})

test('a notice for the mailbox never leaves by SMTP', async () => {
  const server = await startMailServer()
  const { notice } = await askedToConfirm(app.services, 'kim@example.com')
  await deliverNotices(through(server.url), mailerFor(server.url))
  expect(await noticeRow(app, notice)).toMatchObject({ state: 'waiting', attempts: 0 })
})

test('a copy of the database under another address sends nothing', async () => {
  const server = await startMailServer()
  const services = through(server.url)
  const { notice } = await askedToConfirm(services, 'lu@example.com')
  await updatePublication(services.db, { home: 'https://news.example' })
  await deliverNotices(services, mailerFor(server.url))
  await updatePublication(services.db, { home: null })
  expect(await noticeRow(app, notice)).toMatchObject({ state: 'waiting', attempts: 0 })
})

test('asked to end, it finishes what is under way and begins nothing', async () => {
  const stopping = new AbortController()
  const server = await startMailServer({
    say: moment => {
      if (moment === 'data') stopping.abort()
      return undefined
    },
  })
  const services = through(server.url)
  for (let index = 0; index < 12; index++) await askedToConfirm(services, `r${index}@example.com`)
  await deliverNotices(services, mailerFor(server.url), stopping.signal)
  const rows = await app.raw`select state, holder, count(*)::int from notices group by 1, 2`
  const sent = rows.find(row => row.state === 'sent')!
  expect(sent.count).toBe(server.received.length)
  expect(sent.count).toBeLessThanOrEqual(4)
  expect(rows.find(row => row.state === 'waiting')).toMatchObject({ holder: null, count: 12 - sent.count })
})

test('notices keep to SEND_RATE', async () => {
  const server = await startMailServer()
  const services = through(server.url, { sendRate: 4 })
  for (let index = 0; index < 5; index++) await askedToConfirm(services, `r${index}@example.com`)
  await deliverNotices(services, mailerFor(server.url))
  const [span] = await app.raw`
    select extract(epoch from max(sent_at) - min(sent_at))::float as seconds from notices`
  // The first at once, then one every 250 ms.
  expect(span!.seconds).toBeGreaterThan(0.75)
})
