import { expect, test } from 'vitest'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const owner = await clientOf(here, 'owner')
await owner('POST', '/newsletters', { slug: 'daily', name: 'Daily' })
await owner('POST', '/newsletters', { slug: 'weekly', name: 'Weekly' })

const story = async (title: string, more: object = {}) =>
  (
    await owner('POST', '/articles', {
      title,
      url: `https://example.com/${title}`,
      standfirst: `About ${title}.`,
      ...more,
    })
  ).body.id as number

const draft = async (blocks: object[], newsletters = ['daily']) => {
  const answer = await owner('POST', '/digests', { subject: 'Today', preheader: 'Now', newsletters, blocks })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id as number
}

const previewOf = async (id: number, format = 'text') =>
  (await owner('GET', `/digests/${id}/preview?format=${format}`)).body as string

/** As a sender does once it is due. */
async function goOut(id: number) {
  const answer = await owner('POST', `/digests/${id}/dispatch`)
  expect(answer.status, JSON.stringify(answer.body)).toBe(202)
  const [row] = await here.raw`select id from dispatches where digest_id = ${id}`
  expect(await startDispatch(here.services, row!.id)).toMatchObject({ kind: 'started' })
}

const page = async (path: string) => (await here.request(path)).text()

test('a slot takes the newest of its section, and nothing twice, paid, or sent before', async () => {
  const old = await story('Old', { section: 'Cloud', publishedAt: '2026-06-01T06:00:00Z' })
  const [first, second, third] = [
    await story('First', { section: 'Cloud', publishedAt: '2026-06-05T06:00:00Z' }),
    await story('Second', { section: 'cloud', publishedAt: '2026-06-04T06:00:00Z' }),
    await story('Third', { section: 'Cloud', publishedAt: '2026-06-03T06:00:00Z' }),
  ]
  await story('Elsewhere', { section: 'Data', publishedAt: '2026-06-06T06:00:00Z' })
  await story('Paid', {
    section: 'Cloud',
    kind: 'partner',
    sponsor: 'Northwind',
    publishedAt: '2026-06-06T06:00:00Z',
  })
  const slot = { type: 'newest', section: 'Cloud', count: 2 }
  const today = await draft([{ type: 'article', articleId: first }, slot])
  const shown = await previewOf(today)
  expect(
    ['First', 'Second', 'Third', 'Old', 'Elsewhere', 'Paid'].filter(title =>
      shown.includes(`About ${title}.`),
    ),
  ).toEqual(['First', 'Second', 'Third'])
  expect((await owner('GET', `/digests/${today}`)).body.blocks[1]).toEqual(slot)

  await goOut(today)
  // What it took is what the digest says from now on.
  expect((await owner('GET', `/digests/${today}`)).body.blocks).toEqual([
    { type: 'article', articleId: first },
    { type: 'article', articleId: second },
    { type: 'article', articleId: third },
  ])
  const [tomorrow, other] = [await draft([slot]), await draft([slot], ['weekly'])]
  await goOut(tomorrow)
  await goOut(other)
  expect((await owner('GET', `/digests/${tomorrow}`)).body.blocks).toEqual([
    { type: 'article', articleId: old },
  ])
  expect((await owner('GET', `/digests/${other}`)).body.blocks).toEqual([
    { type: 'article', articleId: first },
    { type: 'article', articleId: second },
  ])
})

test('what a digest says in place of the story’s words is said in mail, archive and feed, and nowhere else', async () => {
  const id = await story('Plain')
  const own = { type: 'article', articleId: id, title: 'In other words', standfirst: '' }
  const digest = await draft([own])
  expect(await previewOf(digest)).toContain('In other words')
  await goOut(digest)
  for (const path of [`/archive/daily/${digest}`, '/archive/daily/feed.xml']) {
    const text = await page(path)
    expect(text).toContain('In other words')
    expect(text).not.toContain('About Plain.')
  }
  expect((await owner('GET', `/articles/${id}`)).body).toMatchObject({
    title: 'Plain',
    standfirst: 'About Plain.',
  })
})

test('a block for the readers of one newsletter is seen by no others, in mail, archive and feed', async () => {
  const id = await story('Common')
  const digest = await draft(
    [
      { type: 'article', articleId: id },
      { type: 'text', markdown: 'For the daily ones.', only: 'daily' },
      { type: 'button', text: 'For the weekly ones', url: 'https://example.com/w', only: 'weekly' },
    ],
    ['daily', 'weekly'],
  )
  await goOut(digest)
  for (const [slug, theirs, others] of [
    ['daily', 'For the daily ones', 'For the weekly ones'],
    ['weekly', 'For the weekly ones', 'For the daily ones'],
  ] as const)
    for (const path of [`/archive/${slug}/${digest}`, `/archive/${slug}/feed.xml`]) {
      const text = await page(path)
      expect(text).toContain('About Common.')
      expect(text).toContain(theirs)
      expect(text).not.toContain(others)
    }
})

test('the next edition starts from what was composed, and slots for some readers mind those readers alone', async () => {
  await here.raw`truncate articles cascade`
  const ids = [await story('One', { section: 'Law' }), await story('Two', { section: 'Law' })]
  const slots = ['daily', 'weekly'].map(only => ({ type: 'newest', section: 'Law', count: 2, only }))
  const first = await draft(slots, ['daily', 'weekly'])
  await goOut(first)
  const sent = (await owner('GET', `/digests/${first}`)).body.blocks
  for (const only of ['daily', 'weekly'])
    expect(
      sent
        .filter((block: { only: string }) => block.only === only)
        .map((block: { articleId: number }) => block.articleId),
    ).toEqual([...ids].reverse())
  const editor = await signInAs(here, 'editor')
  const next = (await editor.post('/admin/digests/from-last')).headers.get('location')!
  expect((await owner('GET', next.replace('/admin', ''))).body.blocks).toEqual(slots)
})

test('the API tells nothing of a story under embargo: no preview, and no title where it refuses or warns', async () => {
  const id = await story('Later', {
    imageUrl: 'https://example.com/x.png',
    embargoUntil: new Date(Date.now() + 3_600_000).toISOString(),
  })
  const digest = await draft([{ type: 'article', articleId: id }])
  const answer = await owner('GET', `/digests/${digest}/preview`)
  expect(answer.status).toBe(409)
  expect(JSON.stringify(answer.body)).not.toContain('Later')
  for (const at of [undefined, new Date(Date.now() + 7_200_000).toISOString()]) {
    const wish = await owner('POST', `/digests/${digest}/dispatch`, { at })
    expect(wish.status).toBe(at ? 202 : 409)
    expect(JSON.stringify(wish.body)).not.toContain('Later')
  }
  const test = await owner('POST', `/digests/${digest}/tests`, { to: 'out@example.org' })
  expect(test.status).toBe(409)
  expect(JSON.stringify(test.body)).not.toContain('Later')
})
