import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/store/client.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
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

test('the style sheet and the fonts are served', async () => {
  const page = await (await fetch(worker.url)).text()
  const sheet = /href="(\/assets\/[^"]+\.css[^"]*)"/.exec(page)?.[1]
  expect(sheet).toBeDefined()
  expect((await fetch(worker.url + sheet)).headers.get('content-type')).toContain('text/css')
})
