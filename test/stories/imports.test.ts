import { beforeEach, expect, test } from 'vitest'
import { importArticles } from '../../src/actions/import-articles.ts'
import { articleAddress } from '../../src/domain/article-address.ts'
import { findByAddress } from '../../src/store/article-addresses.ts'
import { addArticle, listArticles, setDismissed } from '../../src/store/articles.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'
import { feedSite, type Reply } from './feed-site.ts'

const here = await openTestApp()
const { services, raw } = here
const { db } = services
const writer = await signInAs(here, 'writer')
beforeEach(() => raw`truncate articles cascade`.then(() => {}))

const page = (title: string): Reply => ({
  headers: { 'content-type': 'text/html' },
  body: `<title>x</title><meta property="og:title" content="${title}"><meta name="description" content="It is."><meta name="author" content="Ana">`,
})
const paste = (...urls: string[]) => writer.post('/admin/stories/import', { url: urls.join('\r\n') })

test('several links are imported at once, each told what became of it, the failed ones left in the field', async () => {
  const site = await feedSite(here, { '/a': page('Story A'), '/b': page('Story B'), '/c': page('Story C') })
  const there = await addArticle(db, { title: 'Known <story>', url: site.at('/c') })
  const answer = await paste(
    site.at('/a'),
    '',
    `  ${site.at('/b')}?utm_source=x#top `,
    site.at('/gone'),
    site.at('/c'),
    'no <link>',
    site.at('/a#again'),
  )
  expect(answer.status).toBe(422)
  const html = await answer.text()
  expect(html).toContain(`${site.at('/gone')}\nno &lt;link&gt;</textarea>`)
  expect(html).toContain('Not imported: 2 of 6 links.')
  expect(html).toContain('The site says that there is no such page.')
  expect(html.match(/Imported<\/span>/g)).toHaveLength(2)
  expect(html.match(/There already<\/span>/g)).toHaveLength(2)
  expect(html).toContain(`<a href="/admin/stories/${there.id}">Known &lt;story&gt;</a>`)
  const found = await listArticles(db, { limit: 9 })
  expect(found.map(article => article.url).sort()).toEqual([site.at('/a'), site.at('/b'), site.at('/c')])
})

test('one link leads to its story, new or known; a dismissed one comes back to the tray', async () => {
  const site = await feedSite(here, { '/a': page('Story A') })
  const first = await paste(site.at('/a'))
  const [article] = await listArticles(db, { limit: 1 })
  expect(first.headers.get('location')).toBe(`/admin/stories/${article!.id}?imported`)
  await setDismissed(db, article!.id, 'dismissed')
  const second = await paste(`${site.at('/a')}?utm_medium=mail`)
  expect(second.headers.get('location')).toBe(`/admin/stories/${article!.id}?known`)
  expect(await (await writer.get(second.headers.get('location')!)).text()).toContain(
    'This story was here already',
  )
  expect(await listArticles(db, { limit: 9 })).toMatchObject([{ dismissedAt: null }])
  expect(site.asked).toHaveLength(1)
})

test('an empty field and too many links are refused there', async () => {
  expect(await (await paste('  ')).text()).toContain('Paste a link here first.')
  const many = Array.from({ length: 51 }, (_, n) => `https://example.com/${n}`)
  const answer = await paste(...many)
  expect(answer.status).toBe(422)
  const html = await answer.text()
  expect(html).toContain('At most 50 links at once.')
  expect(html).toContain('https://example.com/50</textarea>')
})

test('four are read at a time, and what is not read by the end is refused as late', async () => {
  let [reading, most] = [0, 0]
  const site = await feedSite(here, { '/quick': page('Quick') })
  const slow = Array.from({ length: 9 }, (_, n) => `/slow-${n}`)
  for (const path of slow)
    site.pages[path] = ({ socket }) => {
      most = Math.max(most, ++reading)
      socket.once('close', () => reading--)
      return 'silence'
    }
  const start = performance.now()
  const lines = await importArticles(services, [site.at('/quick'), ...slow.map(site.at)], { timeoutMs: 400 })
  expect(performance.now() - start).toBeLessThan(3000)
  expect(most).toBe(4)
  expect(lines[0]).toMatchObject({ outcome: { kind: 'imported', article: { title: 'Quick' } } })
  expect(
    new Set(lines.slice(1).map(({ outcome }) => outcome.kind === 'refused' && outcome.refusal.kind)),
  ).toEqual(new Set(['timeout']))
})

test('the same link pasted by two at once is one story', async () => {
  const site = await feedSite(here, { '/a': page('Story A') })
  await Promise.all([
    paste(site.at('/a')),
    paste(site.at('/a')),
    importArticles(services, [site.at('/a'), site.at('/a')]),
  ])
  expect(await listArticles(db, { limit: 9 })).toHaveLength(1)
})

test('the API answers 201 with the story that is there', async () => {
  const site = await feedSite(here, { '/a': page('Story A') })
  const api = await clientOf(here, 'writer')
  const first = await api('POST', '/articles', { url: site.at('/a') })
  const second = await api('POST', '/articles', { url: `${site.at('/a')}#x` })
  expect([first.status, second.status]).toEqual([201, 201])
  expect(second.body).toEqual(first.body)
  expect(Object.keys(first.body)).not.toContain('feedKey')
})

test.each([
  ['https://example.com/a', 'https://example.com/a'],
  ['https://example.com/a?utm_source=x', 'https://example.com/a'],
  ['https://example.com/a?b=1&utm_source=x&utm_medium=y&c=2#d', 'https://example.com/a?b=1&c=2'],
  ['https://example.com/a?c=2&utm_source=x#?utm_x', 'https://example.com/a?c=2'],
  ['https://example.com/utm_a?xutm_b=1&amp;utm_c=2', 'https://example.com/utm_a?xutm_b=1&amp;utm_c=2'],
  ['https://example.com/a?utm_a=%0A&b', 'https://example.com/a?b'],
])('%s has the address %s, for us and for the database', async (url, address) => {
  expect(articleAddress(url)).toBe(address)
  const article = await addArticle(db, { title: 'x', url })
  expect((await findByAddress(db, [address])).get(address)?.id).toBe(article.id)
})
