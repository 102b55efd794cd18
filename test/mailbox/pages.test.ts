import { beforeEach, expect, test } from 'vitest'
import { openTestApp } from '../support/app.ts'
import { mail, openMailbox } from './caught.ts'

const app = await openTestApp()
const { raw, request, post } = app
const mailbox = await openMailbox(app)

beforeEach(async () => {
  await raw`truncate mailbox_messages restart identity`
})

const page = async (path: string, headers: Record<string, string> = {}) => {
  const response = await request(path, { headers })
  return { status: response.status, headers: response.headers, text: await response.text() }
}
const json = async (path: string) => JSON.parse((await page(path)).text)

test('the list says that nothing leaves this machine, and shows the newest first', async () => {
  expect((await page('/mailbox')).text).toContain('Nothing leaves this machine.')
  await mailbox.send('ana@example.com', mail({ Subject: 'First' }, 'x'))
  await mailbox.send('ben@example.com', mail({ Subject: 'Second <b>' }, 'x'))
  const { text, status } = await page('/mailbox')
  expect(status).toBe(200)
  expect(text.indexOf('Second &lt;b&gt;')).toBeLessThan(text.indexOf('First'))
  expect((await page('/mailbox', { 'accept-language': 'de' })).text).toContain(
    'Nichts verlässt diesen Rechner.',
  )
})

test('it finds by a part of the subject or of a recipient, and takes % as typed', async () => {
  await mailbox.send('ana@example.com', mail({ Subject: 'Confirm' }, 'x'))
  await mailbox.send('ben@example.com', mail({ Subject: '100 % true' }, 'x'))
  const found = async (q: string) =>
    [...(await page(`/mailbox?q=${encodeURIComponent(q)}`)).text.matchAll(/href="\/mailbox\/(\d+)"/g)].map(
      match => Number(match[1]),
    )
  expect(await found('ANA@')).toEqual([1])
  expect(await found('confirm')).toEqual([1])
  expect(await found('%')).toEqual([2])
  expect(await found('nobody')).toEqual([])
})

test('older mails are a page further', async () => {
  await raw`insert into mailbox_messages (envelope_from, envelope_to, subject, from_line, to_line, message_id, source)
    select '', '{}', 'subject ' || n, '', '', '', '' from generate_series(1, 60) as n`
  const first = await page('/mailbox')
  expect(first.text).toContain('subject 60<')
  expect(first.text).not.toContain('subject 10<')
  const older = /href="(\/mailbox\?before=\d+)"/.exec(first.text)![1]!
  const second = await page(older)
  expect(second.text).toContain('subject 10<')
  expect(second.text).not.toContain('subject 11<')
})

const letter = mail(
  {
    From: 'The Post <news@example.com>',
    To: 'ana@example.com',
    Subject: 'Hello',
    'X-Strange': '<script>alert(1)</script>',
    'MIME-Version': '1.0',
    'Content-Type': 'multipart/related; boundary=b',
  },
  `--b
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/plain; charset=utf-8

Plain <script>alert(2)</script>
--c
Content-Type: text/html; charset=utf-8

<html><head><title>x</title></head><body><p>Rich</p><img src="cid:dot@x"><a href="https://example.com/">go</a></body></html>
--c--
--b
Content-Type: image/gif
Content-ID: <dot@x>
Content-Transfer-Encoding: base64

R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7
--b--`,
)

test('one mail can be looked at as HTML, text, source and headers', async () => {
  await mailbox.send('ana@example.com', letter)
  const html = await page('/mailbox/1')
  expect(html.text).toContain('src="/mailbox/1/html"')
  expect(html.text).not.toContain('<p>Rich</p>')
  expect((await page('/mailbox/1?view=text')).text).toContain('Plain &lt;script&gt;alert(2)')
  expect((await page('/mailbox/1?view=source')).text).toContain('Content-ID: &lt;dot@x&gt;')
  expect((await page('/mailbox/1?view=headers')).text).toContain('&lt;script&gt;alert(1)')
  expect((await page('/mailbox/2')).status).toBe(404)
})

test('the mail itself has an address and a policy of its own', async () => {
  await mailbox.send('ana@example.com', letter)
  const { text, headers } = await page('/mailbox/1/html')
  expect(text).toContain('<p>Rich</p>')
  expect(text).toContain('<head><base target="_blank">')
  expect(text).toContain('src="data:image/gif;base64,R0lGOD')
  const policy = headers.get('content-security-policy')!
  expect(policy).toMatch(/^sandbox [^;]*; default-src 'none';/)
  expect(policy).not.toMatch(/allow-scripts|allow-same-origin|script-src/)
})

test('clearing asks first, and another site can not do it', async () => {
  await mailbox.send('ana@example.com', letter)
  expect((await page('/mailbox/clear')).text).toContain('Delete one mail')
  expect((await post('/mailbox/clear', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await json('/api/v1/mailbox/messages')).items).toHaveLength(1)
  const cleared = await post('/mailbox/clear', {})
  expect([cleared.status, cleared.headers.get('location')]).toEqual([303, '/mailbox'])
  expect((await json('/api/v1/mailbox/messages')).items).toEqual([])
})

test('programs read what came after the last id they saw, for one recipient or all', async () => {
  for (const name of ['ana', 'ben', 'ana'])
    await mailbox.send(`${name}@example.com`, letter.replace('Hello', `For ${name}`))
  const { items, next } = await json('/api/v1/mailbox/messages?to=Ana@example.com')
  expect(next).toBeNull()
  expect(items.map((item: { id: number }) => item.id)).toEqual([1, 3])
  expect(items[0]).toMatchObject({
    from: 'The Post <news@example.com>',
    to: ['ana@example.com'],
    subject: 'For ana',
    text: expect.stringContaining('Plain'),
    html: expect.stringContaining('Rich'),
    headers: { 'mime-version': '1.0', 'x-strange': '<script>alert(1)</script>' },
  })
  expect(items[0].receivedAt).toMatch(/^\d{4}-\d\d-\d\dT/)
  expect((await json('/api/v1/mailbox/messages?after=2')).items).toHaveLength(1)
  const paged = await json('/api/v1/mailbox/messages?limit=2')
  expect(paged.items).toHaveLength(2)
  expect((await json(paged.next)).items.map((item: { id: number }) => item.id)).toEqual([3])
  const one = await json('/api/v1/mailbox/messages/3')
  expect(one).toMatchObject({ id: 3, source: expect.stringContaining('Content-ID: <dot@x>') })
  expect((await page('/api/v1/mailbox/messages/4')).status).toBe(404)
})

test.for(['/mailbox', '/mailbox/1/html', '/api/v1/mailbox/messages'])(
  '%s does not answer to another host’s name',
  async path => {
    await mailbox.send('ana@example.com', letter)
    expect((await page(path, { host: 'evil.example:3000' })).status).toBe(403)
    expect((await page(path, { host: '127.0.0.1.evil.example' })).status).toBe(403)
    for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'news.localhost'])
      expect((await page(path, { host })).status).toBe(200)
  },
)

test('where mail goes out by SMTP there is no mailbox, and the page says so', async () => {
  const bySmtp = await openTestApp({ env: { SMTP_URL: 'smtp://localhost:2525' } })
  const response = await bySmtp.request('/mailbox')
  expect(response.status).toBe(404)
  expect(await response.text()).toContain('SMTP_URL')
  const api = await bySmtp.request('/api/v1/mailbox/messages')
  expect(api.status).toBe(404)
  expect(api.headers.get('content-type')).toContain('application/problem+json')
})
