import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SMTPServerOptions } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { certificate } from '../support/certificate.ts'
import { freshDatabase } from '../support/database.ts'
import { startMailServer } from '../support/mail-server.ts'
import { apiOf, commandOn, finished, headerOf, linkIn, type MailServer, mailTo } from './a-newsroom.ts'
import { aPort, type Running, runtimes } from './runtimes.ts'

// The same stories, told to every runtime: each a black box behind its address, with a PostgreSQL and a mail server.

const secret = 'a secret for the stories'
const owner = 'olga@bulletin.example'
const welcome: NonNullable<SMTPServerOptions['onAuth']> = ({ username, password }, _session, done) =>
  password === 'secret' ? done(null, { user: username }) : done(new Error('5.7.8 who are you'))
const results = new Map<string, Record<string, string>>()

afterAll(() => console.table(Object.fromEntries(results)))

describe.each(runtimes)('$name', runtime => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let server: MailServer
  let running: Running
  let api: ReturnType<typeof apiOf>
  let digest: number
  const mail = (address: string, subject: RegExp) => mailTo(server, address, subject)

  /** A story, and how long it took to tell. */
  const story = (name: string, tell: () => Promise<void>) =>
    test(name, async () => {
      const row = results.get(name) ?? {}
      results.set(name, row)
      row[runtime.name] = 'failed'
      const began = performance.now()
      await tell()
      row[runtime.name] = `${Math.round(performance.now() - began)} ms`
    })

  beforeAll(async () => {
    database = await freshDatabase()
    server = await startMailServer({
      server: { ...certificate, disabledCommands: [], authOptional: false, onAuth: welcome },
    })
    const trusted = join(mkdtempSync(join(inject('runFolder'), 'stories-')), 'trusted.pem')
    writeFileSync(trusted, certificate.cert)
    // A name, which the certificate is for, and a password, which demands STARTTLS.
    const smtpUrl = `smtp://news:secret@localhost:${server.port}`
    const variables = { SECRET_KEY: secret, SMTP_URL: smtpUrl, SEND_HOLD: '0' }
    const command = (...args: string[]) => commandOn(database.url, variables, ...args)
    running = await runtime.start({
      databaseUrl: database.url,
      port: await aPort(),
      variables,
      env: { NODE_EXTRA_CA_CERTS: trusted },
    })
    await command('editors', 'invite', owner, '--role', 'owner')
    await command('newsletters', 'add', 'morning', '--name', 'The Morning Brief')
    await command('newsletters', 'add', 'weekend', '--name', 'The Weekend Edition')
    const { key } = await command('keys', 'create', '--name', 'stories', '--role', 'owner')
    api = apiOf(running.url, key)
  })

  afterAll(async () => {
    await running?.stop()
    await database.drop()
  })

  const subscriptionsOf = async (email: string) => {
    const { items } = await api('GET', `/subscribers?email=${encodeURIComponent(email)}`)
    return items[0]?.subscriptions
  }
  const post = (
    url: string,
    fields: string | Record<string, string> = {},
    headers: Record<string, string> = {},
  ) => fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' })

  story('the owner signs in by a mailed link', async () => {
    await post(`${running.url}/admin/sign-in`, { email: owner }, { 'sec-fetch-site': 'same-origin' })
    const link = linkIn(await mail(owner, /sign in/i), '/admin/sign-in/')
    expect((await fetch(link)).headers.get('set-cookie')).toBeNull()
    const entered = await post(link, {}, { 'sec-fetch-site': 'same-origin' })
    expect(entered.status).toBe(303)
    const cookie = entered.headers.get('set-cookie')!.split(';')[0]!
    const workspace = await fetch(`${running.url}/admin`, { headers: { cookie } })
    expect(workspace.url).not.toContain('sign-in')
    const settings = {
      name: 'The Bulletin',
      tagline: '',
      senderName: '',
      replyTo: '',
      senderAddress: 'news@bulletin.example',
      postalAddress: '1 Fleet Street, London',
      language: 'en',
      timeZone: 'Europe/London',
      privacyText: '',
    }
    const saved = await post(`${running.url}/admin/settings`, settings, {
      cookie,
      'sec-fetch-site': 'same-origin',
    })
    expect(saved.status).toBe(303)
  })

  story('a reader signs up, and confirms by the button', async () => {
    const email = 'ana@example.com'
    const asked = await post(`${running.url}/subscribe`, { email, newsletter: 'morning' })
    expect(asked.status).toBe(200)
    const link = linkIn(await mail(email, /./), '/confirm/')
    expect((await fetch(link)).status).toBe(200)
    expect(await subscriptionsOf(email)).toBeUndefined()
    expect((await post(link)).status).toBe(200)
    expect(await subscriptionsOf(email)).toEqual([{ newsletter: 'morning', state: 'active' }])
  })

  story('a digest is composed, previewed and tested', async () => {
    const article = await api('POST', '/articles', {
      title: 'IBM leaves facial recognition',
      standfirst: 'The company tells Congress why.',
      url: 'https://bulletin.example/ibm',
    })
    const made = await api('POST', '/digests', {
      subject: 'IBM leaves',
      newsletters: ['morning'],
      blocks: [{ type: 'article', articleId: article.id }],
    })
    digest = made.id
    expect(await api('GET', `/digests/${digest}/preview?format=text`)).toContain(
      'IBM leaves facial recognition',
    )
    await api('POST', `/digests/${digest}/tests`, { to: owner })
    expect((await mail(owner, /IBM leaves/)).html).toContain('The company tells Congress why.')
  })

  story('readers are imported, and those who can’t be are named', async () => {
    const report = await api('POST', '/subscribers/imports', {
      newsletter: 'morning',
      consent: 'the old system, double opt-in',
      readers: [
        ...Array.from({ length: 1200 }, (_, at) => ({
          email: `reader${at}@example.com`,
          name: `Reader ${at}`,
        })),
        { email: 'no address' },
      ],
    })
    expect(report).toMatchObject({ rows: 1201, added: 1200, refused: [{ row: 1201 }] })
  })

  story('it is sent, to everybody once', async () => {
    await api('POST', `/digests/${digest}/dispatch`)
    const balance = await finished(api, digest)
    expect(balance).toMatchObject({ intended: 1201, sent: 1201, pending: 0 })
    const reached = server.received.filter(mail => mail.source.includes('\r\nX-Broadsheet-Delivery: '))
    expect(reached).toHaveLength(1201)
    expect(new Set(reached.map(mail => mail.to[0])).size).toBe(1201)
    expect(new Set(reached.map(mail => mail.messageId)).size).toBe(1201)
    expect(reached.every(mail => mail.tls)).toBe(true)
  })

  story('a mail client’s one click ends it, a scanner’s look does not', async () => {
    const letter = await mail('ana@example.com', /IBM leaves/)
    expect(headerOf(letter, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    const link = /<(https?:[^>]+)>/.exec(headerOf(letter, 'list-unsubscribe'))![1]!
    expect((await fetch(link)).status).toBe(200)
    expect(await subscriptionsOf('ana@example.com')).toEqual([{ newsletter: 'morning', state: 'active' }])
    for (let time = 0; time < 2; time++)
      expect((await post(link, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200)
    expect(await subscriptionsOf('ana@example.com')).toEqual([{ newsletter: 'morning', state: 'ended' }])
  })

  story('a reader of two newsletters leaves one by the digest’s link, and keeps the other', async () => {
    const email = 'ben@example.com'
    const both = ['morning', 'weekend'].map(slug => `&newsletter=${slug}`).join('')
    await post(`${running.url}/subscribe`, `email=${email}${both}`)
    expect((await post(linkIn(await mail(email, /./), '/confirm/'))).status).toBe(200)
    await post(`${running.url}/preferences`, { email })
    const preferences = linkIn(
      await mail(email, /your newsletters|preferences|subscriptions/i),
      '/preferences/',
    )
    expect(await (await fetch(preferences)).text()).toContain('The Weekend Edition')
    expect(await subscriptionsOf(email)).toHaveLength(2)

    const { items } = await api('GET', '/articles')
    const { id } = await api('POST', '/digests', {
      subject: 'A day later',
      newsletters: ['morning', 'weekend'],
      blocks: [{ type: 'article', articleId: items[0].id }],
    })
    await api('POST', `/digests/${id}/dispatch`)
    expect(await finished(api, id)).toMatchObject({ intended: 1201, sent: 1201 })
    const link = linkIn(await mail(email, /A day later/), '/unsubscribe/')
    const weekend = /name="keep"[^>]*value="(\d+)"[^>]*>[^<]*(?:<[^>]+>)*[^<]*Weekend/.exec(
      await (await fetch(link)).text(),
    )![1]!
    expect((await post(link, { page: '1', keep: weekend })).status).toBe(200)
    expect(await subscriptionsOf(email)).toEqual([
      { newsletter: 'morning', state: 'ended' },
      { newsletter: 'weekend', state: 'active' },
    ])
  })

  story('what is sent next reaches nobody who left', async () => {
    const reached = server.received.filter(taken => taken.source.includes('\r\nSubject: A day later'))
    expect(reached.map(taken => taken.to[0])).not.toContain('ana@example.com')
    expect(new Set(reached.map(taken => taken.to[0])).size).toBe(1201)
    expect(reached).toHaveLength(1201)
  })

  story('the clock brings what nobody asked for', async () => {
    for (const cron of ['* * * * *', '*/5 * * * *', '23 * * * *']) await running.tick(cron)
    expect(running.output()).not.toMatch(/work failed|"level":"error"|"level":50/)
  })
})
