import { expect, test } from 'vitest'
import { signToken } from '../../src/domain/tokens.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'
import { addReaders, draftDigest, openNewsletters, startNow } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { raw, services, request } = here
const room = { ...here, smtpUrl: '' }
const [morning] = await openNewsletters(room, 'morning')
await updatePublication(services.db, { timeZone: 'Europe/London' })
await addReaders(raw, 4812, [morning!])
const writer = await signInAs(here, 'writer')

/** A digest that was sent in 300 s: 4,800 taken, 9 refused, 3 suppressed. */
async function finished() {
  const digest = await draftDigest(room, [morning!])
  const dispatch = await startNow(room, digest)
  await raw`update dispatches set state = 'finished', started_at = '2026-03-12T06:10:00Z', finished_at = '2026-03-12T06:15:00Z',
    intended = 4812, sent = 4800, failed = 9, suppressed = 3, pending = 0 where id = ${dispatch}`
  return { digest, dispatch, path: `/admin/digests/${digest}` }
}

async function leaveBy(dispatch: number, subscriber: number) {
  const token = signToken(services.keys, {
    purpose: 'unsubscribe',
    subscriber,
    newsletters: [morning!],
    dispatch,
  })
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
  expect((await request(`/unsubscribe/${token}`, { method: 'POST', body })).status).toBe(200)
  return token
}

test('the page says in words and numbers what came of it, and how fast', async () => {
  const { path } = await finished()
  const page = await (await writer.get(path)).text()
  expect(page).toContain('Delivered to 4,800 of 4,812 readers in 5 min, 16 messages a second.')
  expect(page).toContain('Nobody left by its link.')
  expect(page).toMatch(/data-head="Share">99.8%/)
  expect(page).toMatch(/data-head="Share">&lt; 0.1%/)
})

test('of what took a moment no pace is told', async () => {
  const { dispatch, path } = await finished()
  await raw`update dispatches set finished_at = started_at + interval '0.2 seconds' where id = ${dispatch}`
  expect(await (await writer.get(path)).text()).toContain('of 4,812 readers in 1 s. ')
})

test('who left by its link is counted, once, unless they took it back', async () => {
  const { dispatch, path, digest } = await finished()
  const ids = (await raw`select id::int from subscribers order by id limit 3`).map(row => row.id as number)
  for (const id of [...ids, ids[0]!]) await leaveBy(dispatch, id)
  const token = await leaveBy(dispatch, ids[1]!)
  expect(await (await writer.get(path)).text()).toContain('3 readers left by its link.')
  expect((await request(`/unsubscribe/${token}/undo`, { method: 'POST' })).status).toBe(200)
  const results = await (await clientOf(here, 'writer'))('GET', `/digests/${digest}/results`)
  expect(results.body.left).toBe(2)
})

test('without counting there is no chart and no column of clicks', async () => {
  const { path } = await finished()
  const page = await (await writer.get(path)).text()
  expect(page).not.toMatch(/<svg|Links followed/)
  expect(page).toContain('IBM leaves facial recognition')
})

test('where it was counted, a chart by the hour and a table by the story', async () => {
  await updatePublication(services.db, { correctableLinks: true, countClicks: true })
  const { digest, path } = await finished()
  expect(await (await writer.get(path)).text()).toContain('No link has been followed yet.')
  const [story] = await raw`select article_id from sent_stories where digest_id = ${digest}`
  await raw`insert into link_clicks values (${digest}, ${story!.article_id}, '2026-03-12T06:00Z', 1200),
    (${digest}, ${story!.article_id}, '2026-03-12T09:00Z', 34)`
  const page = await (await writer.get(path)).text()
  expect(page).toContain(
    'aria-label="1,234 clicks on the links of all stories, most of them in the hour from 06:00: 1,200."',
  )
  expect(page).toMatch(/data-head="Clicks">1,234/)
  expect(page).toContain('Scanners of mail programs follow links too')
  const numbers = [.../d="([^"]+)"/g[Symbol.matchAll](page)].flatMap(
    ([, path]) => path!.match(/-?[\d.]+/g) ?? [],
  )
  expect(numbers.length).toBeGreaterThan(10)
  expect(numbers.every(one => Number.isFinite(Number(one)))).toBe(true)
  await updatePublication(services.db, { correctableLinks: false, countClicks: false })
  expect(await (await writer.get(path)).text()).toMatch(/data-head="Clicks">1,234/)
})

test('where links were followed later than the chart shows, it names no hour', async () => {
  await updatePublication(services.db, { correctableLinks: true, countClicks: true })
  const { digest, path } = await finished()
  await updatePublication(services.db, { correctableLinks: false, countClicks: false })
  const [story] = await raw`select article_id from sent_stories where digest_id = ${digest}`
  await raw`insert into link_clicks values (${digest}, ${story!.article_id}, '2026-03-20T06:00Z', 5)`
  expect(await (await writer.get(path)).text()).toContain(
    'aria-label="5 clicks on the links of all stories."',
  )
})

test('what has ended has no page to cancel it', async () => {
  const editor = await signInAs(here, 'editor')
  const { dispatch, path } = await finished()
  for (const state of ['finished', 'cancelled']) {
    await raw`update dispatches set state = ${state} where id = ${dispatch}`
    expect((await editor.get(`${path}/cancel`)).headers.get('location')).toBe(path)
  }
  await raw`update dispatches set state = 'sending', finished_at = null where id = ${dispatch}`
  expect(await (await editor.get(`${path}/cancel`)).text()).toContain('Cancel this digest for good?')
})

test('no time has gone by where the database’s clock is ahead of ours', async () => {
  const { digest, dispatch } = await finished()
  await raw`update dispatches set state = 'sending', started_at = now() + interval '1 hour', finished_at = null where id = ${dispatch}`
  const results = await (await clientOf(here, 'writer'))('GET', `/digests/${digest}/results`)
  expect(results.body).toMatchObject({ seconds: 0, perSecond: 0 })
})

test('a program reads the same, corrects and withdraws', async () => {
  const [reads, acts] = [await clientOf(here, 'writer'), await clientOf(here, 'editor')]
  const draft = await draftDigest(room, [morning!])
  expect((await reads('GET', `/digests/${draft}/results`)).status).toBe(409)
  expect((await reads('GET', '/digests/999999/results')).status).toBe(404)
  const { digest } = await finished()
  const before = (await reads('GET', `/digests/${digest}/results`)).body
  expect(before).toMatchObject({
    id: digest,
    state: 'finished',
    intended: 4812,
    delivered: 4800,
    failed: 9,
    suppressed: 3,
    seconds: 300,
    withdrawn: null,
    links: [{ title: 'IBM leaves facial recognition', url: 'https://news.example/ibm', clicks: null }],
    corrections: [],
  })
  const { articleId } = before.links[0]
  const correct = (body: object) => acts('POST', `/digests/${digest}/corrections`, body)
  const refused = await correct({ articleId, url: 'data:text/html,x', note: '' })
  expect(refused.status).toBe(422)
  expect(refused.body.errors.map((one: { pointer: string }) => one.pointer)).toEqual(['/url', '/note'])
  expect((await correct({ articleId: 999_999, note: 'x' })).status).toBe(422)
  expect((await correct({ articleId, url: 'https://news.example/right', note: 'Wrong link.' })).status).toBe(
    201,
  )
  const withdraw = (reason: string) => acts('POST', `/digests/${digest}/withdraw`, { reason })
  expect((await withdraw('')).status).toBe(422)
  expect((await acts('POST', `/digests/${draft}/withdraw`, { reason: 'x' })).status).toBe(409)
  const first = await withdraw('A wrong name.')
  expect(first).toMatchObject({ status: 200, body: { id: digest, reason: 'A wrong name.' } })
  expect((await withdraw('Another.')).body).toEqual(first.body)
  expect((await reads('GET', `/digests/${digest}/results`)).body).toMatchObject({
    withdrawn: { reason: 'A wrong name.' },
    links: [{ articleId, url: 'https://news.example/right' }],
    corrections: [{ articleId, note: 'Wrong link.', by: 'editor' }],
  })
})
