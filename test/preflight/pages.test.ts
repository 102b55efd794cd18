import { beforeAll, describe, expect, test } from 'vitest'
import { contentFindings } from '../../src/actions/preflight.ts'
import type { Block } from '../../src/domain/blocks.ts'
import { nodeFetcher } from '../../src/reading/node-fetcher.ts'
import { addArticle, updateArticle } from '../../src/store/articles.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { findDigest } from '../../src/store/digests.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { localSite } from '../reading/local-site.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { db } = here.services
const editor = await signInAs(here, 'editor')
let newsletter: number
let story: number

beforeAll(async () => {
  await updatePublication(db, { postalAddress: '12 Paper Lane', senderAddress: 'a@b.example' })
  newsletter = (await addNewsletter(db, { slug: 'daily', name: 'The Daily' }))!.id
  story = (await addArticle(db, { title: 'IBM leaves', url: 'https://ledger.example/ibm' })).id
})

const draft = async (blocks: Block[] = [], more: object = {}) =>
  addDigest(db, {
    subject: 'Today',
    preheader: 'What matters',
    blocks: [...blocks, { type: 'article', articleId: story }],
    newsletterIds: [newsletter],
    ...more,
  })

describe('the last page', () => {
  const seenOn = (html: string) => /name="seen" value="([^"]*)"/.exec(html)![1]!

  test('says each finding in words, with the way to its block', async () => {
    const id = await draft([{ type: 'heading', text: 'TK' }])
    const html = await (await editor.get(`/admin/digests/${id}/send`)).text()
    expect(html).toContain('tone-fix">Fix</span>')
    expect(html).toContain('“TK” stands where something was to be written yet.')
    expect(html).toContain(`<a href="/admin/digests/${id}#block-0">Block 1</a>`)
    expect(html).toContain('The Daily has no readers yet.')
    expect(html).not.toContain('formaction')
    const [composing] = [await (await editor.get(`/admin/digests/${id}`)).text()]
    expect(composing).toContain('id="block-0"')
    expect(composing).toContain('id="subject"')
  })

  test('sends with warnings that were seen, and asks for those that came since', async () => {
    const id = await draft()
    const path = `/admin/digests/${id}`
    const seen = seenOn(await (await editor.get(`${path}/send`)).text())
    await updateArticle(db, story, { imageUrl: 'https://ledger.example/a.png' })
    const asked = await editor.post(`${path}/send`, { seen, breaking: 'on' })
    const html = await asked.text()
    expect([asked.status, html]).toEqual([
      409,
      expect.stringContaining('something came up since you read this page'),
    ])
    expect(html).toContain('The picture of “IBM leaves” has no description')
    expect(html).toMatch(/id="breaking"[^>]* checked/)
    expect((await findDigest(db, id))!.state).toBe('draft')
    expect((await editor.post(`${path}/send`, { seen: seenOn(html) })).status).toBe(303)
    expect((await findDigest(db, id))!.state).toBe('scheduled')
    await updateArticle(db, story, { imageUrl: null })
  })

  test('a time is asked about as things stand then: outside of hours that hold now, within hours that do not', async () => {
    const clock = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16)
    const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
    const hours = [
      ['open-now', clock(-2), clock(2), clock(6)],
      ['closed-now', clock(4), clock(8), clock(6)],
    ] as const
    for (const [slug, sendsFrom, sendsUntil, at] of hours) {
      const made = await addNewsletter(db, { slug, name: slug, timeZone: 'UTC', sendsFrom, sendsUntil })
      const path = `/admin/digests/${await draft([], { newsletterIds: [made!.id] })}`
      const page = await (await editor.get(`${path}/send`)).text()
      const said = `${slug} goes out from ${sendsFrom} on`
      expect(page.includes(said)).toBe(slug === 'closed-now')
      const asked = await editor.post(`${path}/schedule`, { seen: seenOn(page), at: `${day}T${at}` })
      if (slug === 'closed-now') {
        expect(asked.status).toBe(303)
        continue
      }
      const html = await asked.text()
      expect([asked.status, html]).toEqual([409, expect.stringContaining(said)])
      expect(html).toContain(`value="${day}T${at}"`)
      const again = await editor.post(`${path}/schedule`, { seen: seenOn(html), at: `${day}T${at}` })
      expect(again.status).toBe(303)
    }
  })
})

test('the API names each finding by code and in a sentence', async () => {
  const api = await clientOf(here, 'editor')
  const refused = await api('POST', `/digests/${await draft([], { subject: '' })}/dispatch`)
  expect(refused.body.errors).toEqual([
    { code: 'no-subject', detail: 'It has no subject. Write one.', where: { field: 'subject' } },
  ])
  const sent = await api(
    'POST',
    `/digests/${await draft([
      { type: 'heading', text: 'A' },
      { type: 'heading', text: 'B' },
    ])}/dispatch`,
  )
  expect(sent.status).toBe(202)
  expect(sent.body.warnings).toEqual([
    { code: 'no-readers', detail: 'daily has no readers yet.', newsletter: 'daily' },
    {
      code: 'empty-section',
      detail: 'Nothing stands under “A”. Add a story, or remove the heading.',
      heading: 'A',
      where: { block: 0 },
    },
  ])
})

describe('the page of all checks', () => {
  test('shows at once what is known, and asks other servers only when it is pressed', async () => {
    const asked: string[] = []
    const site = await localSite({
      '/gone': (request, response) => {
        asked.push(request.method!)
        response.writeHead(410).end()
      },
    })
    const served = { ...here.services }
    here.services.fetcher = nodeFetcher({ allow: [site.hostPort], publicUrl: 'http://localhost' })
    const id = await draft([{ type: 'button', text: 'Go', url: `${site.url}/gone` }])
    const path = `/admin/digests/${id}/checks`
    const first = await (await editor.get(path)).text()
    expect(first).toContain('is linked without encryption')
    expect(first).toContain('Check them now')
    expect(asked).toEqual([])
    const whole = await (await editor.post(path)).text()
    expect(whole).toContain('is not there (410): readers would find an error.')
    expect(whole).toContain('The sender’s domain is not looked at: nothing leaves this machine.')
    expect(whole).toMatch(/^<!DOCTYPE html>/)
    expect(asked).toEqual(['HEAD', 'GET'])
    const part = await here.post(path, {}, { cookie: editor.cookie, 'hx-request': 'true' })
    expect(await part.text()).toMatch(/^<form id="slow-checks"[\s\S]*\(410\)/)
    here.services.fetcher = served.fetcher
  })

  test('of a digest that went out leads to what came of it', async () => {
    const id = await draft()
    await editor.post(`/admin/digests/${id}/send`)
    await here.raw`update dispatches set state = 'sending', started_at = now() where digest_id = ${id}`
    expect((await editor.get(`/admin/digests/${id}/checks`)).headers.get('location')).toBe(
      `/admin/digests/${id}`,
    )
    expect((await editor.get('/admin/digests/999999/checks')).status).toBe(404)
  })
})

test('the words of a digest as large as may be are looked at within seconds', async () => {
  const markdown = `${'{{ '.repeat(200)} ${'[a](b) '.repeat(1500)} ${'TK '.repeat(500)}`
  const id = await draft(Array.from({ length: 90 }, () => ({ type: 'text', markdown })))
  const digest = (await findDigest(db, id))!
  const began = performance.now()
  const found = await contentFindings(here.services, digest)
  expect(performance.now() - began).toBeLessThan(5000)
  expect(found.length).toBeGreaterThan(100)
})

test('while somebody composes, mails that differ in names alone are looked at once, and others each', async () => {
  const own =
    '<mjml><mj-body><mj-section><mj-column><mj-text>bare</mj-text></mj-column></mj-section></mj-body></mjml>'
  const ids: number[] = []
  for (const [slug, template] of [
    ['plain-one', null],
    ['plain-two', null],
    ['own', own],
  ] as const)
    ids.push((await addNewsletter(db, { slug, name: slug, template }))!.id)
  const id = await draft([], { newsletterIds: ids })
  const html = await (await editor.get(`/admin/digests/${id}`)).text()
  // A template that shows no story is refused, though it is the last of three.
  expect(html).toMatch(/id="checks">.*own/s)
  expect(html).toContain('tone-fix')
})
