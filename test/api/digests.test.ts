import { describe, expect, test } from 'vitest'
import { createKey } from '../../src/actions/create-key.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'

const here = await openTestApp()
const owner = await clientOf(here, 'owner')
const editor = await clientOf(here, 'editor')
const writer = await clientOf(here, 'writer')

await owner('POST', '/newsletters', { slug: 'daily', name: 'Daily' })
await owner('POST', '/newsletters', { slug: 'weekly', name: 'Weekly' })
const article = (
  await writer('POST', '/articles', {
    title: 'A story',
    url: 'https://example.com/a',
    standfirst: 'In short.',
  })
).body
const paid = (
  await writer('POST', '/articles', {
    title: 'A paper',
    url: 'https://example.com/p',
    kind: 'partner',
    sponsor: 'Northwind Ltd',
  })
).body

const text = (more: object = {}) => ({
  subject: 'Today',
  preheader: 'What matters',
  newsletters: ['weekly', 'daily'],
  blocks: [
    { type: 'heading', text: 'News' },
    { type: 'article', articleId: article.id },
    { type: 'text', markdown: 'Hello **there**' },
    { type: 'seeAlso', articleIds: [article.id] },
    { type: 'partner', articleId: paid.id, sponsor: 'Northwind Ltd' },
    { type: 'button', text: 'More', url: 'https://example.com/more' },
    { type: 'divider' },
  ],
  ...more,
})

const created = async (more: object = {}) => (await writer('POST', '/digests', text(more))).body

describe('writing', () => {
  test('a digest comes back as it was sent, with its id at the top', async () => {
    const answer = await writer('POST', '/digests', text())
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({ ...text(), state: 'draft', at: null })
    expect((await writer('GET', `/digests/${answer.body.id}`)).body).toEqual(answer.body)
  })

  test('a change leaves what it does not name', async () => {
    const { id, revision } = await created()
    const changed = await writer('PATCH', `/digests/${id}`, { subject: 'Tomorrow', revision })
    expect(changed.body).toMatchObject({
      subject: 'Tomorrow',
      preheader: 'What matters',
      newsletters: ['weekly', 'daily'],
      revision: revision + 1,
    })
    expect((await writer('PATCH', `/digests/${id}`, { subject: 'Late', revision })).status).toBe(409)
  })

  test.each([
    ['a line break in the subject', { subject: 'One\r\nBcc: all@example.com' }, '/subject'],
    ['a subject without end', { subject: 'x'.repeat(1000) }, '/subject'],
    ['a newsletter that is not there', { newsletters: ['nightly'] }, '/newsletters/0'],
    ['a newsletter twice', { newsletters: ['daily', 'daily'] }, '/newsletters'],
    [
      'a story that is not there',
      { blocks: [{ type: 'article', articleId: 999_999 }] },
      '/blocks/0/articleId',
    ],
    [
      'a button that runs something',
      { blocks: [{ type: 'button', text: 'Go', url: 'javascript:alert(1)' }] },
      '/blocks/0/url',
    ],
    [
      'a paid block without its sponsor',
      { blocks: [{ type: 'partner', articleId: 1 }] },
      '/blocks/0/sponsor',
    ],
    ['a block of no kind', { blocks: [{ type: 'script' }] }, '/blocks/0/type'],
  ])('%s is refused at its place', async (_, more, pointer) => {
    const answer = await writer('POST', '/digests', text(more))
    expect(answer.status).toBe(422)
    expect(answer.type).toContain('application/problem+json')
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
  })

  test('what is no JSON, or no object, is refused as a problem', async () => {
    for (const body of ['{"subject":', '[]', '"text"', 'null']) {
      const answer = await writer('POST', '/digests', body)
      expect([400, 422], body).toContain(answer.status)
      expect(answer.type, body).toContain('application/problem+json')
    }
  })

  test('a body of 20 MB is refused', async () => {
    const answer = await writer('POST', '/digests', text({ subject: 'x'.repeat(20_000_000) }))
    expect(answer.status).toBe(413)
  })

  test('the preview is the document itself, and runs nothing', async () => {
    const { id } = await created({ subject: '<script>alert(1)</script> {{ 7 }}' })
    const html = await writer('GET', `/digests/${id}/preview?format=html`)
    expect(html.headers.get('content-security-policy')).toMatch(/^sandbox/)
    expect(html.body).toContain('A story')
    expect(html.body).not.toContain('<script>')
    expect((await writer('GET', `/digests/${id}/preview?format=text`)).body).toContain(
      'Advertisement · Northwind Ltd',
    )
    expect((await writer('GET', `/digests/${id}/preview?format=pdf`)).status).toBe(422)
  })

  test('lists are paged by the last id', async () => {
    const first = (await writer('GET', '/digests?limit=2')).body
    expect(first.items).toHaveLength(2)
    const second = (await writer('GET', first.next.replace('/api/v1', ''))).body
    expect(second.items[0].id).toBeLessThan(first.items[1].id)
  })

  test('a draft is deleted, and a repeat answers the same', async () => {
    const { id } = await created()
    expect((await editor('DELETE', `/digests/${id}`)).status).toBe(204)
    expect((await editor('DELETE', `/digests/${id}`)).status).toBe(204)
    expect((await writer('GET', `/digests/${id}`)).status).toBe(404)
  })
})

describe('sending', () => {
  test('a draft counts nothing', async () => {
    const { id } = await created()
    expect((await writer('GET', `/digests/${id}/balance`)).body).toMatchObject({
      state: 'draft',
      intended: 0,
      pending: 0,
    })
  })

  test('a dispatch answers the same however often it is asked for', async () => {
    const { id } = await created()
    const answers = await Promise.all([1, 2, 3].map(() => editor('POST', `/digests/${id}/dispatch`, {})))
    expect(answers.map(answer => answer.status)).toEqual([202, 202, 202])
    expect(new Set(answers.map(answer => answer.body.at)).size).toBe(1)
    expect(answers[0]!.body.warnings.map((warning: { code: string }) => warning.code)).toContain('no-readers')
    expect((await editor('POST', `/digests/${id}/dispatch`)).status).toBe(202)
  })

  test('another time for a scheduled one is a conflict, and after cancelling it is a draft again', async () => {
    const { id } = await created()
    const [at, other] = [new Date(Date.now() + 86_400_000), new Date(Date.now() + 2 * 86_400_000)].map(time =>
      time.toISOString(),
    )
    expect((await editor('POST', `/digests/${id}/dispatch`, { at })).body).toMatchObject({
      id,
      state: 'scheduled',
      at,
    })
    const conflict = await editor('POST', `/digests/${id}/dispatch`, { at: other })
    expect(conflict.status).toBe(409)
    expect(conflict.body.dispatch).toMatchObject({ id, at })
    expect((await writer('PATCH', `/digests/${id}`, { subject: 'Still open' })).status).toBe(200)
    expect((await editor('POST', `/digests/${id}/cancel`)).body).toMatchObject({ id, state: 'draft' })
    expect((await editor('POST', `/digests/${id}/dispatch`, { at: other })).status).toBe(202)
  })

  test('a time by each reader’s own clock is instead of a moment, and is told as it was asked for', async () => {
    const { id } = await created()
    const localTime = '2999-06-22T06:30'
    for (const body of [
      { localTime: 'noon' },
      { localTime: '2999-02-30T06:30' },
      { localTime, at: '2999-06-22T06:30:00Z' },
    ])
      expect((await editor('POST', `/digests/${id}/dispatch`, body)).status).toBe(422)
    for (let time = 0; time < 2; time++) {
      const answer = await editor('POST', `/digests/${id}/dispatch`, { localTime })
      // Where the day begins first.
      const told = { state: 'scheduled', localTime, at: '2999-06-21T16:30:00.000Z' }
      expect([answer.status, answer.body]).toMatchObject([202, told])
    }
    expect((await editor('POST', `/digests/${id}/dispatch`, { localTime: '2999-06-22T06:31' })).status).toBe(
      409,
    )
  })

  test('who of the readers gets it is a part of the digest, checked as the rest', async () => {
    const { id } = await created()
    const audience = [
      { kind: 'tag', tag: 'VIP' },
      { kind: 'newsletter', newsletter: 'weekly', is: false },
    ]
    const saved = await writer('PATCH', `/digests/${id}`, { audience })
    expect(saved.body.audience).toEqual([
      { kind: 'tag', tag: 'vip', is: true },
      { kind: 'newsletter', newsletter: 'weekly', is: false },
    ])
    const wrong = await writer('PATCH', `/digests/${id}`, { audience: [{ kind: 'mood', is: true }] })
    expect(wrong.status).toBe(422)
  })

  test('breaking news is told when it is dispatched; a repeat changes nothing, and the answer is the same', async () => {
    const isBreaking = async (id: number) =>
      (await here.raw`select breaking from dispatches where digest_id = ${id}`)[0]!.breaking
    const [first, second] = [await created(), await created()]
    const answer = await editor('POST', `/digests/${first.id}/dispatch`, { breaking: true })
    expect(Object.keys(answer.body)).toEqual(['id', 'state', 'at', 'warnings'])
    expect(await isBreaking(first.id)).toBe(true)
    await editor('POST', `/digests/${second.id}/dispatch`, {})
    expect((await editor('POST', `/digests/${second.id}/dispatch`, { breaking: true })).status).toBe(202)
    expect(await isBreaking(second.id)).toBe(false)
    const wrong = await editor('POST', `/digests/${(await created()).id}/dispatch`, { breaking: 'yes' })
    expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([422, '/breaking'])
    const { paths } = (await writer('GET', '/openapi.json')).body
    const body = paths['/digests/{id}/dispatch'].post.requestBody.content['application/json'].schema
    expect(JSON.stringify(body)).toContain('breaking')
  })

  test('a dispatch without a body means now; a body that is no JSON is refused, not taken for none', async () => {
    const dispatch = async (init: RequestInit) => {
      const { id } = await created()
      const { key } = await createKey(here.services, { name: 'curl', role: 'editor' })
      const response = await here.request(`/api/v1/digests/${id}/dispatch`, {
        ...init,
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, ...init.headers },
      })
      return { status: response.status, state: (await editor('GET', `/digests/${id}/balance`)).body.state }
    }
    const asJson = { 'content-type': 'application/json' }
    expect(await dispatch({ headers: asJson })).toEqual({ status: 202, state: 'scheduled' })
    const at = JSON.stringify({ at: new Date(Date.now() + 86_400_000).toISOString() })
    expect(await dispatch({ body: new URLSearchParams(at) })).toEqual({ status: 422, state: 'draft' })
    expect(await dispatch({ body: at })).toEqual({ status: 422, state: 'draft' })
  })

  test('a digest of paid stories alone may go out', async () => {
    const { id } = await created({
      blocks: [{ type: 'partner', articleId: paid.id, sponsor: 'Northwind Ltd' }],
    })
    expect((await editor('POST', `/digests/${id}/dispatch`, {})).status).toBe(202)
  })

  test('a digest that is deleted before its time is not sent', async () => {
    const { id } = await created()
    await editor('POST', `/digests/${id}/dispatch`, { at: new Date(Date.now() + 86_400_000).toISOString() })
    expect((await editor('DELETE', `/digests/${id}`)).status).toBe(204)
    expect(await here.raw`select from dispatches where digest_id = ${id}`).toHaveLength(0)
  })

  test('what can’t be sent says why', async () => {
    const { id } = await created({ subject: '', newsletters: [], blocks: [] })
    const answer = await editor('POST', `/digests/${id}/dispatch`, {})
    expect(answer.status).toBe(409)
    expect(answer.body.errors.map((error: { code: string }) => error.code).toSorted()).toEqual([
      'no-article',
      'no-newsletters',
      'no-subject',
    ])
    expect((await editor('POST', `/digests/${id}/dispatch`, { at: 'tomorrow' })).status).toBe(422)
    expect((await editor('POST', `/digests/${id}/pause`)).status).toBe(409)
  })

  test('a test goes to an address, and to nothing else', async () => {
    const { id } = await created()
    expect((await writer('POST', `/digests/${id}/tests`, { to: 'me@example.com' })).body).toEqual({
      id,
      to: 'me@example.com',
    })
    expect((await writer('POST', `/digests/${id}/tests`, { to: 'me' })).body.errors[0].pointer).toBe('/to')
    expect((await writer('POST', `/digests/${id}/tests`)).status).toBe(422)
  })
})
