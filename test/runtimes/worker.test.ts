import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKey } from '../../src/actions/create-key.ts'
import { addArticle } from '../../src/store/articles.ts'
import { openDatabase } from '../../src/store/client.ts'
import { addDigest } from '../../src/store/digests.ts'
import { addNewsletter, findNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { signUps } from '../../src/store/schema/readers.ts'
import { freshDatabase } from '../support/database.ts'
import { type RunningWorker, startWorker } from '../support/worker.ts'

let worker: RunningWorker
let database: Awaited<ReturnType<typeof freshDatabase>>
let store: ReturnType<typeof openDatabase>

beforeAll(async () => {
  database = await freshDatabase()
  store = openDatabase(database.url)
  await updatePublication(store.db, { name: 'The Ledger' })
  await addNewsletter(store.db, { slug: 'morning-brief', name: 'Morning Brief' })
  worker = await startWorker(database.url, {
    SECRET_KEY: 'a secret for the tests of the runtimes',
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
  const { key } = await createKey(store, { name: 'the test', role: 'writer' })
  const preview = await fetch(`${worker.url}/api/v1/digests/${id}/preview?format=html`, {
    headers: { authorization: `Bearer ${key}` },
  })
  const html = await preview.text()
  expect(preview.status, html).toBe(200)
  expect(html).toContain('<strong>Good</strong> morning')
  expect(html).toMatch(/<h2[^>]*><a href="https:\/\/ledger.example\/ibm"/)
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
