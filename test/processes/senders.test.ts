import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, inject, test } from 'vitest'
import { addArticle } from '../../src/store/articles.ts'
import { openDatabase, openRaw } from '../../src/store/client.ts'
import { openEmbedded } from '../../src/store/embedded/open.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { startMailServer } from '../support/mail-server.ts'
import { freePort, runBroadsheet, startProcess, startServer } from '../support/server.ts'
import { until } from '../support/until.ts'

// Several processes on one embedded database: whoever may send does, once; whoever only catches mail keeps off.

const dataDir = mkdtempSync(join(inject('runFolder'), 'senders-'))
const readers = 150
const embedded = await openEmbedded({ dataDir })
const { db, close } = openDatabase(embedded.url, { connections: 1 })
const raw = openRaw(embedded.url, { connections: 1 })
afterAll(async () => {
  await Promise.all([close(), raw.end()])
  await embedded.close()
})

test('a digest goes through three senders to each reader once, and past the one that only catches mail', async () => {
  const mail = await startMailServer()
  const smtp = { SMTP_URL: mail.url }
  const server = await startServer({ dataDir, env: smtp })
  expect(server.output()).not.toContain('A sample publication')
  const [catcher, ...senders] = await Promise.all([
    startProcess(['deliver'], { DATA_DIR: dataDir }, 'Delivering what is for the mailbox'),
    startProcess(['deliver'], { DATA_DIR: dataDir, ...smtp }, 'Delivering what goes by SMTP'),
    startProcess(['deliver'], { DATA_DIR: dataDir, ...smtp }, 'Delivering what goes by SMTP'),
  ])

  const brief = await addNewsletter(db, { slug: 'brief', name: 'Brief' })
  const { id: articleId } = await addArticle(db, { title: 'A story', url: 'https://example.com/a' })
  await raw`with r as (
      insert into subscribers (address, address_key) select a, a
      from (select 'r' || n || '@example.com' from generate_series(1, ${readers}::int) n) as r(a) returning id
    ) insert into subscriptions (subscriber_id, newsletter_id, consent_id) select id, ${brief!.id}, 1 from r`
  await raw`update publication set sender_address = 'news@example.com'`
  const file = join(dataDir, 'digest.json')
  const digest = { subject: 'Today', newsletters: ['brief'], blocks: [{ type: 'article', articleId }] }
  writeFileSync(file, JSON.stringify(digest))
  const run = (...args: string[]) => runBroadsheet(args, { DATA_DIR: dataDir, ...smtp })
  const { id } = JSON.parse((await run('digests', 'create', file, '--json')).stdout)
  expect((await run('digests', 'send', String(id))).stdout).toContain(
    'A serve or deliver with SMTP_URL sends it.',
  )
  const body = new URLSearchParams({ email: 'ana@example.com', newsletter: 'brief' })
  expect((await fetch(`${server.url}/subscribe`, { method: 'POST', body })).status).toBe(200)

  await until('all of them', async () => {
    const [row] = await raw`select state from dispatches`
    return row?.state === 'finished' && mail.received.some(one => one.to.includes('ana@example.com'))
  })
  const to = mail.received.flatMap(one => one.to)
  expect(new Set(to).size).toBe(readers + 1)
  expect(to).toHaveLength(readers + 1)
  expect(await raw`select from mailbox_messages`).toHaveLength(0)

  expect(await Promise.all([server, catcher, ...senders].map(one => one.stop('SIGINT')))).toEqual([
    0, 0, 0, 0,
  ])
})

test('a mail server that is away at a sign-up: the same page, and the mail by itself when it is back', async () => {
  const port = await freePort()
  const server = await startServer({ dataDir, env: { SMTP_URL: `smtp://127.0.0.1:${port}` } })
  const signUp = async (email: string) => {
    const body = new URLSearchParams({ email, newsletter: 'brief' })
    const page = await fetch(`${server.url}/subscribe`, { method: 'POST', body })
    return [page.status, (await page.text()).replaceAll(email, '…')]
  }
  const page = await signUp('ben@example.com')
  expect(page[0]).toBe(200)
  await until(
    'the first try',
    () => server.output().includes('ECONNREFUSED') || server.output().includes('notice'),
  )
  const mail = await startMailServer({ port })
  await until('the mail', () => mail.received.find(one => one.to.includes('ben@example.com')))
  expect(await signUp('cleo@example.com')).toEqual(page)
  expect(await server.stop()).toBe(0)
})
