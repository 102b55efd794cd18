import { expect, test } from 'vitest'
import { countClick } from '../../src/actions/count-click.ts'
import { storyLink } from '../../src/actions/render-digest.ts'
import { createKeyring } from '../../src/domain/keys.ts'
import { signToken, type Token } from '../../src/domain/tokens.ts'
import { addArticle } from '../../src/store/articles.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'
import { openNewsletters, startNow } from '../support/sending.ts'
import { until } from '../support/until.ts'

const site = await openTestApp()
const { services, raw, request } = site
const room = { ...site, smtpUrl: '' }
const [morning] = await openNewsletters(room, 'morning')
await updatePublication(services.db, { correctableLinks: true, countClicks: true })

/** A digest with one story, whose link leads there. */
async function send(url: string) {
  const article = await addArticle(services.db, { title: 'A story', url })
  const digest = await addDigest(services.db, {
    subject: 'Links',
    preheader: '',
    newsletterIds: [morning!],
    blocks: [{ type: 'article', articleId: article.id }],
  })
  await startNow(room, digest)
  const link = storyLink(services.config.publicUrl, services.keys, digest, article.id)
  const clicks = async () => {
    // Of a link that nobody has: it is counted after all that came before it.
    await countClick(services, { digest: 0, article: 0 })
    const [row] =
      await raw`select coalesce(sum(clicks), 0)::int as n from link_clicks where digest_id = ${digest}`
    return row!.n as number
  }
  return { digest, article: article.id, path: new URL(link).pathname, clicks }
}

test('a link is a redirect that nobody keeps, and rules nothing about the referrer', async () => {
  const { path } = await send('https://news.example/ibm')
  const response = await request(path)
  expect(response.status).toBe(302)
  expect(response.headers.get('location')).toBe('https://news.example/ibm')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('referrer-policy')).toBe('')
  expect(response.headers.get('x-robots-tag')).toBe('noindex')
  expect(response.headers.get('set-cookie')).toBeNull()
  expect(await response.text()).toBe('')
})

test('forged, cut, foreign and unknown links lead nowhere', async () => {
  const { digest, article, path } = await send('https://news.example/ibm')
  const strange = createKeyring([{ version: 1, secret: 'a secret that somebody else has' }])
  const own = (token: Token) => `/l/${signToken(services.keys, token)}`
  const paths = [
    path.slice(0, -1),
    `${path}A`,
    path.replace(`.${digest}.`, `.${digest + 1}.`),
    `/l/${signToken(strange, { purpose: 'link', digest, article })}`,
    own({ purpose: 'link', digest: digest + 1, article }),
    own({ purpose: 'link', digest, article: article + 1 }),
    own({ purpose: 'link', digest: 9_007_199_254_740_991, article: 9_007_199_254_740_991 }),
    own({ purpose: 'manage', subscriber: digest, dispatch: article }),
    own({ purpose: 'unsubscribe', subscriber: 1, newsletters: [1] }),
    '/l/https:%2F%2Fevil.example',
    '/l/%0d%0alocation:%20https:%2F%2Fevil.example',
    `${path}?to=https://evil.example`.replace('/l/', '/l/x'),
  ]
  for (const one of paths) {
    const response = await request(one)
    expect([one, response.status, response.headers.get('location')]).toEqual([one, 404, null])
  }
  expect((await request(`${path}?to=https://evil.example`)).headers.get('location')).toBe(
    'https://news.example/ibm',
  )
})

test('an address is one header line and leads to the web, whatever came into the table', async () => {
  const { digest, path } = await send('https://news.example/ibm')
  const put = (url: string) => raw`update sent_stories set url = ${url} where digest_id = ${digest}`
  for (const url of ['javascript:alert(1)', 'data:text/html,x', '//evil.example', ''])
    await expect(put(url)).rejects.toThrow('sent_stories_url')
  for (const url of ['https://', 'https://a.example/\r\nset-cookie: x=1', 'https://user:pw@a.example/']) {
    await put(url)
    expect([url, (await request(path)).status]).toEqual([url, 404])
  }
  await put('https://münchen.example/straße?q=ü#teil')
  expect((await request(path)).headers.get('location')).toBe(
    'https://xn--mnchen-3ya.example/stra%C3%9Fe?q=%C3%BC#teil',
  )
})

test('only who goes there now is counted: no scanner’s HEAD, no browser that gets ready', async () => {
  const { path, clicks } = await send('https://news.example/ibm')
  await request(path, { method: 'HEAD' })
  await request(path, { headers: { 'sec-purpose': 'prefetch;prerender' } })
  await request(path, { headers: { purpose: 'prefetch' } })
  await request(path, { headers: { 'x-moz': 'prefetch' } })
  await request(path)
  expect(await clicks()).toBe(1)
  expect((await request(path, { method: 'POST' })).status).toBe(405)
})

test('nothing of the reader is kept: a row has the story, the hour and a number', async () => {
  const { digest, path, clicks } = await send('https://news.example/ibm')
  await request(path, { peer: '203.0.113.9', headers: { 'user-agent': 'Reader/1.0' } })
  expect(await clicks()).toBe(1)
  const [row] = await raw`select * from link_clicks where digest_id = ${digest}`
  expect(Object.keys(row!).toSorted()).toEqual(['article_id', 'clicks', 'digest_id', 'hour'])
  expect(row!.hour.getTime() % 3_600_000).toBe(0)
})

test('where counting is off, or was when it went out, nothing is counted', async () => {
  const before = await send('https://news.example/counted')
  await updatePublication(services.db, { countClicks: false })
  const quiet = await send('https://news.example/quiet')
  await request(before.path)
  await updatePublication(services.db, { countClicks: true })
  await request(quiet.path)
  await request(before.path)
  expect([await before.clicks(), await quiet.clicks()]).toEqual([1, 0])
})

test('a count that fails is no reader’s trouble', async () => {
  const { path, clicks } = await send('https://news.example/ibm')
  await raw`alter table link_clicks rename to elsewhere`
  for (let at = 0; at < 5; at++) expect((await request(path)).status).toBe(302)
  await countClick(services, { digest: 0, article: 0 })
  await raw`alter table elsewhere rename to link_clicks`
  expect(await clicks()).toBe(0)
  await request(path)
  expect(await clicks()).toBe(1)
})

test('20,000 at once are counted to the last, and nobody else waits for them', async () => {
  const [one, other] = [await send('https://news.example/one'), await send('https://news.example/other')]
  let counted: Promise<void>[] = []
  // None can be written before a reader has followed one more.
  await raw.begin(async tx => {
    await tx`lock table link_clicks in exclusive mode`
    counted = Array.from({ length: 20_000 }, (_, at) => {
      const { digest, article } = at % 2 ? one : other
      return countClick(services, { digest, article })
    })
    expect((await request(one.path)).status).toBe(302)
  })
  await Promise.all(counted)
  await until('the last count', async () => (await one.clicks()) + (await other.clicks()) === 20_001)
  expect([await one.clicks(), await other.clicks()]).toEqual([10_001, 10_000])
})
