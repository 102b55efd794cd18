import { beforeEach, expect, test } from 'vitest'
import { deliverNotices } from '../../src/actions/deliver-notices.ts'
import type { Services } from '../../src/actions/services.ts'
import { parseConfig } from '../../src/config.ts'
import type { Log } from '../../src/log.ts'
import { sesMailer } from '../../src/mail/ses/ses-mailer.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'
import { certificate } from '../support/certificate.ts'
import { freePort } from '../support/server.ts'
import { type Deed, type LocalSes, type SesServerOptions, startSesServer } from '../support/ses-server.ts'
import { askedToConfirm, noticeRow, timePasses } from './outbox.ts'

const app = await openTestApp()

beforeEach(async () => {
  await app.raw`truncate notices, sign_ups, send_rate restart identity`
})

await updatePublication(app.services.db, {
  name: 'The Northern Post',
  senderAddress: 'news@northern-post.example',
})

async function localSes(options: SesServerOptions = {}) {
  const ses = await startSesServer(options)
  atEnd(ses.close)
  return ses
}

const logged: string[] = []
const line = (fields: object, text: string) => void logged.push(JSON.stringify({ ...fields, text }))
const log: Log = { info: line, warn: line, error: line }

/** The same installation, which sends by this SES. */
const through = (ses: LocalSes, env: Record<string, string> = {}): Services => ({
  ...app.services,
  log,
  config: { ...app.services.config, transport: parseConfig({ ...ses.env, ...env }).transport },
})

async function deliver(services: Services, patience?: number) {
  const { transport } = services.config
  if (transport.kind !== 'smtp' || transport.server.by !== 'ses') throw new Error('it is not SES')
  await deliverNotices(services, sesMailer(transport.server, { patience }))
}

test('a confirmation goes by SES, with no tag of a delivery', async () => {
  const ses = await localSes({ configurationSets: ['all'] })
  const services = through(ses)
  const { notice } = await askedToConfirm(services, 'ana@example.com')
  await deliver(services)
  const [taken] = ses.taken
  expect(await noticeRow(app, notice)).toMatchObject({
    state: 'sent',
    attempts: 1,
    reply: `250 2.0.0 ${taken!.messageId}`,
  })
  expect(taken).toMatchObject({
    to: 'ana@example.com',
    feedback: 'news@northern-post.example',
    tags: {},
    configurationSet: 'all',
  })
  expect(taken!.source).toMatch(/^Auto-Submitted: auto-generated\r$/m)
})

const error = (status: number, type: string, message: string): Deed => ({ status, type, message })

test.each<[string, Deed, string]>([
  [
    'not verified',
    error(400, 'MessageRejected', 'Email address is not verified: ana@example.com'),
    '554 MessageRejected',
  ],
  ['paused', error(400, 'SendingPausedException', 'for now'), '554 SendingPaused'],
  ['unknown key', error(403, 'UnrecognizedClientException', 'invalid'), '535 5.7.8'],
  ['quota', error(429, 'TooManyRequestsException', 'Daily message quota exceeded.'), '554 5.4.5'],
  ['too fast', error(429, 'TooManyRequestsException', 'Maximum sending rate exceeded.'), '421 4.7.0'],
  ['failure', error(500, 'InternalFailure', ''), '451 4.3.0'],
  ['a proxy', { status: 403, body: '<html>no</html>' }, '554 the server answered 403'],
  ['a page', { status: 200, body: '<html>hello</html>' }, 'the server answered 200'],
  ['a drop', 'drop', ''],
  ['silence', 'silence', 'the server did not answer in time'],
])('SES’s trouble (%s) is waited for, and then it goes', async (_, deed, reply) => {
  const ses = await localSes({ script: ({ to, before }) => (to && before === 0 ? deed : undefined) })
  const services = through(ses)
  const { notice } = await askedToConfirm(services, 'ana@example.com')
  await deliver(services, 300)
  expect(await noticeRow(app, notice)).toMatchObject({
    state: 'waiting',
    attempts: 1,
    reply: expect.stringContaining(reply),
  })
  await timePasses(app)
  await deliver(services, 5000)
  expect(await noticeRow(app, notice)).toMatchObject({ state: 'sent', attempts: 2 })
  expect(ses.taken.map(one => one.to)).toEqual(['ana@example.com'])
})

test.each<[string, Deed]>([
  ['an illegal address', error(400, 'BadRequestException', 'Illegal address')],
  ['a mailbox that does not exist', error(400, 'MessageRejected', 'The mailbox does not exist')],
])('%s is this reader’s, and nobody is suppressed', async (_, deed) => {
  const ses = await localSes({ script: ({ to }) => (to ? deed : undefined) })
  const services = through(ses)
  const { notice } = await askedToConfirm(services, 'ana@example.com')
  await deliver(services)
  expect(await noticeRow(app, notice)).toMatchObject({ state: 'failed', attempts: 1 })
  expect(await app.raw`select from suppressions`).toHaveLength(0)
})

test('letters beyond ASCII: SES is not asked, and the notice fails with the reason', async () => {
  const ses = await localSes()
  const services = through(ses)
  const { notice } = await askedToConfirm(services, 'jürgen@example.com')
  await deliver(services)
  expect(await noticeRow(app, notice)).toMatchObject({
    state: 'failed',
    reply: expect.stringContaining('SMTPUTF8'),
  })
  expect(ses.asked).toEqual([])
})

test('a server that is away, or is not who it says, gets nothing and is tried again', async () => {
  const ses = await localSes({ tls: certificate })
  for (const services of [
    through(ses),
    through(ses, { SES_ENDPOINT: `http://127.0.0.1:${await freePort()}` }),
  ]) {
    const { notice } = await askedToConfirm(services, 'ana@example.com')
    await deliver(services)
    expect(await noticeRow(app, notice)).toMatchObject({ state: 'waiting', attempts: 1 })
    await app.raw`truncate notices, send_rate`
  }
  expect(ses.asked).toEqual([])
})

test('no log of all this names an address', () => {
  expect(logged.length).toBeGreaterThan(10)
  expect(logged.join('\n')).not.toContain('ana@example.com')
  expect(logged.join('\n')).toContain('Email address is not verified: …@…')
})
