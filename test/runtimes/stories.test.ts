import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../support/database.ts'
import { startMailServer } from '../support/mail-server.ts'
import { until } from '../support/until.ts'
import { apiOf, commandOn, headerOf, linkIn, type MailServer, mailTo } from './a-newsroom.ts'
import { aPort, type Running, runtimes } from './runtimes.ts'

// The same stories, told to every runtime: each a black box behind its address, with a PostgreSQL and a mail server.

const secret = 'a secret for the stories'
const owner = 'olga@bulletin.example'
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
    server = await startMailServer()
    const variables = { SECRET_KEY: secret, SMTP_URL: server.url, SEND_HOLD: '0' }
    const command = (...args: string[]) => commandOn(database.url, variables, ...args)
    running = await runtime.start({ databaseUrl: database.url, port: await aPort(), variables })
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
  const post = (url: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' })

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

  story('it is sent, to everybody once', async () => {
    await api('POST', `/digests/${digest}/dispatch`)
    const balance = await until('the dispatch to finish', async () => {
      const now = await api('GET', `/digests/${digest}/balance`)
      return now.state === 'finished' && now
    })
    expect(balance).toMatchObject({ intended: 1, sent: 1, pending: 0 })
    expect(server.received.filter(taken => taken.to.includes('ana@example.com'))).toHaveLength(2)
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
})
