import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addDigest } from '../../src/store/digest-texts.ts'
import { removeDigest } from '../../src/store/digests.ts'
import { findNewsletter, updateNewsletter } from '../../src/store/newsletters.ts'
import { dispatches } from '../../src/store/schema/sending.ts'
import { openTestApp } from '../support/app.ts'
import { foundTheLedger, publish } from './publication.ts'

async function openLedger() {
  const site = await openTestApp()
  await foundTheLedger(site.services)
  const read = async (path: string) => {
    const response = await site.request(path)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  return { ...site, db: site.services.db, read }
}

test('an edition is the mail that went out, with nobody’s links in it', async () => {
  const { services, read } = await openLedger()
  const id = await publish(services, { subject: 'IBM leaves facial recognition' })
  const { status, headers, text } = await read(`/archive/morning-brief/${id}`)
  expect(status).toBe(200)
  expect(text).toContain('asks for a national dialogue')
  expect(text).toContain('Advertisement · Northwind Ltd')
  expect(text).toContain('href="http://localhost:3000/preferences"')
  expect(text).not.toMatch(/\/unsubscribe\/|\/preferences\/./)
  expect(text).toContain('<a href="/archive/morning-brief">')
  expect(headers.get('content-security-policy')).toMatch(/^sandbox .*default-src 'none'/)
})

test('the archive lists what began to go out, and nothing else', async () => {
  const { services, db, read } = await openLedger()
  const sent = await publish(services, { subject: 'It went out' })
  const cancelled = await publish(services, { subject: 'Stopped on the way' })
  await db.update(dispatches).set({ state: 'cancelled' }).where(eq(dispatches.digestId, cancelled))
  const hidden = await publish(services, { subject: 'Taken back' })
  expect(await removeDigest(db, hidden)).toBe('hidden')
  const newsletter = await findNewsletter(db, 'morning-brief')
  const text = { preheader: '', blocks: [], newsletterIds: [newsletter!.id] }
  const draft = await addDigest(db, { ...text, subject: 'Still a draft' })
  const scheduled = await addDigest(db, { ...text, subject: 'For tomorrow' })
  await db
    .insert(dispatches)
    .values({ digestId: scheduled, state: 'scheduled', transport: 'mailbox', dueAt: new Date() })
  for (const path of [
    '/',
    '/archive/morning-brief',
    '/archive/morning-brief/feed.xml',
    '/archive/feed.xml',
  ]) {
    const { text } = await read(path)
    expect(text, path).toContain('It went out')
    expect(text, path).toContain('Stopped on the way')
    expect(text, path).not.toMatch(/Taken back|Still a draft|For tomorrow/)
  }
  const statuses = await Promise.all(
    [sent, cancelled, hidden, draft, scheduled].map(
      async id => (await read(`/archive/morning-brief/${id}`)).status,
    ),
  )
  expect(statuses).toEqual([200, 200, 404, 404, 404])
})

test('what went to a newsletter without a public archive is read nowhere', async () => {
  const { services, db, read } = await openLedger()
  const id = await publish(services, { subject: 'For members', newsletters: ['leadership'] })
  const { id: newsletter } = (await findNewsletter(db, 'leadership'))!
  await updateNewsletter(db, newsletter, { archivePublic: false })
  for (const path of ['/archive/leadership', `/archive/leadership/${id}`, '/archive/leadership/feed.xml'])
    expect((await read(path)).status, path).toBe(404)
  for (const path of ['/', '/archive', '/archive/feed.xml'])
    expect((await read(path)).text, path).not.toContain('For members')
})

test('an edition for two newsletters stands in both archives, and once on the front page', async () => {
  const { services, read } = await openLedger()
  const id = await publish(services, { subject: 'For both', newsletters: ['leadership', 'morning-brief'] })
  expect((await read(`/archive/leadership/${id}`)).text).toContain('Leadership')
  expect((await read(`/archive/morning-brief/${id}`)).status).toBe(200)
  expect((await read(`/archive/white-papers/${id}`)).status).toBe(404)
  const front = (await read('/')).text
  expect(front.match(/For both/g)).toHaveLength(1)
  expect(front).toContain(`/archive/leadership/${id}`)
})

test('a link from an old mail works after the newsletter got another slug', async () => {
  const { services, db, read } = await openLedger()
  const id = await publish(services, { subject: 'Before the new name' })
  const { id: newsletter } = (await findNewsletter(db, 'morning-brief'))!
  await updateNewsletter(db, newsletter, { slug: 'first-light' })
  expect((await read(`/archive/morning-brief/${id}`)).status).toBe(200)
  expect((await read(`/archive/first-light/${id}`)).status).toBe(200)
})

test('older editions are a page further', async () => {
  const { services, read } = await openLedger()
  for (let day = 1; day <= 31; day++)
    await publish(services, { subject: `Edition ${day}.`, startedAt: new Date(Date.UTC(2026, 0, day)) })
  const first = (await read('/archive/morning-brief')).text
  expect(first).toContain('Edition 2.')
  expect(first).not.toContain('Edition 1.')
  const older = /<a rel="next" href="([^"]+)"/.exec(first)![1]!
  const second = (await read(older)).text
  expect(second).toContain('Edition 1.')
  expect(second).not.toContain('Edition 2.')
  expect((await read('/archive')).text).toContain('31 editions')
})

test('no such newsletter, no such edition: a page that leads on', async () => {
  const { services, read } = await openLedger()
  await publish(services, { subject: 'It went out' })
  const none = await read('/archive/evening-brief')
  expect(none.status).toBe(404)
  expect(none.text).toContain('href="/subscribe?newsletter=morning-brief"')
  for (const id of ['999', '0', '-1', '1e3', 'x', '99999999999999999999']) {
    const { status, text } = await read(`/archive/morning-brief/${id}`)
    expect([id, status]).toEqual([id, 404])
    expect(text).toContain('href="/archive/morning-brief"')
  }
})
