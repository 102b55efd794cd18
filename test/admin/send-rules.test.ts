import { expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { addArticle } from '../../src/store/articles.ts'
import { addDigest } from '../../src/store/digests.ts'
import { findDispatchOf } from '../../src/store/dispatches.ts'
import { listMailDomains } from '../../src/store/mail-domains.ts'
import { addNewsletter, findNewsletter } from '../../src/store/newsletters.ts'
import { readPublication } from '../../src/store/publication.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { db } = here.services
const owner = await signInAs(here, 'owner')
const page = '/admin/settings/delivery'
const read = async (path: string) => (await owner.get(path)).text()
const domain = async (name: string) => (await listMailDomains(db)).find(one => one.domain === name)

test('an owner limits a domain as it is typed, changes the limit, and takes it away', async () => {
  expect(await read(page)).toContain('gmail.com')
  await owner.post(`${page}/domains`, { domain: ' Bücher.Example ', connections: '3', perMinute: '' })
  expect(await domain('xn--bcher-kva.example')).toMatchObject({ connections: 3, perMinute: null })
  await owner.post(`${page}/domains`, { domain: '@xn--bcher-kva.example', connections: '', perMinute: '90' })
  expect(await domain('xn--bcher-kva.example')).toMatchObject({ connections: null, perMinute: 90 })
  await owner.post(`${page}/domains/xn--bcher-kva.example/remove`)
  expect(await domain('xn--bcher-kva.example')).toBeUndefined()
})

test.each([
  [{ domain: 'no domain', connections: '1', perMinute: '' }, 'This is not a domain such as example.com.'],
  [{ domain: 'a.example', connections: '0', perMinute: '' }, 'This is a whole number from 1 to 1000.'],
  [{ domain: 'a.example', connections: '', perMinute: 'many' }, 'This is a whole number from 1 to 100000.'],
])('a limit that can’t be is refused at its field, and comes back as typed: %o', async (fields, words) => {
  const answer = await owner.post(`${page}/domains`, fields)
  expect(answer.status).toBe(422)
  const html = await answer.text()
  expect(html).toContain(words)
  for (const typed of Object.values(fields).filter(Boolean)) expect(html).toContain(`value="${typed}"`)
  expect(await domain('a.example')).toBeUndefined()
})

test('a paused domain shows until when, why, and no address; an owner ends the pause', async () => {
  await here.raw`insert into mail_domains (domain, paused_until, pause_reason, pause_reply, strikes)
    values ('busy.example', now() + interval '1 hour', 'slow-down', '421 too many for ana@busy.example', 2)`
  const html = await read(page)
  expect(html).toMatch(/Paused until \d\d:\d\d/)
  expect(html).toContain('421 too many for …')
  expect(html).not.toContain('ana@busy.example')
  await owner.post(`${page}/domains/busy.example/unpause`)
  expect(await domain('busy.example')).toBeUndefined()
})

test('an owner sets when a digest stops by itself, and how long the ledger is kept; /privacy says so', async () => {
  const rules = { failureShare: '10', failureLeast: '50', unknownPolicy: 'hold', ledgerDays: '30' }
  expect((await owner.post(`${page}/rules`, rules)).status).toBe(303)
  expect(await readPublication(db)).toMatchObject({
    failureShare: 10,
    failureLeast: 50,
    unknownPolicy: 'hold',
    ledgerDays: 30,
  })
  expect(await (await here.app.request('/privacy')).text()).toContain('kept for 30 days')
  const refused = await owner.post(`${page}/rules`, { ...rules, failureShare: '101' })
  expect([refused.status, (await refused.text()).includes('from 1 to 100.')]).toEqual([422, true])
})

test('a newsletter has both times or none, by page and by API', async () => {
  const made = await addNewsletter(db, { slug: 'evening', name: 'Evening', timeZone: 'Europe/Berlin' })
  const path = `/admin/newsletters/${made!.id}`
  const fields = { name: 'Evening', cadence: 'daily', language: 'en', timeZone: 'Europe/Berlin' }
  const rest = { description: '', schedule: '', senderName: '', senderAddress: '', replyTo: '' }
  const half = await owner.post(path, { ...fields, ...rest, sendsFrom: '22:00', sendsUntil: '' })
  expect(half.status).toBe(422)
  expect(await half.text()).toContain('Give both times, and two different ones, or none.')
  expect(
    (await owner.post(path, { ...fields, ...rest, sendsFrom: '22:00', sendsUntil: '05:30' })).status,
  ).toBe(303)
  expect(await findNewsletter(db, 'evening')).toMatchObject({ sendsFrom: '22:00:00', sendsUntil: '05:30:00' })
  expect(await read(path)).toMatch(/value="22:00"/)

  const api = await clientOf(here, 'owner')
  const wish = { slug: 'noon', name: 'Noon', sendsFrom: '11:30', sendsUntil: '13:00' }
  expect((await api('POST', '/newsletters', wish)).body).toMatchObject({
    sendsFrom: '11:30',
    sendsUntil: '13:00',
  })
  for (const sendsUntil of ['11:30', null, '25:00'])
    expect((await api('POST', '/newsletters', { ...wish, slug: 'other', sendsUntil })).status).toBe(422)
})

test('breaking is asked for on the page, by the API and in the code alike', async () => {
  const newsletter = await addNewsletter(db, { slug: 'brief', name: 'Brief' })
  const article = await addArticle(db, { title: 'A story', url: 'https://example.com/a' })
  const draft = () =>
    addDigest(db, {
      subject: 'Now',
      preheader: 'x',
      blocks: [{ type: 'article', articleId: article.id }],
      newsletterIds: [newsletter!.id],
    })
  const [one, two, three, four] = [await draft(), await draft(), await draft(), await draft()]
  expect(await read(`/admin/digests/${one}/send`)).toContain('Breaking news')
  await owner.post(`/admin/digests/${one}/send`, { breaking: 'on' })
  await owner.post(`/admin/digests/${two}/send`)
  const api = await clientOf(here, 'editor')
  expect((await api('POST', `/digests/${three}/dispatch`, { breaking: true })).status).toBe(202)
  await dispatchDigest(here.services, four, { breaking: true })
  const breaking = await Promise.all(
    [one, two, three, four].map(async id => (await findDispatchOf(db, id))?.breaking),
  )
  expect(breaking).toEqual([true, false, true, true])
})
