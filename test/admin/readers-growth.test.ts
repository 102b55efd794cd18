import { expect, test } from 'vitest'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { countReaderDays, readerPeriods } from '../../src/store/reader-days.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { services, raw } = here
const { db } = services
await updatePublication(db, { name: 'The Ledger', timeZone: 'Pacific/Auckland' })
const [owner, writer] = [await signInAs(here, 'owner'), await signInAs(here, 'writer')]
const morning = (await addNewsletter(db, { slug: 'morning', name: 'Morning' }))!.id
const week = (await addNewsletter(db, { slug: 'week', name: 'The Week' }))!.id

/** A subscription that began, and perhaps ended, so many hours ago. */
async function subscribe(name: string, newsletterId: number, began: number, ended?: number) {
  const address = `${name}@example.com`
  await raw`insert into subscribers (address, address_key) values (${address}, ${address}) on conflict do nothing`
  await raw`insert into subscriptions (subscriber_id, newsletter_id, consent_id, since, state, end_reason, ended_at)
    select id, ${newsletterId}, 1, now() - ${began}::float8 * interval '1 hour',
      ${ended === undefined ? 'active' : 'ended'}::subscription_state, ${ended === undefined ? null : 'left'}::end_reason,
      now() - ${ended ?? null}::float8 * interval '1 hour'
    from subscribers where address_key = ${address}`
}
await subscribe('ana', morning, 10 * 24)
await subscribe('ana', week, 5 * 24)
await subscribe('ben', morning, 10 * 24, 5 * 24)
await subscribe('cleo', week, 10 * 24, 5 * 24)
// A second after that, lest the two moments be one.
await subscribe('cleo', morning, 5 * 24 - 1 / 3600)

const days = (newsletterId: number) => readerPeriods(db, { newsletterId, step: 'day' })
const sum = (rows: { joined: number; gone: number }[]) => ({
  joined: rows.reduce((total, row) => total + row.joined, 0),
  gone: rows.reduce((total, row) => total + row.gone, 0),
})

test('what the subscriptions tell is counted by day, of each newsletter and of any', async () => {
  await countReaderDays(db)
  expect(await days(morning)).toHaveLength(11)
  expect(sum(await days(morning))).toEqual({ joined: 3, gone: 1 })
  expect((await days(morning)).map(day => day.active)).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2])
  expect((await days(week)).map(day => day.active)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
  // Cleo left the one before she joined the other: that moment she read none.
  expect(sum(await days(0))).toEqual({ joined: 4, gone: 2 })
})

test('a day is one of the publication’s zone', async () => {
  const [now] = await raw`select (now() at time zone 'Pacific/Auckland')::date::text as day`
  expect((await days(0)).at(-1)!.from).toBe(now!.day)
})

test('a repeat changes nothing but corrects today and yesterday; older days stay as they were', async () => {
  const before = await days(morning)
  await countReaderDays(db)
  expect(await days(morning)).toEqual(before)
  await subscribe('dora', morning, 0)
  await raw`delete from subscribers where address_key = 'ben@example.com'`
  await countReaderDays(db)
  const after = await days(morning)
  expect(after.slice(0, -2)).toEqual(before.slice(0, -2))
  expect(after.at(-1)).toMatchObject({ joined: 1, active: 3 })
  await raw`update subscriptions set state = 'ended', end_reason = 'left', ended_at = now()
    where subscriber_id = (select id from subscribers where address_key = 'dora@example.com')`
  await countReaderDays(db)
  expect((await days(morning)).at(-1)).toMatchObject({ joined: 1, gone: 1, active: 2 })
})

test('two that count at once count once', async () => {
  await Promise.all([countReaderDays(db), countReaderDays(db), countReaderDays(db)])
  expect((await days(morning)).at(-1)).toMatchObject({ joined: 1, gone: 1, active: 2 })
})

test('days that nobody counted, since nothing ran, are made up for', async () => {
  await raw`delete from reader_days where day > (select max(day) - 4 from reader_days)`
  await countReaderDays(db)
  expect(await days(morning)).toHaveLength(11)
  expect((await days(morning)).at(-1)).toMatchObject({ joined: 1, gone: 1, active: 2 })
})

test('writers see a chart that tells itself, and the same numbers in a table', async () => {
  const page = await (await writer.get('/admin/readers/growth?newsletter=morning')).text()
  expect(page).toMatch(/<svg[^>]*role="img"[^>]*aria-labelledby="growth-title growth-text"/)
  expect(page).toContain('<title id="growth-title">Readers of Morning</title>')
  expect(page).toMatch(/<desc id="growth-text">From [^<]+ the number of readers went from 0 to 2: /)
  // Drawn for a wide screen and for a narrow one.
  expect(page.match(/<rect class="growth-joined"/g)).toHaveLength(22)
  expect(page.match(/<tr><th scope="row"/g)).toHaveLength(11)
  expect(page).not.toMatch(/NaN|undefined|style="/)
  expect(page.replaceAll(writer.address, '')).not.toContain('@example.com')
})

test('any range and step, and nonsense, is answered; a newsletter without readers too', async () => {
  await addNewsletter(db, { slug: 'none', name: 'None' })
  for (const query of [
    '',
    '?range=quarter&by=week',
    '?range=year&by=month',
    '?range=all',
    '?range=all&by=day',
    '?range=constructor',
    '?by=x&newsletter=nope',
    '?newsletter=none',
  ]) {
    const answer = await owner.get(`/admin/readers/growth${query}`)
    expect([query, answer.status]).toEqual([query, 200])
    expect(await answer.text()).not.toMatch(/NaN|undefined/)
  }
})
