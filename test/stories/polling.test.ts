import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { addFeed } from '../../src/actions/add-feed.ts'
import { checkFeed, pollDueFeeds } from '../../src/actions/poll-feeds.ts'
import { addArticle, listArticles, setDismissed, updateArticle } from '../../src/store/articles.ts'
import { findFeed } from '../../src/store/feeds.ts'
import { noteSentArticles } from '../../src/store/sent-articles.ts'
import { foundTheLedger, publish } from '../site/publication.ts'
import { openTestApp } from '../support/app.ts'
import { type FeedSite, feedSite, type Reply, rss } from './feed-site.ts'

const here = await openTestApp()
const { services, raw } = here
const { db } = services
const minute = 60_000
const ago = (minutes: number) => new Date(Date.now() - minutes * minute)
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

beforeEach(() => raw`truncate articles, feeds cascade`.then(() => {}))

async function added(site: FeedSite, path = '/feed') {
  const outcome = await addFeed(services, { url: site.at(path), section: '' })
  if (outcome.kind !== 'added') throw new Error(`the feed was not added: ${outcome.kind}`)
  return outcome
}

/** As if its time had come, and nobody had asked it lately. */
const becomesDue = () =>
  raw`update feeds set next_poll_at = now() - interval '1 second', polled_at = polled_at - interval '1 minute'`
async function polled(id: number) {
  await becomesDue()
  expect(await pollDueFeeds(services, { limit: 4 })).toBe(1)
  return (await findFeed(db, id))!
}
const pauseOf = (feed: { nextPollAt: Date }) => Math.round((feed.nextPollAt.getTime() - Date.now()) / minute)
const titles = async () => (await listArticles(db, { limit: 500 })).map(article => article.title)

test('the first poll takes the newest 30, the next what is new, each story once', async () => {
  const old = numbers(1, 40).map(n => ({ n, at: ago(100 + n) }))
  const site = await feedSite(here, { '/feed': { body: rss(old) } })
  const { feed, added: stories } = await added(site)
  expect(stories).toBe(30)
  expect((await titles())[0]).toBe('Story 1')
  expect(feed).toMatchObject({ title: 'The Ledger', failures: 0, trouble: null })

  // The feed was added an hour ago; since then 46 stories have come, more than a poll takes by rank alone.
  await raw`update feeds set created_at = now() - interval '1 hour', succeeded_at = now() - interval '1 hour'`
  const burst = numbers(50, 95).map(n => ({ n, at: ago(n - 49) }))
  site.pages['/feed'] = { body: rss([...burst, ...old]) }
  await polled(feed.id)
  await polled(feed.id)
  expect(await titles()).toHaveLength(30 + burst.length)
  const [story] = await db.execute(sql`select source, feed_key, url from articles where title = 'Story 50'`)
  expect(story).toMatchObject({ source: 'feed', feed_key: 'id-50', url: site.at('/story/50') })
})

test('it is asked politely: with what it gave us, and as often as it likes', async () => {
  const site = await feedSite(here, {
    '/feed': ({ headers }): Reply =>
      headers['if-none-match'] === '"v1"' && headers['if-modified-since']
        ? { status: 304, headers: { 'cache-control': 'max-age=7200' } }
        : {
            body: rss([{ n: 1 }]),
            headers: { etag: '"v1"', 'last-modified': 'Mon, 02 Mar 2026 06:30:00 GMT' },
          },
  })
  const { feed } = await added(site)
  expect(pauseOf(feed)).toBe(15)
  expect(site.asked[0]?.headers['user-agent']).toContain('Broadsheet')
  const unchanged = await polled(feed.id)
  expect(pauseOf(unchanged)).toBe(120)
  expect(unchanged.succeededAt!.getTime()).toBeGreaterThan(feed.succeededAt!.getTime())
  expect(await titles()).toEqual(['Story 1'])
})

test.each<[string, Partial<Reply> & { channel?: string }, number]>([
  ['<ttl>', { channel: '<ttl>90</ttl>' }, 90],
  ['less than five minutes', { headers: { 'cache-control': 'public, max-age=10' } }, 5],
  ['more than a day', { headers: { 'cache-control': 'max-age=31536000' } }, 1440],
  ['no answer that may be kept', { headers: { 'cache-control': 'no-cache, max-age=7200' } }, 15],
])('how often it is asked: %s', async (_what, { channel, headers }, pause) => {
  const site = await feedSite(here, { '/feed': { body: rss([{ n: 1 }], channel), headers } })
  expect(pauseOf((await added(site)).feed)).toBe(pause)
})

test('of many who look at once one asks, and one who died gives it back', async () => {
  const site = await feedSite(here, { '/feed': { body: rss([{ n: 1 }]) } })
  const { feed } = await added(site)
  await becomesDue()
  const before = site.asked.length
  const polls = numbers(1, 5).map(() => pollDueFeeds(services, { limit: 4 }))
  const checks = [checkFeed(services, feed.id), checkFeed(services, feed.id)]
  const asked = (await Promise.all(polls)).reduce((a, b) => a + b, 0)
  const checked = (await Promise.all(checks)).filter(({ kind }) => kind === 'checked').length
  expect(asked + checked).toBe(1)
  expect(site.asked.length - before).toBe(1)
  const [{ lease } = { lease: 0 }] = await raw<{ lease: number }[]>`
    update feeds set next_poll_at = now(), polled_at = null returning 0 as lease`
  expect(lease).toBe(0)
  const stopping = new AbortController()
  site.pages['/feed'] = () => {
    stopping.abort()
    return { body: rss([{ n: 2 }]) }
  }
  await pollDueFeeds(services, { limit: 4, signal: stopping.signal })
  expect(await findFeed(db, feed.id)).toMatchObject({ failures: 0, trouble: null })
  expect(pauseOf((await findFeed(db, feed.id))!)).toBeLessThanOrEqual(0)
})

test('failures double the pause up to a day, and an answer ends them', async () => {
  const site = await feedSite(here, { '/feed': { body: rss([{ n: 1 }]) } })
  const { feed } = await added(site)
  site.pages['/feed'] = { status: 500 }
  const pauses = []
  for (let i = 0; i < 9; i++) pauses.push(pauseOf(await polled(feed.id)))
  expect(pauses).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440])
  expect(await findFeed(db, feed.id)).toMatchObject({ failures: 9, trouble: { kind: 'status', status: 500 } })
  site.pages['/feed'] = { body: rss([{ n: 2 }]) }
  expect(await polled(feed.id)).toMatchObject({ failures: 0, trouble: null })
})

test.each<[number, string, number]>([
  [429, '7200', 120],
  [503, '999999', 1440],
  [503, '1', 15],
])('%d with Retry-After: %s is heard', async (status, retry, pause) => {
  const site = await feedSite(here, { '/feed': { body: rss([{ n: 1 }]) } })
  const { feed } = await added(site)
  site.pages['/feed'] = { status, headers: { 'retry-after': retry } }
  expect(pauseOf(await polled(feed.id))).toBe(pause)
})

test('a feed that is gone rests until somebody asks it', async () => {
  const site = await feedSite(here, { '/feed': { body: rss([{ n: 1 }]) } })
  const { feed } = await added(site)
  site.pages['/feed'] = { status: 410 }
  await polled(feed.id)
  await becomesDue()
  expect(await pollDueFeeds(services, { limit: 4 })).toBe(0)
  site.pages['/feed'] = { body: rss([{ n: 1 }, { n: 2 }]) }
  expect(await checkFeed(services, feed.id)).toMatchObject({
    kind: 'checked',
    added: 1,
    feed: { trouble: null },
  })
  await becomesDue()
  expect(await pollDueFeeds(services, { limit: 4 })).toBe(1)
})

test('it moves with permanent redirects alone, to an address that no other feed has', async () => {
  const body = rss([{ n: 1 }])
  const site = await feedSite(here, { '/feed': { body } })
  const { feed } = await added(site)
  const to = (status: number, location: string): Reply => ({ status, headers: { location } })
  site.pages['/feed'] = to(302, '/b')
  site.pages['/b'] = to(301, '/c')
  site.pages['/c'] = { body }
  expect((await polled(feed.id)).url).toBe(site.at('/feed'))
  site.pages['/feed'] = to(308, '/b')
  site.pages['/c'] = { status: 500 }
  expect((await polled(feed.id)).url).toBe(site.at('/feed'))
  site.pages['/c'] = to(302, '/d')
  site.pages['/d'] = { body }
  expect((await polled(feed.id)).url).toBe(site.at('/c'))
  site.pages['/other'] = { body }
  await added(site, '/other')
  site.pages['/c'] = to(301, '/other')
  await raw`update feeds set next_poll_at = now() - interval '1 second' where id = ${feed.id}`
  await pollDueFeeds(services, { limit: 4 })
  expect((await findFeed(db, feed.id))?.url).toBe(site.at('/c'))
})

test('a story that is here already is not doubled, whoever brought it', async () => {
  const site = await feedSite(here, {
    '/feed': { body: rss([{ n: 1 }, { n: 2 }, { n: 3 }]) },
    '/section': { body: rss([{ n: 1, guid: 'other' }, { n: 4 }]) },
  })
  const written = await addArticle(db, { title: 'By hand', url: `${site.at('/story/1')}?utm_source=x#top` })
  const dismissed = await addArticle(db, { title: 'Dismissed', url: site.at('/story/2') })
  await setDismissed(db, dismissed.id, 'dismissed')
  const { feed, added: stories } = await added(site)
  expect(stories).toBe(1)
  const found = await listArticles(db, { limit: 9 })
  expect(found.find(one => one.id === written.id)).toMatchObject({
    title: 'By hand',
    feedId: feed.id,
    feedKey: 'id-1',
  })
  expect(found.find(one => one.id === dismissed.id)?.dismissedAt).not.toBeNull()
  expect((await added(site, '/section')).added).toBe(1)
  expect(await titles()).toHaveLength(4)
})

test('two feeds with the same stories, asked at the same moment, bring them once', async () => {
  const body = rss(numbers(1, 25).map(n => ({ n })))
  const site = await feedSite(here, { '/a': { body }, '/b': { body } })
  await Promise.all([added(site, '/a'), added(site, '/b')])
  expect(await titles()).toHaveLength(25)
})

test('what the site corrects is corrected, unless an editor has, or it was sent', async () => {
  await foundTheLedger(services)
  const site = await feedSite(here, { '/feed': { body: rss(numbers(1, 3).map(n => ({ n, at: ago(n) }))) } })
  const { feed } = await added(site)
  const [three, two] = (await listArticles(db, { limit: 3 })).toReversed()
  await updateArticle(db, two!.id, { section: 'Edited' })
  await publish(services, { subject: 'x' })
  const [dispatch] = await raw<{ id: number }[]>`select id::int from dispatches`
  await noteSentArticles(db, dispatch!.id, [three!.id])
  site.pages['/feed'] = { body: rss(numbers(1, 3).map(n => ({ n, at: ago(n), title: `Better ${n}` }))) }
  await polled(feed.id)
  await polled(feed.id)
  expect((await titles()).filter(title => /Story|Better/.test(title)).sort()).toEqual([
    'Better 1',
    'Story 2',
    'Story 3',
  ])
})

test('dates to come count as now; its section goes before categories', async () => {
  const future = new Date(Date.now() + 1000 * 86_400_000)
  const site = await feedSite(here, {
    '/feed': {
      body: rss([
        { n: 1, at: future, more: '<category>Law</category>' },
        { n: 2, at: ago(5) },
      ]),
    },
  })
  await addFeed(services, { url: site.at('/feed'), section: 'Cloud' })
  const [newest] = await listArticles(db, { limit: 1 })
  expect(newest).toMatchObject({ title: 'Story 1', section: 'Cloud' })
  expect(newest!.publishedAt!.getTime()).toBeLessThanOrEqual(Date.now())
})
