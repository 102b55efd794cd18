import { expect, test } from 'vitest'
import { addArticle, findArticle, updateArticle } from '../../src/store/articles.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { foundTheLedger, publish } from '../site/publication.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { db } = here.services
await foundTheLedger(here.services)
const edition = await publish(here.services, { subject: 'IBM leaves' })
await updatePublication(db, { timeZone: 'Europe/Berlin' })
const writer = await signInAs(here, 'writer')
const api = await clientOf(here, 'writer')
const year = new Date().getFullYear() + 1
const url = 'https://example.com/merger'

test('an embargo is set in the publication’s time, shown, and lifted again', async () => {
  const fields = { title: 'A merger', url, kind: 'editorial', publishedAt: '2026-03-01T06:30' }
  const saved = await writer.post('/admin/stories', { ...fields, embargoUntil: `${year}-07-01T06:00` })
  const id = Number(/stories\/(\d+)/.exec(saved.headers.get('location')!)![1])
  expect((await findArticle(db, id))?.embargoUntil).toEqual(new Date(`${year}-07-01T04:00:00Z`))
  const form = await (await writer.get(`/admin/stories/${id}`)).text()
  expect(form).toContain(`value="${year}-07-01T06:00"`)
  expect(form).toContain('Time of Europe/Berlin.')
  const list = await (await writer.get('/admin/stories')).text()
  expect(list).toMatch(new RegExp(`Embargo until \\w{3} 1 July ${year}, 06:00`))
  const wrong = await writer.post(`/admin/stories/${id}`, { ...fields, embargoUntil: `${year}-02-31T06:00` })
  expect(wrong.status).toBe(422)
  const again = await wrong.text()
  expect(again).toMatch(/name="embargoUntil"[^>]*aria-invalid="true"/)
  expect(again).toContain(`value="${year}-02-31T06:00"`)
  await writer.post(`/admin/stories/${id}`, { ...fields, publishedAt: '', embargoUntil: '' })
  expect(await findArticle(db, id)).toMatchObject({ embargoUntil: null, publishedAt: null })
})

test('the API keeps its texts back until then, and lets nobody guess them', async () => {
  const embargoUntil = `${year}-07-01T06:00:00.000Z`
  const words = {
    title: 'Northwind buys Contoso',
    standfirst: 'For 3 billion.',
    section: 'Deals',
    byline: 'Ana Ruiz',
    note: 'Exclusive.',
    imageUrl: 'https://example.com/handshake.jpg',
    imageAlt: 'A handshake',
    imageCredit: 'Ben Okafor',
    publishedAt: '2026-03-01T06:30:00Z',
  }
  const { body: made, status } = await api('POST', '/articles', { ...words, url, embargoUntil })
  expect([status, made.embargoUntil]).toEqual([201, embargoUntil])
  const one = (await api('GET', `/articles/${made.id}`)).body
  expect(one).toMatchObject({ id: made.id, url, embargoUntil, title: '', standfirst: '', imageUrl: null })
  const { items } = (await api('GET', '/articles')).body
  const again = (await api('POST', '/articles', { url })).body
  for (const shown of [one, items.find((item: { id: number }) => item.id === made.id), again])
    for (const word of Object.values(words)) expect(JSON.stringify(shown)).not.toContain(word)
  for (const search of ['Northwind buys', 'billion', 'Deals'])
    expect((await api('GET', `/articles?search=${encodeURIComponent(search)}`)).body.items).toEqual([])
  await updateArticle(db, made.id, { embargoUntil: new Date(Date.now() - 1000) })
  expect((await api('GET', `/articles/${made.id}`)).body).toMatchObject({
    title: words.title,
    byline: words.byline,
  })
  expect((await api('GET', '/articles?search=billion')).body.items).toHaveLength(1)
})

test.each(['tomorrow', '2026-07-01T06:00', '2026-07-01', 5])(
  '%j is no moment for the API',
  async embargoUntil => {
    const { status, body } = await api('POST', '/articles', { title: 'x', url, embargoUntil })
    expect(status).toBe(422)
    expect(body.errors[0].pointer).toBe('/embargoUntil')
  },
)

test('the description of the API says so', async () => {
  const { body } = await api('GET', '/openapi.json')
  expect(JSON.stringify(body.paths['/api/v1/articles'] ?? body.paths['/articles'])).toContain('embargoUntil')
  expect(JSON.stringify(body)).toContain('whose `embargoUntil` is still to come')
})

test('the feed of editions leaves out what came under embargo later', async () => {
  const feed = async () => (await here.request('/archive/morning-brief/feed.xml')).text()
  const heading = '&lt;h3&gt;&lt;a href=&quot;https://ledger.example/ibm'
  const before = await feed()
  expect(before).toContain(heading)
  await here.raw`update articles set embargo_until = now() + interval '1 hour'`
  const after = await feed()
  expect(after).toContain(`/archive/morning-brief/${edition}`)
  expect(after).not.toContain(heading)
})

test('a form that leaves the embargo as it was does not move it', async () => {
  const until = '2031-10-26T01:30:45.000Z'
  const article = await addArticle(db, {
    title: 'Held back',
    url: 'https://example.com/held',
    embargoUntil: new Date(until),
  })
  // The second 02:30 of that night.
  const fields = { title: 'Held back', url: 'https://example.com/held', embargoUntil: '2031-10-26T02:30' }
  await writer.post(`/admin/stories/${article.id}`, fields)
  expect((await findArticle(db, article.id))?.embargoUntil?.toISOString()).toBe(until)
})
