import { parseFeed } from 'htmlparser2'
import { expect, test } from 'vitest'
import { openTestApp } from '../support/app.ts'
import { foundTheLedger, publish } from './publication.ts'

async function openLedger() {
  const site = await openTestApp()
  await foundTheLedger(site.services)
  return site
}

test('the feed of a newsletter names its editions, with their stories inside', async () => {
  const { services, request } = await openLedger()
  const id = await publish(services, {
    subject: 'AT&T <leaves> "IBM"',
    preheader: 'Fish & chips',
    startedAt: new Date('2026-06-22T05:30:00Z'),
  })
  await publish(services, { subject: 'Another', newsletters: ['leadership'] })
  const response = await request('/archive/morning-brief/feed.xml')
  expect(response.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8')
  const xml = await response.text()
  const feed = parseFeed(xml)!
  expect(feed).toMatchObject({ type: 'rss', title: 'Morning Brief · The Ledger' })
  expect(feed.items).toHaveLength(1)
  expect(feed.items[0]).toMatchObject({
    title: 'AT&T <leaves> "IBM"',
    link: `http://localhost:3000/archive/morning-brief/${id}`,
    description: 'Fish & chips',
    pubDate: new Date('2026-06-22T05:30:00Z'),
  })
  const content = decode(/<content:encoded>(.*?)<\/content:encoded>/s.exec(xml)![1]!)
  expect(content).toContain(
    '<a href="https://ledger.example/ibm?a=1&amp;b=2">IBM leaves facial recognition</a>',
  )
  expect(content).toContain('<em>all</em>')
})

test('what is paid for says so in its title', async () => {
  const { services, request } = await openLedger()
  await publish(services, { subject: 'Mixed' })
  await publish(services, {
    subject: 'Only a partner',
    newsletters: ['white-papers'],
    blocks: ({ whitePaper }) => [{ type: 'partner', articleId: whitePaper, sponsor: 'Northwind Ltd' }],
  })
  await publish(services, {
    subject: 'Put among the stories',
    blocks: ({ whitePaper }) => [{ type: 'article', articleId: whitePaper }],
  })
  await publish(services, {
    subject: 'Below a story',
    blocks: ({ ibm, whitePaper }) => [{ type: 'seeAlso', articleIds: [ibm, whitePaper] }],
  })
  const xml = await (await request('/archive/feed.xml')).text()
  const titles = parseFeed(xml)!.items.map(item => item.title)
  expect(titles).toEqual([
    'Below a story',
    'Advertisement: Put among the stories',
    'Advertisement: Only a partner',
    'Mixed',
  ])
  expect(decode(xml).match(/rel="sponsored">Advertisement: Cutting cloud waste<\/a>/g)).toHaveLength(4)
  expect(decode(xml)).toContain('rel="sponsored">Advertisement: Cutting cloud waste</a>')
  expect(decode(xml)).toContain('<strong>Advertisement · Northwind Ltd</strong>')
})

test('a control character in a text does not break the feed', async () => {
  const { services, request } = await openLedger()
  await publish(services, { subject: 'A vertical\vtab, a lone \u0001 and ]]>' })
  const xml = await (await request('/archive/feed.xml')).text()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(xml).not.toMatch(/[\x00-\x08\x0b\x0c\x0e-\x1f]/)
  expect(parseFeed(xml)!.items[0]!.title).toBe('A verticaltab, a lone  and ]]>')
})

test('a reader that has the feed is told so', async () => {
  const { services, request } = await openLedger()
  await publish(services, { subject: 'One', startedAt: new Date('2026-06-22T05:30:00.250Z') })
  const path = '/archive/morning-brief/feed.xml'
  const get = (headers: Record<string, string>) => request(path, { headers })
  const first = await get({})
  const etag = first.headers.get('etag')!
  const modified = first.headers.get('last-modified')!
  expect(modified).toBe('Mon, 22 Jun 2026 05:30:00 GMT')
  expect((await get({ 'if-none-match': etag })).status).toBe(304)
  expect((await get({ 'if-none-match': `"other", W/${etag}` })).status).toBe(304)
  expect((await get({ 'if-modified-since': modified })).status).toBe(304)
  expect((await get({ 'if-none-match': '"other"', 'if-modified-since': modified })).status).toBe(200)
  await publish(services, { subject: 'Two' })
  expect((await get({ 'if-none-match': etag })).status).toBe(200)
  expect((await get({ 'if-modified-since': modified })).status).toBe(200)
})

test('a feed without editions is a feed', async () => {
  const { request } = await openLedger()
  expect(parseFeed(await (await request('/archive/leadership/feed.xml')).text())).toMatchObject({
    type: 'rss',
    items: [],
  })
  expect((await request('/archive/nothing/feed.xml')).status).toBe(404)
})

const decode = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
