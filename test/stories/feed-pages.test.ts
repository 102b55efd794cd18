import { beforeEach, expect, test } from 'vitest'
import { listArticles } from '../../src/store/articles.ts'
import { findFeed, listFeeds } from '../../src/store/feeds.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'
import { feedSite, rss } from './feed-site.ts'

const here = await openTestApp()
const { raw } = here
const { db } = here.services
const editor = await signInAs(here, 'editor')
const writer = await signInAs(here, 'writer')
beforeEach(() => raw`truncate articles, feeds cascade`.then(() => {}))

const path = '/admin/stories/feeds'
const add = (fields: Record<string, string>) => editor.post(path, fields)
const textOf = async (answer: Response | Promise<Response>) => (await answer).text()
const onlyFeed = async () => (await listFeeds(db))[0]!.feed

test('a feed is added, shown with its state, asked, changed and removed, and can be put back', async () => {
  const site = await feedSite(here, { '/feed': { body: rss([{ n: 1 }, { n: 2 }]) } })
  expect(await textOf(editor.get(path))).toContain('No feeds yet')
  const answer = await add({ url: site.at('/feed'), section: 'Cloud' })
  const feed = await onlyFeed()
  expect(answer.headers.get('location')).toBe(`${path}?done=added&feed=${feed.id}&stories=2`)
  const page = await textOf(editor.get(answer.headers.get('location')!))
  for (const words of [
    'The Ledger is added, with 2 stories.',
    'Answers',
    'Cloud',
    'Asked again',
    'in 15 minutes',
  ])
    expect(page).toContain(words)

  expect(
    await textOf(editor.get((await editor.post(`${path}/${feed.id}/check`)).headers.get('location')!)),
  ).toContain('was asked within the last half minute')
  site.pages['/feed'] = { status: 503 }
  await raw`update feeds set polled_at = now() - interval '1 minute'`
  const failed = await textOf(
    editor.get((await editor.post(`${path}/${feed.id}/check`)).headers.get('location')!),
  )
  expect(failed).toContain('The Ledger brought nothing.')
  expect(failed).toContain('The site asks us to wait (503).')
  expect(failed).toContain('Trouble')

  await editor.post(`${path}/${feed.id}`, { section: ' ' })
  expect((await findFeed(db, feed.id))?.section).toBe('')
  const removed = await editor.post(`${path}/${feed.id}/remove`)
  expect(await listFeeds(db)).toEqual([])
  expect(await listArticles(db, { limit: 9 })).toHaveLength(2)
  site.pages['/feed'] = { body: rss([{ n: 1 }, { n: 2 }, { n: 3 }]) }
  const notice = await textOf(editor.get(removed.headers.get('location')!))
  expect(notice).toContain('The Ledger is removed. Its stories stay.')
  expect(notice).toContain(`name="url" value="${site.at('/feed')}"`)
  const again = await add({ url: site.at('/feed'), section: '' })
  expect(again.headers.get('location')).toContain('stories=1')
  expect(await listArticles(db, { limit: 9 })).toHaveLength(3)
})

test('of a page’s several feeds one is chosen; the section that was typed goes along', async () => {
  const site = await feedSite(here, {
    '/': {
      headers: { 'content-type': 'text/html' },
      body: '<link rel="alternate" type="application/rss+xml" title="All &lt;b&gt;" href="/all"><link rel="alternate" type="application/atom+xml" href="/law">',
    },
    '/law': { body: rss([{ n: 1 }]) },
  })
  const choices = await add({ url: site.at('/'), section: 'Law' })
  expect(choices.status).toBe(200)
  const page = await textOf(choices)
  expect(page).toContain('This page has several feeds.')
  expect(page).toContain(`value="${site.at('/all')}" checked`)
  expect(page).toContain('value="Law"')
  await add({ choice: site.at('/law'), section: 'Law' })
  expect(await onlyFeed()).toMatchObject({ url: site.at('/law'), section: 'Law' })
  const twice = await add({ url: site.at('/law') })
  expect(await textOf(editor.get(twice.headers.get('location')!))).toContain('is here already')
  const gone = await add({ choice: site.at('/all'), section: 'Law' })
  expect(await textOf(gone)).toContain(`value="${site.at('/all')}"`)
})

test.each([
  ['', 'This is not a web address.'],
  ['no address', 'This is not a web address.'],
  ['ftp://example.com/feed', 'Only addresses that start with https:// or http://'],
  ['http://169.254.169.254/feed', '169.254.169.254 is no public address'],
  ['http://[::1]/', 'is no public address'],
  ['/gone', 'knows nothing at this address (404)'],
  ['/page', 'No feed is to be found there'],
])('%j is refused at the field, which stays filled', async (typed, words) => {
  const site = await feedSite(here, {
    '/page': { headers: { 'content-type': 'text/html' }, body: '<h1>x</h1>' },
  })
  const url = typed.startsWith('/') ? site.at(typed) : typed
  const answer = await add({ url, section: 'Cloud' })
  expect(answer.status).toBe(422)
  const page = await textOf(answer)
  expect(page).toContain(words)
  expect(page).toContain(`value="${url}" `)
  expect(page).toContain('value="Cloud"')
  expect(await listFeeds(db)).toEqual([])
})

test('a section that is too long is refused there', async () => {
  const answer = await add({ url: 'https://example.com/', section: 'x'.repeat(201) })
  expect(answer.status).toBe(422)
  expect(await textOf(answer)).toContain('at most 200 characters')
})

test('a hostile feed’s words stay words', async () => {
  const evil = '&lt;script&gt;alert(1)&lt;/script&gt;'
  const site = await feedSite(here, {
    '/feed': {
      body: rss(
        [{ n: 1, title: evil, more: `<category>${evil}</category><description>${evil}Text</description>` }],
        `<title>${evil}</title>`,
      ),
    },
  })
  await add({ url: site.at('/feed') })
  for (const page of [
    path,
    '/admin/stories',
    `/admin/stories/${(await listArticles(db, { limit: 1 }))[0]!.id}`,
    `${path}/${(await onlyFeed()).id}`,
  ])
    expect(await textOf(editor.get(page))).not.toMatch(/<script>alert/)
})

test('writers see feeds and change none', async () => {
  const site = await feedSite(here, { '/feed': { body: rss([{ n: 1 }]) } })
  await add({ url: site.at('/feed') })
  const { id } = await onlyFeed()
  const page = await textOf(writer.get(path))
  expect(page).toContain('The Ledger')
  expect(page).not.toMatch(/<form method="post" action="\/admin\/stories/)
  expect((await writer.get(`${path}/${id}`)).status).toBe(403)
  for (const where of [path, `${path}/${id}`, `${path}/${id}/check`, `${path}/${id}/remove`])
    expect((await writer.post(where, { url: site.at('/feed') })).status, where).toBe(403)
  expect(await listFeeds(db)).toHaveLength(1)
})

test('a feed that is not there is a page that says so', async () => {
  for (const id of ['0', 'x', '999999'])
    for (const answer of [
      editor.get(`${path}/${id}`),
      editor.post(`${path}/${id}`),
      editor.post(`${path}/${id}/check`),
      editor.post(`${path}/${id}/remove`),
    ])
      expect((await answer).status).toBe(404)
})
