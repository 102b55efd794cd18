import { expect, test } from 'vitest'
import { exportSubscribers } from '../../src/actions/export-subscribers.ts'
import { importSubscribers } from '../../src/actions/import-subscribers.ts'
import { addressHash } from '../../src/domain/keys.ts'
import { readCsv } from '../../src/domain/subscriber-csv.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { consents, subscribers, subscriptions, suppressions } from '../../src/store/schema/readers.ts'
import { openTestApp } from '../support/app.ts'

const { services, raw } = await openTestApp()
const { db, keys } = services
const daily = (await addNewsletter(db, { slug: 'daily', name: 'Daily' }))!
const weekly = (await addNewsletter(db, { slug: 'weekly', name: 'Weekly' }))!

type Options = { newsletter?: typeof daily; mode?: 'add' | 'update'; write?: 'all' | 'nothing' }

const importCsv = (text: string, { newsletter = daily, mode = 'add', write = 'all' }: Options = {}) =>
  importSubscribers(services, {
    newsletter,
    consent: 'Signed up at the fair',
    source: 'fair.csv',
    rows: readCsv([text]),
    mode,
    write,
  })

const reader = async (email: string) =>
  (
    await raw`select s.*, (select array_agg(n.slug || ' ' || p.state order by n.slug) from subscriptions p join newsletters n on n.id = p.newsletter_id where p.subscriber_id = s.id) as subscriptions from subscribers s where address_key = ${email}`
  )[0]

test('adds those who are new, with one consent event for all, and names each row it refuses', async () => {
  const report = await importCsv(
    'Email,Name,City\nana@example.com,Ana,Lisbon\nBo@Example.COM,Bo,\nno address,,\nana@example.com,Ana again,\nx@y,,\n"c@example.com","two\nlines",\n,,Rome\n',
  )
  expect(report).toMatchObject({ rows: 7, added: 2, already: 0 })
  expect(report.refused).toEqual([
    { row: 4, reason: 'the address has no @' },
    { row: 5, reason: 'the address stands in the file before' },
    { row: 6, reason: 'the part after the @ is no domain' },
    { row: 8, reason: 'a cell has a line break or a control character' },
    { row: 9, reason: 'there is no address' },
  ])
  expect(await reader('ana@example.com')).toMatchObject({
    name: 'Ana',
    attributes: { city: 'Lisbon' },
    subscriptions: ['daily active'],
  })
  expect(await reader('bo@example.com')).toMatchObject({ address: 'Bo@example.com' })
  const events = await db.select().from(consents)
  expect(events).toMatchObject([
    { kind: 'imported', wording: 'Signed up at the fair', subscriberId: null, newsletterIds: [daily.id] },
  ])
  const held = await db.select({ consentId: subscriptions.consentId }).from(subscriptions)
  expect(new Set(held.map(row => row.consentId))).toEqual(new Set([events[0]!.id]))
})

test('a dry run reports the same and writes nothing', async () => {
  const before = await db.select().from(subscribers)
  const report = await importCsv('email\nnew@example.com\nana@example.com\n', { write: 'nothing' })
  expect(report).toMatchObject({ rows: 2, added: 1, already: 1, refused: [] })
  expect(await db.select().from(subscribers)).toEqual(before)
})

test('only an update takes names and attributes of those who are there', async () => {
  await importCsv('email,name,city\nana@example.com,Anna,Porto\n')
  expect(await reader('ana@example.com')).toMatchObject({ name: 'Ana', attributes: { city: 'Lisbon' } })
  const report = await importCsv('email,name,city\nana@example.com,Anna,Porto\n', { mode: 'update' })
  expect(report).toMatchObject({ added: 0, already: 1, updated: 1 })
  expect(await reader('ana@example.com')).toMatchObject({ name: 'Anna', attributes: { city: 'Porto' } })
})

test('revives nobody who left, in this newsletter or altogether', async () => {
  await importCsv('email\nleaver@example.com\n')
  await raw`update subscriptions set state = 'ended', end_reason = 'left', ended_at = now() where subscriber_id = (select id from subscribers where address_key = 'leaver@example.com')`
  for (const newsletter of [daily, weekly]) {
    const report = await importCsv('email\nLeaver@example.com\n', { newsletter, mode: 'update' })
    expect(report).toMatchObject({
      added: 0,
      refused: [{ row: 2, reason: 'the reader left; only they can join again' }],
    })
  }
  expect(await reader('leaver@example.com')).toMatchObject({ subscriptions: ['daily ended'] })
})

test('adds nobody who is suppressed, not even one whose address was erased', async () => {
  const hash = (key: string) => ({ addressHash: addressHash(keys, key), hashVersion: 1 })
  await db.insert(suppressions).values([
    { addressKey: 'angry@example.com', ...hash('angry@example.com'), cause: 'complained' },
    { addressKey: null, ...hash('gone@example.com'), cause: 'erased' },
  ])
  const report = await importCsv('email\nangry@example.com\nGone@example.com\n')
  expect(report.added).toBe(0)
  expect(report.refused.map(row => row.reason)).toEqual([
    'suppressed: the reader complained of spam',
    'suppressed: the reader had their data erased',
  ])
  expect(await reader('gone@example.com')).toBeUndefined()
})

test.each([
  ['name,city\nAna,Lisbon\n', /one of them “email”/],
  ['email,email\na@example.com,\n', /twice/],
  ['email\n"open@example.com\n', /can’t be read as CSV/],
  ['', /“email”/],
])('a file that is no table of readers is refused whole: %j', async (text, message) => {
  const before = await db.select().from(subscribers)
  await expect(importCsv(text)).rejects.toThrow(message)
  expect(await db.select().from(subscribers)).toEqual(before)
})

test('semicolons, a byte order mark and umlauts are read', async () => {
  const report = await importCsv('\uFEFFemail;name\nmueller@bücher.example;Jörg Müller\n')
  expect(report).toMatchObject({ added: 1, refused: [] })
  expect(await reader('mueller@xn--bcher-kva.example')).toMatchObject({ name: 'Jörg Müller' })
})

test('an export, a hundred who leave, and the export imported again: none of the hundred is active', async () => {
  await importCsv(
    `email,name,city\n${Array.from({ length: 300 }, (_, n) => `reader${n}@example.org,"Reader, ${n}",=SUM(${n})`).join('\n')}\n`,
    { newsletter: weekly },
  )
  const lines: string[] = []
  for await (const part of exportSubscribers(db, weekly)) lines.push(part)
  const csv = lines.join('')
  expect(csv).toContain(`reader7@example.org,"Reader, 7",weekly,'=SUM(7)\r\n`)
  await raw`
    update subscriptions set state = 'ended', end_reason = 'left', ended_at = now()
    where subscriber_id in (select id from subscribers where address_key like 'reader%' order by id limit 100)`
  const report = await importCsv(csv, { newsletter: weekly, mode: 'update' })
  expect(report).toMatchObject({ rows: 300, added: 0, already: 200 })
  expect(report.refused).toHaveLength(100)
  const [left] =
    await raw`select count(*)::int as active from subscriptions where newsletter_id = ${weekly.id} and state = 'active'`
  expect(left!.active).toBe(200)
  expect(await reader('reader250@example.org')).toMatchObject({ attributes: { city: '=SUM(250)' } })
})

test('a name that a reader could not give themselves is refused', async () => {
  const long = 'ü'.repeat(101)
  const report = await importCsv(
    `email,name\nlong@example.com,${long}\nline@example.com,A\u2028B\nfits@example.com,${'ü'.repeat(100)}\n`,
  )
  expect(report.refused).toEqual([
    { row: 2, reason: 'the name is longer than 100 characters' },
    { row: 3, reason: 'a cell has a line break or a control character' },
  ])
  expect(report.added).toBe(1)
})

test('an attribute called as something that every object has is exported of those who have it', async () => {
  const odd = (await addNewsletter(db, { slug: 'odd', name: 'Odd' }))!
  await importCsv('email,__proto__,constructor\nodd@example.org,a,b\neven@example.org,,\n', {
    newsletter: odd,
  })
  const lines: string[] = []
  for await (const part of exportSubscribers(db, odd)) lines.push(part)
  const csv = lines.join('')
  expect(csv).toMatch(/^email,name,newsletters,__proto__,city,constructor\r\n/)
  expect(csv).toContain('odd@example.org,,odd,a,,b\r\n')
  expect(csv).toContain('even@example.org,,odd,,,\r\n')
})

test('refuses a row that has more cells than there are columns, unless they are empty', async () => {
  const report = await importCsv(
    'email,name\nwide@example.com,Wide, Berlin,weekly\nlate@example.com,Late,,weekly\nempty@example.com,Empty,,\n',
    { newsletter: weekly },
  )
  const reason = 'the row has more cells than there are columns'
  expect(report).toMatchObject({
    rows: 3,
    added: 1,
    refused: [
      { row: 2, reason },
      { row: 3, reason },
    ],
  })
  expect(await reader('wide@example.com')).toBeUndefined()
  expect(await reader('empty@example.com')).toMatchObject({ name: 'Empty' })
})
