import { expect, test } from 'vitest'
import { listNewsletters, moveNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { db } = here.services
await updatePublication(db, { language: 'de', timeZone: 'Europe/Berlin' })
const owner = await signInAs(here, 'owner')
const writer = await signInAs(here, 'writer')

const page = '/admin/newsletters'
const good = {
  name: 'Morning Brief',
  slug: '',
  description: 'Five stories before the first meeting.',
  cadence: 'weekdays',
  schedule: 'Weekdays, 6:30',
  senderName: '',
  senderAddress: '',
  replyTo: '',
  language: 'en',
  timeZone: 'Europe/London',
  archivePublic: 'on',
}
const named = async (name: string) => (await listNewsletters(db)).find(one => one.name === name)!

test('the empty page offers the first step, to those who may take it', async () => {
  expect(await (await owner.get(page)).text()).toContain('href="/admin/newsletters/new"')
  const others = await (await writer.get(page)).text()
  expect(others).toContain('An owner adds the first one.')
  expect(others).not.toContain('/admin/newsletters/new')
  const form = await (await owner.get(`${page}/new`)).text()
  expect(form).toMatch(/<option value="de" selected/)
  expect(form).toMatch(/<option value="Europe\/Berlin" selected/)
})

test('an owner adds one; its slug comes from the name and stays', async () => {
  const answer = await owner.post(page, { ...good, carriesAdvertising: 'on' })
  expect(answer.status).toBe(303)
  expect(await (await owner.get(answer.headers.get('location')!)).text()).toContain('Morning Brief is there')
  const made = await named('Morning Brief')
  expect(made).toMatchObject({
    slug: 'morning-brief',
    carriesAdvertising: true,
    archivePublic: true,
    senderName: null,
  })

  const { archivePublic: _unticked, ...ticked } = good
  const change = { ...ticked, name: 'Morning', slug: 'other', senderAddress: 'am@ledger.example' }
  expect((await owner.post(`${page}/${made.id}`, change)).status).toBe(303)
  expect(await named('Morning')).toMatchObject({
    slug: 'morning-brief',
    senderAddress: 'am@ledger.example',
    carriesAdvertising: false,
    archivePublic: false,
  })
  await owner.post(`${page}/${made.id}`, good)
  expect(await named('Morning Brief')).toMatchObject({ senderAddress: null, archivePublic: true })
})

test.each([
  ['name', '', 'Please fill this in.'],
  ['name', 'A\r\nB', 'one line'],
  ['name', 'x'.repeat(201), 'at most 200 characters'],
  ['slug', 'Über Uns!', 'lower-case letters'],
  ['slug', '../admin', 'lower-case letters'],
  ['slug', 'morning-brief', 'Another newsletter has this name'],
  ['description', 'x'.repeat(501), 'at most 500 characters'],
  ['schedule', 'a\nb', 'one line'],
  ['cadence', 'hourly', 'can’t be taken'],
  ['senderAddress', 'nobody', 'not an e-mail address'],
  ['replyTo', 'a@b\r\nBcc: c@example.com', 'not an e-mail address'],
  ['sendsFrom', '25:00', 'not a time of day'],
  ['sendsFrom', '06:30', 'Give both times, or none.', 'sendsUntil'],
  ['sendsUntil', '06:30', 'Give both times, or none.', 'sendsFrom'],
  ['timeZone', 'Mars/Olympus', 'not known'],
  ['language', 'tlh', 'can’t be taken'],
])('$0 ($#) is refused at its field, and the rest is kept: $2', async (field, value, words, at = field) => {
  const before = await listNewsletters(db)
  const answer = await owner.post(page, {
    ...good,
    slug: 'fresh',
    description: field === 'description' ? value : 'Kept <description>',
    [field]: value,
  })
  expect(answer.status).toBe(422)
  const text = await answer.text()
  expect(new RegExp(`id="${at}-error">([^<]*)<`).exec(text)?.[1]).toContain(words)
  expect(text.match(/class="error"/g)).toHaveLength(1)
  if (field !== 'description') expect(text).toContain('Kept &lt;description&gt;')
  expect(await listNewsletters(db)).toEqual(before)
})

test('an owner sets the hours in which it goes out, past midnight too, and lifts them', async () => {
  const { id } = await named('Morning Brief')
  const save = (sendsFrom: string, sendsUntil: string, name = good.name) =>
    owner.post(`${page}/${id}`, { ...good, name, sendsFrom, sendsUntil })
  expect((await save('22:30', '06:00')).status).toBe(303)
  expect(await named('Morning Brief')).toMatchObject({ sendsFrom: '22:30:00', sendsUntil: '06:00:00' })
  const form = await (await owner.get(`${page}/${id}`)).text()
  expect(form).toMatch(/<input id="sendsFrom"[^>]* type="time" value="22:30"/)
  expect(form).toMatch(/<input id="sendsUntil"[^>]* type="time" value="06:00"/)
  const same = await save('06:30', '06:30', '')
  expect(same.status).toBe(422)
  const refused = await same.text()
  expect(refused).toMatch(/id="sendsUntil-error">The two times must differ\.</)
  expect(refused).toMatch(/id="name-error">/)
  expect((await save('', '')).status).toBe(303)
  expect(await named('Morning Brief')).toMatchObject({ sendsFrom: null, sendsUntil: null })
})

test('ten at once with one slug make one newsletter', async () => {
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => owner.post(page, { ...good, name: 'Race', slug: 'race' })),
  )
  expect(answers.filter(answer => answer.status === 303)).toHaveLength(1)
  expect(answers.filter(answer => answer.status === 422)).toHaveLength(9)
})

test('the order is an owner’s, and survives two hands at once', async () => {
  await owner.post(page, { ...good, name: 'Third', slug: 'third' })
  const order = async () => (await listNewsletters(db)).map(one => one.slug)
  expect(await order()).toEqual(['morning-brief', 'race', 'third'])
  const third = await named('Third')
  await owner.post(`${page}/${third.id}/move`, { direction: 'up' })
  expect(await order()).toEqual(['morning-brief', 'third', 'race'])
  await owner.post(`${page}/${(await named('Morning Brief')).id}/move`, { direction: 'up' })
  expect(await order()).toEqual(['morning-brief', 'third', 'race'])
  const first = await named('Morning Brief')
  const last = await named('Race')
  for (let round = 0; round < 10; round++) {
    await Promise.all([
      moveNewsletter(db, first.id, 'down'),
      moveNewsletter(db, last.id, 'up'),
      moveNewsletter(db, third.id, 'up'),
      moveNewsletter(db, last.id, 'down'),
    ])
    expect((await listNewsletters(db)).map(one => one.position)).toEqual([1, 2, 3])
  }
  expect((await order()).toSorted()).toEqual(['morning-brief', 'race', 'third'])
})

test('a closed newsletter takes no sign-ups and can be opened again', async () => {
  const { id } = await named('Third')
  const onFront = async () => (await (await owner.get('/subscribe')).text()).includes('value="third"')
  expect(await onFront()).toBe(true)
  await owner.post(`${page}/${id}/state`, { state: 'closed' })
  expect(await onFront()).toBe(false)
  expect(await (await writer.get(page)).text()).toContain('Closed')
  await owner.post(`${page}/${id}/state`, { state: 'open' })
  expect(await onFront()).toBe(true)
})

test('deleting has its own page, with the number of readers', async () => {
  const { id } = await named('Third')
  const question = await (await owner.get(`${page}/${id}/remove`)).text()
  expect(question).toContain('Delete Third?')
  expect(question).toContain('It has no readers.')
  expect(await named('Third')).toBeDefined()
  await owner.post(`${page}/${id}/remove`)
  expect(await named('Third')).toBeUndefined()
  expect((await owner.get(`${page}/${id}`)).status).toBe(404)
})
