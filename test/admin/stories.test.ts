import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { nodeFetcher } from '../../src/reading/node-fetcher.ts'
import { listArticles } from '../../src/store/articles.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const site = createServer((request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  if (request.url === '/gone') response.statusCode = 404
  response.end(
    '<title>The site</title><meta property="og:title" content="A mill &amp; its waste"><h1>A mill</h1>',
  )
})
await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve))
afterAll(() => site.close())
const { port } = site.address() as AddressInfo

const here = await openTestApp({
  fetcher: nodeFetcher({ allow: [`127.0.0.1:${port}`], publicUrl: 'http://localhost:3000' }),
})
const { db } = here.services
await updatePublication(db, { timeZone: 'Europe/Berlin' })
const writer = await signInAs(here, 'writer')
const newest = async () => (await listArticles(db, { limit: 1 }))[0]

test('a story is imported from its link, and then edited', async () => {
  const answer = await writer.post('/admin/stories/import', { url: `http://127.0.0.1:${port}/mill` })
  const article = (await newest())!
  expect(answer.headers.get('location')).toBe(`/admin/stories/${article.id}?imported`)
  expect(article).toMatchObject({ title: 'A mill & its waste', source: 'imported' })
  const page = await (await writer.get(`/admin/stories/${article.id}?imported`)).text()
  expect(page).toContain('value="A mill &amp; its waste"')
  await writer.post(`/admin/stories/${article.id}`, {
    title: 'A mill',
    url: article.url,
    kind: 'editorial',
    publishedAt: '2026-07-01T06:30',
  })
  expect(await newest()).toMatchObject({ title: 'A mill', publishedAt: new Date('2026-07-01T04:30:00Z') })
})

test.each([
  [`http://127.0.0.1:${port}/gone`, 'there is no such page'],
  ['http://169.254.169.254/latest/meta-data', 'is no public address'],
  ['http://localhost:1/', 'unusual port'],
  ['javascript:alert(1)', 'start with https:// or http://'],
  ['not a link', 'This is not a web address'],
])('%s is refused at the field, which stays filled', async (url, words) => {
  const before = await newest()
  const answer = await writer.post('/admin/stories/import', { url })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain(words)
  expect(page).toContain(`\n${url}</textarea>`)
  expect(await newest()).toEqual(before)
})

test('what is wrong in a story is said at its fields, and nothing typed is lost', async () => {
  const before = await newest()
  const answer = await writer.post('/admin/stories', {
    title: '',
    url: 'ftp://example.com/x',
    imageUrl: 'javascript:alert(1)',
    byline: 'Ida\nBerg',
    kind: 'partner',
    sponsor: '',
    publishedAt: '2026-02-31T06:30',
    standfirst: '<script>alert(1)</script> {{ 7 }}',
  })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  for (const words of [
    'A story needs a headline',
    'This must be the story’s address',
    'This must be the picture’s address',
    'At most 200 characters, on one line.',
    'A paid story must name who pays for it',
    'This is not a date and time.',
  ])
    expect(page).toContain(words)
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 }}')
  expect(page).not.toContain('<script>alert')
  expect(await newest()).toEqual(before)
})

test('a story is found by its headline, also with the characters of a pattern', async () => {
  await writer.post('/admin/stories', {
    title: 'Half of 100% is 50_',
    url: 'https://example.com/h',
    kind: 'editorial',
  })
  expect(await (await writer.get('/admin/stories?q=100%25')).text()).toContain('Half of 100% is 50_')
  expect(await (await writer.get('/admin/stories?q=%25%25')).text()).toContain('No story has')
})

test('a story that is not there is a page that says so', async () => {
  for (const id of ['999999', '0', 'x', '1e3'])
    expect((await writer.get(`/admin/stories/${id}`)).status, id).toBe(404)
})
