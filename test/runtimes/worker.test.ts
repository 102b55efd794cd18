import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeyring } from '../../src/domain/keys.ts'
import { signToken } from '../../src/domain/tokens.ts'
import { addApiKey } from '../../src/store/api-keys.ts'
import { addArticle } from '../../src/store/articles.ts'
import { listClicks } from '../../src/store/clicks.ts'
import { openDatabase } from '../../src/store/client.ts'
import { addSentStories } from '../../src/store/digest-links.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { addEditor } from '../../src/store/editors.ts'
import { addNewsletter, findNewsletter, updateNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { signUps } from '../../src/store/schema/readers.ts'
import { startSession } from '../../src/store/sessions.ts'
import { authenticator } from '../support/authenticator.ts'
import { freshDatabase } from '../support/database.ts'
import {
  avifOf,
  gifOf,
  jpegOf,
  photo,
  pngOf,
  pngOfPixels,
  quarters,
  webpOf,
} from '../support/picture-files.ts'
import { cookieOf } from '../support/sign-in-links.ts'
import { until } from '../support/until.ts'
import { type RunningWorker, startWorker } from '../support/worker.ts'

const secret = 'a secret for the tests of the runtimes'
const keys = createKeyring([{ version: 1, secret }])

let worker: RunningWorker
let database: Awaited<ReturnType<typeof freshDatabase>>
let store: ReturnType<typeof openDatabase>

beforeAll(async () => {
  database = await freshDatabase()
  store = openDatabase(database.url)
  await updatePublication(store.db, { name: 'The Ledger' })
  await addNewsletter(store.db, { slug: 'morning-brief', name: 'Morning Brief' })
  worker = await startWorker(database.url, {
    SECRET_KEY: secret,
    SMTP_URL: 'smtp://127.0.0.1:9',
  })
})

afterAll(async () => {
  await worker?.stop()
  await store.close()
  await database.drop()
})

test.each([
  '/',
  '/subscribe',
  '/subscribe?newsletter=morning-brief',
  '/embed/morning-brief',
  '/archive',
  '/privacy',
])('workerd answers %s with the publication’s page', async path => {
  const response = await fetch(worker.url + path)
  const page = await response.text()
  expect(response.status, page.slice(0, 500)).toBe(200)
  expect(page).toContain('The Ledger')
})

test('a sign-up in workerd writes its row', async () => {
  const body = new URLSearchParams({ email: 'ana@example.com', newsletter: 'morning-brief' })
  const response = await fetch(`${worker.url}/subscribe`, { method: 'POST', body })
  expect(response.status).toBe(200)
  const rows = await store.db.select({ address: signUps.address, state: signUps.state }).from(signUps)
  expect(rows).toEqual([{ address: 'ana@example.com', state: 'waiting' }])
})

test('the pages of a token answer a forged one politely', async () => {
  for (const path of [
    '/confirm/1.c.1.AAAAAAAAAAAAAAAAAAAAAA',
    '/unsubscribe/1.u.1.1.AAAAAAAAAAAAAAAAAAAAAA',
  ]) {
    const response = await fetch(worker.url + path)
    expect(response.status, path).toBe(404)
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  }
})

test('the probes answer: it lives, the database is there, no migration is pending', async () => {
  for (const path of ['/livez', '/readyz']) {
    const response = await fetch(worker.url + path)
    expect([response.status, await response.text()], path).toEqual([200, 'ok\n'])
  }
})

test('the API describes itself, refuses strangers and answers a key', async () => {
  const document = await (await fetch(`${worker.url}/api/v1/openapi.json`)).json()
  expect(Object.keys((document as { paths: object }).paths)).toContain('/newsletters')
  const newsletters = `${worker.url}/api/v1/newsletters`
  const refused = await fetch(newsletters)
  expect(refused.status).toBe(401)
  expect(refused.headers.get('content-type')).toBe('application/problem+json')
  const { key } = await addApiKey(store.db, { name: 'the list', role: 'writer' })
  const answer = await fetch(newsletters, { headers: { authorization: `Bearer ${key}` } })
  expect(await answer.json()).toMatchObject({ items: [{ slug: 'morning-brief' }], next: null })
})

test('the workspace leads strangers to the sign-in, and exports to an owner while reading the database', async () => {
  const address = 'owner@example.com'
  const owner = await addEditor(store.db, {
    address,
    addressKey: address,
    name: '',
    role: 'owner',
    language: 'en',
  })
  const stranger = await fetch(`${worker.url}/admin`)
  expect(stranger.url).toContain('/admin/sign-in')
  expect(await stranger.text()).toContain('name="email"')

  await store.db.execute(sql`
    insert into subscribers (address, address_key)
    select n || '@example.com', n || '@example.com' from generate_series(1, 6000) n`)
  const cookie = `broadsheet=${await startSession(store.db, owner!.id)}`
  const file = await fetch(`${worker.url}/admin/readers/export`, {
    method: 'POST',
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
  })
  expect(file.status).toBe(200)
  expect((await file.text()).trim().split('\n')).toHaveLength(6001)
})

test('a passkey signs in, in workerd', async () => {
  const address = 'pat@example.com'
  const editor = await addEditor(store.db, { address, addressKey: address, name: 'Pat', role: 'writer' })
  const device = await authenticator(store.db, editor!.id)
  const asked = await fetch(`${worker.url}/admin/sign-in/passkey`)
  const { challenge, rpId } = (await asked.json()) as { challenge: string; rpId: string }
  const enter = (credential: string) =>
    fetch(`${worker.url}/admin/sign-in/passkey`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ credential }),
      headers: { cookie: cookieOf(asked), 'sec-fetch-site': 'same-origin' },
    })
  const forged = device.answer({ challenge, rpId, origin: 'https://evil.example' })
  expect((await enter(forged)).status).toBe(422)
  const entered = await enter(device.answer({ challenge, rpId, origin: worker.publicUrl }))
  expect([entered.status, entered.headers.get('location')]).toEqual([303, '/admin'])
})

test('a newsletter’s own template is bounded, checked, kept and shown in workerd', async () => {
  const editor = await addEditor(store.db, {
    address: 'tess@ledger.example',
    addressKey: 'tess@ledger.example',
    name: 'Tess',
    role: 'editor',
  })
  const cookie = `broadsheet=${await startSession(store.db, editor!.id)}`
  const path = `${worker.url}/admin/newsletters/morning-brief/template`
  const post = (template: string) =>
    fetch(path, {
      method: 'POST',
      body: new URLSearchParams({ template }),
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
      redirect: 'manual',
    })
  const refused = await post('<mjml>{% for i in (1..1000000000) %}x{% endfor %}</mjml>')
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('Line 1')
  const shown = await (await fetch(`${path}?from=broadsheet`, { headers: { cookie } })).text()
  const start = /<textarea[^>]*>\n([\s\S]*?)<\/textarea>/.exec(shown)![1]!
  const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }
  const source = start.replace(/&(lt|gt|quot|#39|amp);/g, (_, name) => entities[name]!)
  const saved = await post(source.replace('{{ words.why }}', 'Set by hand. {{ words.why }}'))
  expect(saved.status, await saved.text()).toBe(303)
  const sample = await (await fetch(`${path}/sample`, { headers: { cookie } })).text()
  expect(sample).toContain('Set by hand.')
  await updateNewsletter(store.db, (await findNewsletter(store.db, 'morning-brief'))!.id, { template: null })
})

test('a digest is compiled in workerd', async () => {
  const { id: articleId } = await addArticle(store.db, {
    title: 'IBM leaves facial recognition',
    url: 'https://ledger.example/ibm',
  })
  const newsletter = await findNewsletter(store.db, 'morning-brief')
  const id = await addDigest(store.db, {
    subject: 'IBM leaves',
    preheader: '',
    newsletterIds: [newsletter!.id],
    blocks: [
      { type: 'text', markdown: '**Good** morning' },
      { type: 'article', articleId },
    ],
  })
  const { key } = await addApiKey(store.db, { name: 'the preview', role: 'writer' })
  const preview = await fetch(`${worker.url}/api/v1/digests/${id}/preview?format=html`, {
    headers: { authorization: `Bearer ${key}` },
  })
  const html = await preview.text()
  expect(preview.status, html).toBe(200)
  expect(html).toContain('<strong>Good</strong> morning')
  expect(html).toMatch(/<h2[^>]*><a href="https:\/\/ledger.example\/ibm"/)
})

test('links of stories are followed in workerd, and each counted though its answer is out', async () => {
  await updatePublication(store.db, { correctableLinks: true, countClicks: true })
  const text = { subject: 'Links', preheader: '', newsletterIds: [], blocks: [] }
  const digest = await addDigest(store.db, text)
  const story = { articleId: 1, title: 'x', standfirst: '', url: 'https://ledger.example/ibm?a=1' }
  await addSentStories(store.db, digest, [{ ...story, correctable: true, counted: true }])
  const link = signToken(keys, { purpose: 'link', digest, article: 1 })
  for (let at = 0; at < 20; at++) {
    const response = await fetch(`${worker.url}/l/${link}`, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([302, story.url])
  }
  await until('20 clicks', async () => (await listClicks(store.db, digest))[0]?.clicks === 20)
})

test('a picture is taken in there, whatever it is made of, and served', { timeout: 60_000 }, async () => {
  const { key } = await addApiKey(store.db, { name: 'the pictures', role: 'writer' })
  const post = async (body: Uint8Array) => {
    const response = await fetch(`${worker.url}/api/v1/pictures`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: new Uint8Array(body),
    })
    return { status: response.status, body: await response.json() }
  }
  const large = photo(1300, 650)
  for (const [file, type, width] of [
    [await jpegOf(large), 'image/jpeg', 1200],
    [await webpOf(photo(300, 200)), 'image/jpeg', 300],
    [await avifOf(photo(300, 200)), 'image/jpeg', 300],
    [pngOfPixels(quarters(60, 40)), 'image/png', 60],
    [gifOf(4, 4, [[220, 20, 20]], [Array.from({ length: 16 }, () => 0)]), 'image/png', 4],
  ] as const) {
    const { status, body } = await post(file)
    expect([status, body]).toMatchObject([201, { width }])
    const served = await fetch((body as { url: string }).url)
    expect([served.status, served.headers.get('content-type')]).toEqual([200, type])
    const octets = (await served.arrayBuffer()).byteLength
    expect(octets).toBeGreaterThan(50)
    // From the edge now.
    const again = await fetch((body as { url: string }).url)
    expect([
      again.status,
      again.headers.get('cache-control'),
      (await again.arrayBuffer()).byteLength,
    ]).toEqual([200, 'public, max-age=31536000, immutable', octets])
  }
  expect((await post(Buffer.from('<svg/>'))).status).toBe(422)
  expect((await post((await jpegOf(large)).subarray(0, 5000))).status).toBe(422)
  const limits = await post(pngOf({ width: 3000, height: 2100, bits: 1, kind: 'grey' }, Buffer.alloc(0)))
  expect(JSON.stringify(limits.body)).toContain('At most 6 million')
})

test('the platform serves the style sheet, the fonts and the icon, the Worker the publication’s colour', async () => {
  const page = await (await fetch(worker.url)).text()
  const addresses = [...page.matchAll(/href="(\/assets\/[^"]+)"/g)].map(match => match[1]!)
  expect(addresses).toHaveLength(5)
  for (const address of addresses) {
    const response = await fetch(worker.url + address.replaceAll('&amp;', '&'))
    expect(response.status, address).toBe(200)
    expect(response.headers.get('cache-control'), address).toContain('immutable')
  }
})
