import { beforeEach, expect, test } from 'vitest'
import { createKeyring } from '../../src/domain/keys.ts'
import { signToken } from '../../src/domain/tokens.ts'
import { countAudience } from '../../src/store/audience.ts'
import { createApp } from '../../src/web/app.ts'
import {
  eventsOf,
  everyRow,
  join,
  letPass,
  newsletterId,
  openLedger,
  press,
  readerId,
  subscriptionsOf,
  token,
  words,
} from './readers.ts'

const room = await openLedger()
const { raw, request, post, services } = room
const ids = {
  brief: await newsletterId(room, 'morning-brief'),
  leadership: await newsletterId(room, 'leadership'),
  papers: await newsletterId(room, 'white-papers'),
}

let count = 0
let address: string
let reader: number
beforeEach(async () => {
  address = `reader${++count}@example.com`
  await letPass(room, '1 hour')
  await join(room, address, { newsletters: ['morning-brief', 'leadership'] })
  reader = await readerId(room, address)
})

const link = (newsletters: number[], dispatch = 7) =>
  `/unsubscribe/${token(room, { purpose: 'unsubscribe', subscriber: reader, newsletters, dispatch })}`
const oneClick = { 'List-Unsubscribe': 'One-Click' }

test.each(['urlencoded', 'multipart'])(
  'one click, %s: 200, no cookie, no Location, again the same',
  async how => {
    const body = () => {
      if (how === 'urlencoded') return new URLSearchParams(oneClick)
      const form = new FormData()
      form.append('List-Unsubscribe', 'One-Click')
      return form
    }
    for (let time = 0; time < 2; time++) {
      const answer = await request(link([ids.brief]), { method: 'POST', body: body() })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('location')).toBeNull()
      expect(answer.headers.get('set-cookie')).toBeNull()
      expect(answer.headers.get('content-type')).toContain('text/plain')
      expect(await answer.text()).toBe('You have left. Nothing else is to do.')
      expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'ended', leadership: 'active' })
    }
    expect(await eventsOf(room, address)).toEqual(['asked', 'confirmed', 'left'])
    const [row] =
      await raw`select end_reason from subscriptions where subscriber_id = ${reader} and state = 'ended'`
    expect(row!.end_reason).toBe('one_click')
    const [event] = await raw`select * from consents where subscriber_id = ${reader} and kind = 'left'`
    expect(event).toMatchObject({ form: 'one-click', wording_version: 'one-click/en/1', dispatch_id: '7' })
  },
)

test('one click by a link for several newsletters ends all that the reader has', async () => {
  await post(link([ids.brief, ids.leadership, ids.papers]), oneClick)
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'ended', leadership: 'ended' })
  const theirs = await raw`select 1 from subscriptions where subscriber_id = ${reader} and state = 'active'`
  expect(theirs).toEqual([])
})

test('a reader who left is in nobody’s audience', async () => {
  const before = await countAudience(services.db, { newsletterIds: [ids.brief, ids.leadership] })
  await post(link([ids.brief, ids.leadership]), oneClick)
  expect(await countAudience(services.db, { newsletterIds: [ids.brief, ids.leadership] })).toBe(before - 1)
})

test('the page masks the address, lists what ends, and lets some be kept', async () => {
  const path = link([ids.brief, ids.leadership])
  const before = await everyRow(room)
  const answer = await request(path)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  const html = await answer.text()
  expect(html).not.toContain(address)
  expect(words(html)).toContain('r•••@e•••.com')
  expect(words(html)).toContain('Morning Brief and Leadership')
  expect(html).not.toContain('checked')
  expect(await everyRow(room)).toBe(before)
  const left = await press(room, path, { page: '1', keep: String(ids.leadership) })
  expect(left.status).toBe(200)
  const page = words(await left.text())
  expect(page).toContain('You have left Morning Brief')
  expect(page).toContain('You keep Leadership.')
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'ended', leadership: 'active' })
})

test('keeping all of them changes nothing, and says so', async () => {
  const keep = [String(ids.brief), String(ids.leadership)]
  const answer = await press(room, link([ids.brief, ids.leadership]), { page: '1', keep })
  expect(words(await answer.text())).toContain('Nothing was changed')
  expect(await eventsOf(room, address)).toEqual(['asked', 'confirmed'])
})

test('undo, for 24 hours, brings back just what this link ended, as it was, with a new consent', async () => {
  await raw`update subscriptions set paused_until = now() + interval '9 days'
    where subscriber_id = ${reader} and newsletter_id = ${ids.brief}`
  const before = await raw`select newsletter_id, since, paused_until from subscriptions
    where subscriber_id = ${reader} order by 1`
  await post(link([ids.leadership], 3), oneClick)
  const path = link([ids.brief, ids.leadership])
  await press(room, path, { page: '1' })
  const page = await request(path)
  expect(words(await page.text())).toContain('take Morning Brief (Weekdays, 6:30) from The Ledger back')
  const undone = await post(`${path}/undo`, {})
  expect(undone.status).toBe(200)
  expect(words(await undone.text())).toContain('You are back')
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'active', leadership: 'ended' })
  expect(await eventsOf(room, address)).toEqual(['asked', 'confirmed', 'left', 'left', 'undone'])
  const [, after] = [
    before,
    await raw`select newsletter_id, since, paused_until from subscriptions
    where subscriber_id = ${reader} order by 1`,
  ]
  expect(after[0]).toEqual(before[0])
  const again = await post(`${path}/undo`, {})
  expect(words(await again.text())).toContain('There is nothing to undo')
})

test('undo is over after 24 hours', async () => {
  const path = link([ids.brief])
  await post(path, oneClick)
  await letPass(room, '25 hours')
  expect(await (await request(path)).text()).not.toContain('/undo')
  await post(`${path}/undo`, {})
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'ended', leadership: 'active' })
})

test('the question why may be answered once, and is kept with the proof', async () => {
  const path = link([ids.brief])
  await press(room, path, { page: '1' })
  const empty = await post(`${path}/reason`, { words: 'x' })
  expect(empty.status).toBe(422)
  expect(words(await empty.text())).toContain('Please choose one of these.')
  const answer = await post(`${path}/reason`, { reason: 'too_often', words: 'Twice\r\na day <b>' })
  expect(words(await answer.text())).toContain('Thank you')
  await post(`${path}/reason`, { reason: 'other' })
  const rows = await raw`select reason from consents where subscriber_id = ${reader} and kind = 'reason'`
  expect(rows.map(row => row.reason)).toEqual(['too_often: Twice a day <b>'])
})

test('a reason without a leaving is not kept', async () => {
  await post(`${link([ids.brief])}/reason`, { reason: 'other', words: 'spam' })
  expect(await eventsOf(room, address)).toEqual(['asked', 'confirmed'])
})

test('the link works when digest, dispatch and newsletter are gone, and after an erasure', async () => {
  await raw`insert into newsletters (slug, name) values (${`gone${count}`}, 'Gone')`
  const gone = await newsletterId(room, `gone${count}`)
  await raw`delete from newsletters where id = ${gone}`
  const path = link([gone, ids.brief], 999_999)
  expect((await request(path)).status).toBe(200)
  expect((await post(path, oneClick)).status).toBe(200)
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'ended', leadership: 'active' })
  const only = link([gone])
  expect(words(await (await request(only)).text())).toContain('You have left')
  expect((await post(only, oneClick)).status).toBe(200)
  await raw`delete from subscribers where id = ${reader}`
  for (const again of [path, only]) {
    expect((await request(again)).status).toBe(200)
    expect((await post(again, oneClick)).status).toBe(200)
    expect((await post(again, { page: '1' })).status).toBe(200)
    expect((await post(`${again}/undo`, {})).status).toBe(200)
    expect((await post(`${again}/reason`, { reason: 'other' })).status).toBe(200)
  }
})

test('the link works after a new first key', async () => {
  const path = link([ids.brief])
  const keys = createKeyring([
    { version: 2, secret: 'a newer secret for tests only' },
    { version: 1, secret: 'a secret for tests only' },
  ])
  const rotated = createApp(() => ({ ...services, keys }))
  const answer = await rotated.request(path, { method: 'POST', body: new URLSearchParams(oneClick) }, {})
  expect(answer.status).toBe(200)
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'ended', leadership: 'active' })
  const strange = createKeyring([{ version: 1, secret: 'another secret altogether' }])
  const made = signToken(strange, {
    purpose: 'unsubscribe',
    subscriber: reader,
    newsletters: [ids.leadership],
  })
  expect((await post(`/unsubscribe/${made}`, oneClick)).status).toBe(404)
})

test('cut, changed and foreign links change nothing and say so', async () => {
  const path = link([ids.brief])
  const other = path.replace(`.${reader}.`, `.${reader + 1}.`)
  const before = await everyRow(room)
  for (const bad of [path.slice(0, -3), other, '/unsubscribe/x', `/unsubscribe/${'9'.repeat(3000)}`]) {
    const click = await post(bad, oneClick)
    expect(click.status).toBe(404)
    expect(click.headers.get('content-type')).toContain('text/plain')
    const page = await request(bad)
    expect(page.status).toBe(404)
    expect(await page.text()).toContain('action="/preferences"')
    expect((await post(bad, { page: '1' })).status).toBe(404)
    expect((await post(`${bad}/undo`, {})).status).toBe(404)
  }
  const manage = token(room, { purpose: 'manage', subscriber: reader })
  expect((await post(`/unsubscribe/${manage}`, oneClick)).status).toBe(404)
  expect(await (await request(`/unsubscribe/${manage}`)).text()).toContain(`href="/preferences/${manage}"`)
  expect(await everyRow(room)).toBe(before)
})

test('ten clicks at once: one leaving', async () => {
  const path = link([ids.brief, ids.leadership])
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(path, oneClick)))
  expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([200]))
  expect(await eventsOf(room, address)).toEqual(['asked', 'confirmed', 'left'])
})

test('the page speaks the newsletter’s language', async () => {
  await raw`update newsletters set language = 'de' where id = ${ids.leadership}`
  const html = await (await request(link([ids.leadership]))).text()
  expect(html).toContain('<html lang="de">')
  expect(words(html)).toContain('Leadership abbestellen?')
  await raw`update newsletters set language = 'en' where id = ${ids.leadership}`
})
