import { expect, test } from 'vitest'
import { fetchFeedPictures } from '../../src/actions/fetch-feed-pictures.ts'
import { pollDueFeeds } from '../../src/actions/poll-feeds.ts'
import { listTray } from '../../src/store/tray.ts'
import { openTestApp } from '../support/app.ts'
import { pngOfPixels, quarters } from '../support/picture-files.ts'
import { feedSite, rss } from './feed-site.ts'

const here = await openTestApp()
const { raw, services } = here
const picture = (path: string) => `<enclosure url="${path}" type="image/png" length="9"/>`

test('what a feed brings has its pictures from here, each asked for once, whoever looks and however often', async () => {
  const site = await feedSite(here, {
    '/feed': {
      body: rss([1, 2, 3, 4].map(n => ({ n, more: picture(n === 4 ? '/gone.png' : `/${n}.png`) }))),
    },
    ...Object.fromEntries(
      [1, 2, 3].map(n => [
        `/${n}.png`,
        { headers: { 'content-type': 'image/png' }, body: pngOfPixels(quarters(40 + n, 30)) },
      ]),
    ),
  })
  await raw`insert into feeds (url) values (${site.at('/feed')})`
  await pollDueFeeds(services, { limit: 4 })
  const looks = Array.from({ length: 3 }, () => fetchFeedPictures(services, { limit: 2 }))
  expect((await Promise.all(looks)).reduce((all, one) => all + one)).toBe(4)
  expect(await fetchFeedPictures(services, { limit: 9 })).toBe(0)
  const asked = site.asked.map(({ url }) => url!).filter(url => url.endsWith('.png'))
  expect(asked.toSorted()).toEqual(['/1.png', '/2.png', '/3.png', '/gone.png'])
  const tray = await listTray(services.db, { limit: 9 })
  expect(tray.map(({ title, pictureType }) => [title, pictureType]).toSorted()).toEqual([
    ['Story 1', 'image/png'],
    ['Story 2', 'image/png'],
    ['Story 3', 'image/png'],
    ['Story 4', null],
  ])
  // The site may still correct a story that got its picture.
  expect((await raw`select from articles where updated_at <> created_at`).length).toBe(0)
})

test('who is told to stop leaves the picture to the next', async () => {
  await raw`truncate articles, feeds cascade`
  const site = await feedSite(here, {
    '/feed': { body: rss([{ n: 1, more: picture('/slow.png') }]) },
    '/slow.png': () => {
      stopping.abort()
      return 'silence'
    },
  })
  const stopping = new AbortController()
  await raw`insert into feeds (url) values (${site.at('/feed')})`
  await pollDueFeeds(services, { limit: 4 })
  await fetchFeedPictures(services, { limit: 1, signal: stopping.signal })
  site.pages['/slow.png'] = { headers: { 'content-type': 'image/png' }, body: pngOfPixels(quarters(40, 30)) }
  expect(await fetchFeedPictures(services, { limit: 1 })).toBe(1)
  expect((await listTray(services.db, { limit: 9 }))[0]?.pictureHash).toMatch(/^[\w-]{24}$/)
})
