import { expect, test } from 'vitest'
import { signToken } from '../../src/domain/tokens.ts'
import { findNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { join, readerId } from '../reader/readers.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'
import { foundTheLedger } from './publication.ts'

const room = await openTestApp()
await foundTheLedger(room.services)
const owner = await signInAs(room, 'owner')
const program = await clientOf(room, 'owner')
const digest = (await program('POST', '/digests', {})).body.id
await join(room, 'ana@example.com')
const subscriber = await readerId(room, 'ana@example.com')

const lists = ['/admin/digests', '/admin/stories', '/admin/readers', '/admin/readers/sign-ups']
const hostileNumbers = ['1e999', '-1', '1.5', '0x10', '99999999999999999999', 'NaN', '%00']

test.each([...lists, '/admin/readers/suppressed', '/mailbox', '/archive/morning-brief'])(
  'a page of %s that no list has is the first',
  async path => {
    for (const before of hostileNumbers) {
      const answer = await owner.get(`${path}?before=${before}`)
      expect([before, answer.status]).toEqual([before, 200])
    }
  },
)

test.each([...lists, `/admin/digests/${digest}`, '/mailbox'])(
  'a search of %s for NUL is a search',
  async path => {
    expect((await owner.get(`${path}?q=a%00b`)).status).toBe(200)
  },
)

test.each([
  '/archive/%00',
  '/archive/%00/1',
  '/archive/%00/feed.xml',
  '/archive/morning-brief/99999999999999999999',
  '/embed/%00',
  '/subscribe?newsletter=%00',
  '/assets/%00',
  '/confirm/%00',
  '/admin/sign-in/%00',
  '/admin/digests/99999999999999999999',
  '/admin/stories/1e5',
  '/mailbox/999999999999999',
])('there is nothing at %s', async path => {
  expect((await owner.get(path)).status).toBe(404)
})

test('the pause of a reader is one that the page offers', async () => {
  const manage = signToken(room.services.keys, { purpose: 'manage', subscriber })
  const newsletter = String((await findNewsletter(room.services.db, 'morning-brief'))!.id)
  for (const span of ['toString', 'constructor', '__proto__'])
    expect((await room.post(`/preferences/${manage}`, { do: `pause-${span}`, newsletter })).status).toBe(422)
})

test('a step of the composing page that leads nowhere changes nothing', async () => {
  for (const act of [
    'add-story 1e999',
    'add-story -1',
    'add-story 1.5',
    'add constructor',
    'up 1e999',
    'remove -1',
  ])
    expect([act, (await owner.post(`/admin/digests/${digest}`, { act, revision: '1' })).status]).not.toEqual([
      act,
      500,
    ])
})

test.each([
  '/subscribe',
  '/preferences',
  '/admin/sign-in',
  '/admin/stories',
  `/admin/digests/${digest}`,
  '/admin/readers/import',
])('a cut multipart form sent to %s is answered as a form with faults', async path => {
  for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x']) {
    const answer = await room.request(path, {
      method: 'POST',
      headers: { 'content-type': type, 'sec-fetch-site': 'same-origin', cookie: owner.cookie },
      body: '--x\r\nContent-Disposition: form-data; name="email',
    })
    expect([type, answer.status < 500]).toEqual([type, true])
  }
})

const texts = ['a\0b', '\ud800', 'a\udc00b']
test.each([
  ['a text block', (text: string) => ({ blocks: [{ type: 'text', markdown: text }] })],
  ['a heading', (text: string) => ({ blocks: [{ type: 'heading', text }] })],
  ['a button', (text: string) => ({ blocks: [{ type: 'button', text, url: 'https://example.com' }] })],
  [
    'an address',
    (text: string) => ({ blocks: [{ type: 'button', text: 'a', url: `https://example.com/${text}` }] }),
  ],
  ['a subject', (text: string) => ({ subject: text })],
  ['a newsletter', (text: string) => ({ newsletters: [text] })],
])('NUL and half a character in %s of a digest are refused or mended', async (_, bodyOf) => {
  for (const text of texts) {
    const { status } = await program('POST', '/digests', bodyOf(text))
    expect([JSON.stringify(text), status < 500]).toEqual([JSON.stringify(text), true])
  }
})

test('so they are in stories and newsletters', async () => {
  const story = { title: 'A mill', url: 'https://example.com/' }
  for (const text of texts) {
    for (const field of [
      'title',
      'url',
      'standfirst',
      'section',
      'sponsor',
      'language',
      'publishedAt',
      'imageUrl',
    ])
      expect([
        field,
        text,
        (await program('POST', '/articles', { ...story, [field]: text })).status,
      ]).not.toEqual([field, text, 500])
    for (const field of [
      'name',
      'description',
      'schedule',
      'senderName',
      'senderAddress',
      'timeZone',
      'slug',
    ]) {
      const body = { slug: `n-${crypto.randomUUID()}`, name: 'N', [field]: text }
      expect([field, text, (await program('POST', '/newsletters', body)).status]).not.toEqual([
        field,
        text,
        500,
      ])
    }
  }
})

test.each(['0000-01-01T00:00:00Z', '0000-01-01', '9999-12-31T23:59:59-12:00', '0001-01-01T00:00:00+12:00'])(
  'a story published at %s is refused',
  async publishedAt => {
    const body = { title: 'A mill', url: 'https://example.com/', publishedAt }
    expect((await program('POST', '/articles', body)).status).toBe(422)
  },
)

test('a time that a story gives without a zone is UTC', async () => {
  const zone = process.env.TZ
  process.env.TZ = 'Asia/Tokyo'
  const body = { title: 'A mill', url: 'https://example.com/', publishedAt: '2026-07-01T06:30' }
  expect((await program('POST', '/articles', body)).body.publishedAt).toBe('2026-07-01T06:30:00.000Z')
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

test('nothing is sent at the end of time', async () => {
  const articleId = (await program('POST', '/articles', { title: 'A mill', url: 'https://example.com/' }))
    .body.id
  const text = { subject: 'x', newsletters: ['morning-brief'], blocks: [{ type: 'article', articleId }] }
  const { id } = (await program('POST', '/digests', text)).body
  await updatePublication(room.services.db, { timeZone: 'America/New_York' })
  for (const at of ['9999-12-31T23:59:59-12:00', '0000-01-01T00:00:00Z', '2026-07-01', '2030-07-01T06:30'])
    expect([at, (await program('POST', `/digests/${id}/dispatch`, { at })).status]).toEqual([at, 422])
  for (const at of ['9999-12-31T23:59', '0000-01-01T00:00', '0001-01-01T00:00'])
    expect([at, (await owner.post(`/admin/digests/${id}/schedule`, { at })).status]).toEqual([at, 422])
})

test.each([
  '/articles?search=%00',
  '/subscribers?newsletter=%00',
  '/subscribers?email=%00',
  '/mailbox/messages?to=%00',
  '/articles?after=1e999',
  '/signups?after=-1',
  '/subscribers?limit=0',
  '/subscribers?after=9999999999999999999',
  '/digests/1e999',
  '/digests/9007199254740993',
  '/subscribers/0x',
])('the API answers %s', async path => {
  expect((await program('GET', path)).status).toBeLessThan(500)
})

test('JSON that is nested deep, or names a prototype, is refused like any other', async () => {
  const deep = `{"blocks":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
  expect((await program('POST', '/digests', deep)).status).toBe(422)
  expect((await program('POST', '/subscriptions', deep)).status).toBe(422)
  expect((await program('POST', '/articles', '{"__proto__":{"url":"x"},"url":1}')).status).toBe(422)
})
