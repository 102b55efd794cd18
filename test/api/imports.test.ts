import { beforeEach, expect, test } from 'vitest'
import { createKey } from '../../src/actions/create-key.ts'
import { addressHash } from '../../src/domain/keys.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { consents, suppressions } from '../../src/store/schema/readers.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'

const here = await openTestApp()
const { services, raw } = here
const { db, keys } = services
const owner = await clientOf(here, 'owner')
await addNewsletter(db, { slug: 'daily', name: 'Daily' })
await addNewsletter(db, { slug: 'weekly', name: 'Weekly' })

beforeEach(async () => {
  await raw`truncate subscribers, subscriptions, consents, suppressions, reader_terms cascade`
})

const chunk = (readers: unknown, more: object = {}) => ({
  newsletter: 'daily',
  consent: 'Signed up at the fair',
  readers,
  ...more,
})
const send = (readers: unknown, more: object = {}) =>
  owner('POST', '/subscribers/imports', chunk(readers, more))

const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => ({
    email: `reader${from + n}@example.com`,
    name: `Reader ${from + n}`,
    attributes: { city: 'Kiel', [`group ${n % 7}`]: 'yes' },
    tags: ['fair'],
  }))

const readers = () =>
  raw`select s.address_key as email, s.name, s.attributes, s.tags,
    array(select n.slug || ' ' || p.state from subscriptions p join newsletters n on n.id = p.newsletter_id
      where p.subscriber_id = s.id order by n.slug) as subscriptions
    from subscribers s order by s.address_key`
const reader = async (email: string) => (await readers()).find(row => row.email === email)

test('adds readers with name, attributes and tags, and tells the rest by row and reason', async () => {
  const { status, body } = await send([
    {
      email: 'Ana@example.com',
      name: 'Ana',
      attributes: { City: ' Lisbon ', plan: '' },
      tags: ['Fair', 'b,c'],
    },
    { email: 'no address' },
    { email: '' },
    { email: 'ana@example.com' },
    { email: 'bo@example.com', name: null },
    { email: 'long@example.com', name: 'ü'.repeat(101) },
    { email: 'tags@example.com', tags: ['t'.repeat(61)] },
  ])
  expect(status).toBe(200)
  expect(body).toEqual({
    rows: 7,
    added: 2,
    already: 0,
    updated: 0,
    refused: [
      { row: 2, reason: 'the address has no @' },
      { row: 3, reason: 'there is no address' },
      { row: 4, reason: 'the address stands in the file before' },
      { row: 6, reason: 'the name is longer than 100 characters' },
      { row: 7, reason: 'a tag is longer than 60 characters' },
    ],
  })
  expect([...(await readers())]).toEqual([
    {
      email: 'ana@example.com',
      name: 'Ana',
      attributes: { city: 'Lisbon' },
      tags: ['fair', 'b', 'c'],
      subscriptions: ['daily active'],
    },
    { email: 'bo@example.com', name: '', attributes: {}, tags: [], subscriptions: ['daily active'] },
  ])
})

test('5,000 readers go at once; a repeat changes nothing and answers that they are there', async () => {
  const all = many(5000)
  expect((await send(all)).body).toEqual({ rows: 5000, added: 5000, already: 0, updated: 0, refused: [] })
  const before = await readers()
  expect((await send(all)).body).toEqual({ rows: 5000, added: 0, already: 5000, updated: 0, refused: [] })
  expect(await readers()).toEqual(before)
})

test('5,001 are refused whole', async () => {
  const { status, type, body } = await send(many(5001))
  expect(status).toBe(422)
  expect(type).toContain('application/problem+json')
  expect(body.errors).toEqual([{ pointer: '/readers', detail: 'must be at most 5000 readers a call' }])
  expect(await readers()).toHaveLength(0)
})

test('chunks with the same newsletter, words and source share one proof; other words are another', async () => {
  const list = { source: 'fair.csv' }
  await send([{ email: 'a@example.com' }], list)
  await send([{ email: 'b@example.com' }], list)
  await send([{ email: 'a@example.com' }], list)
  const proofs = () => db.select().from(consents).orderBy(consents.id)
  expect(await proofs()).toMatchObject([
    { kind: 'imported', wording: 'Signed up at the fair', origin: 'fair.csv', subscriberId: null },
  ])
  await send([{ email: 'c@example.com' }], { ...list, consent: 'Asked by letter' })
  await send([{ email: 'd@example.com' }], { source: 'letters.csv' })
  await send([{ email: 'a@example.com' }], { ...list, newsletter: 'weekly' })
  expect(await proofs()).toHaveLength(4)
  const held = await raw`
    select s.address_key as email, n.slug, c.wording, c.origin, c.newsletter_ids = array[n.id] as "ofThis"
    from subscriptions p join subscribers s on s.id = p.subscriber_id join newsletters n on n.id = p.newsletter_id
    join consents c on c.id = p.consent_id order by 1, 2`
  const [wording, origin] = ['Signed up at the fair', 'fair.csv']
  expect([...held]).toEqual([
    { email: 'a@example.com', slug: 'daily', wording, origin, ofThis: true },
    { email: 'a@example.com', slug: 'weekly', wording, origin, ofThis: true },
    { email: 'b@example.com', slug: 'daily', wording, origin, ofThis: true },
    { email: 'c@example.com', slug: 'daily', wording: 'Asked by letter', origin, ofThis: true },
    { email: 'd@example.com', slug: 'daily', wording, origin: 'letters.csv', ofThis: true },
  ])
})

test('an import of another day has a proof of its own', async () => {
  await raw`insert into consents (kind, newsletter_ids, wording, wording_version, form, at)
    select 'imported', array[id], 'Signed up at the fair', 'import', 'import', now() - interval '1 day' from newsletters`
  await send([{ email: 'a@example.com' }])
  const [row] = await raw`
    select c.at > now() - interval '1 minute' as today from subscriptions join consents c on c.id = consent_id`
  expect(row).toEqual({ today: true })
})

test('revives nobody who left or is suppressed, in update mode neither', async () => {
  await send([{ email: 'leaver@example.com', name: 'Lea' }])
  await raw`update subscriptions set state = 'ended', end_reason = 'left', ended_at = now()`
  const hash = (key: string) => ({ addressHash: addressHash(keys, key), hashVersion: 1 })
  await db.insert(suppressions).values([
    { addressKey: 'angry@example.com', ...hash('angry@example.com'), cause: 'complained' },
    { addressKey: null, ...hash('gone@example.com'), cause: 'erased' },
  ])
  for (const more of [{}, { mode: 'update' }, { newsletter: 'weekly' }]) {
    const { body } = await send(
      [
        { email: 'Leaver@example.com', name: 'Other' },
        { email: 'new@example.com' },
        { email: 'angry@example.com' },
        { email: 'Gone@example.com' },
      ],
      more,
    )
    expect(body.refused).toEqual([
      { row: 1, reason: 'the reader left; only they can join again' },
      { row: 3, reason: 'suppressed: the reader complained of spam' },
      { row: 4, reason: 'suppressed: the reader had their data erased' },
    ])
  }
  expect(await reader('leaver@example.com')).toMatchObject({ name: 'Lea', subscriptions: ['daily ended'] })
  expect((await readers()).map(row => row.email)).toEqual(['leaver@example.com', 'new@example.com'])
})

test('a dry run reports the same and writes nothing', async () => {
  await send([{ email: 'ana@example.com' }])
  const before = await readers()
  const { status, body } = await send(
    [{ email: 'ana@example.com', name: 'Ana' }, { email: 'new@example.com' }, { email: '?' }],
    { dryRun: true, mode: 'update', consent: 'Asked by letter' },
  )
  expect(status).toBe(200)
  expect(body).toEqual({
    rows: 3,
    added: 1,
    already: 1,
    updated: 1,
    refused: [{ row: 3, reason: 'the address has no @' }],
  })
  expect(await readers()).toEqual(before)
  expect(await db.select().from(consents)).toHaveLength(1)
})

test('only an update takes names, attributes and tags of those who are there', async () => {
  await send([{ email: 'ana@example.com', name: 'Ana', attributes: { city: 'Lisbon' }, tags: ['one'] }])
  const anew = [{ email: 'ana@example.com', name: 'Anna', attributes: { CITY: 'Porto' }, tags: ['two'] }]
  expect((await send(anew)).body).toMatchObject({ already: 1, updated: 0 })
  expect(await reader('ana@example.com')).toMatchObject({ name: 'Ana' })
  expect((await send(anew, { mode: 'update' })).body).toMatchObject({ already: 1, updated: 1 })
  expect(await reader('ana@example.com')).toMatchObject({
    name: 'Anna',
    attributes: { city: 'Porto' },
    tags: ['one', 'two'],
  })
  expect((await send(anew, { mode: 'update' })).body).toMatchObject({ already: 1, updated: 0 })
})

test('chunks at once, with the same attributes among more or fewer others, are all taken', async () => {
  const of = (n: number) =>
    many(1000, n * 1000).map(({ email }, at) => ({
      email,
      attributes: Object.fromEntries(
        Array.from({ length: 20 }, (_, k) => [`group ${(at * 20 + k) % (20 * 3 ** n)}`, 'yes']),
      ),
    }))
  const answers = await Promise.all([0, 1, 2, 3, 4].map(n => send(of(n))))
  expect(answers.map(({ status, body }) => [status, body.added])).toEqual(Array(5).fill([200, 1000]))
})

test('the same chunk twice at once, as a retry may be, adds each reader once', async () => {
  const all = many(2000)
  const answers = await Promise.all([send(all), send(all.toReversed())])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(answers.map(({ body }) => body.added).toSorted()).toEqual([0, 2000])
  const updates = await Promise.all(
    [all, all.toReversed(), all].map((rows, n) =>
      send(
        rows.map(one => ({ ...one, name: `Anew ${n}` })),
        { mode: 'update' },
      ),
    ),
  )
  expect(updates.map(({ status, body }) => [status, body.updated])).toEqual(Array(3).fill([200, 2000]))
})

test.each(['writer', 'editor'] as const)(
  'a key of %s may not: what is said of consent is an owner’s word',
  async role => {
    const client = await clientOf(here, role)
    const { status, type } = await client('POST', '/subscribers/imports', chunk([{ email: 'a@example.com' }]))
    expect(status).toBe(403)
    expect(type).toContain('application/problem+json')
    expect(await readers()).toHaveLength(0)
  },
)

const good = { email: 'good@example.com' }
const withAttributes = (attributes: unknown) => chunk([good, { email: 'a@example.com', attributes }])

test.each<[unknown, [string, RegExp][]]>([
  ['{', [['', /not JSON/]]],
  ['', [['', /is missing/]]],
  [null, [['', /object/]]],
  [[], [['', /object/]]],
  [
    {},
    [
      ['/newsletter', /./],
      ['/consent', /./],
      ['/readers', /./],
    ],
  ],
  [chunk([good], { newsletter: 'nightly' }), [['/newsletter', /no newsletter nightly/]]],
  [chunk([good], { newsletter: 'a\u0000b' }), [['/newsletter', /control/]]],
  [chunk([good], { consent: ' ' }), [['/consent', /empty/]]],
  [chunk([good], { consent: 'two\nlines' }), [['/consent', /one line/]]],
  [chunk([good], { source: 's'.repeat(101) }), [['/source', /100/]]],
  [chunk([good], { mode: 'replace' }), [['/mode', /add/]]],
  [chunk([good], { dryRun: 'yes' }), [['/dryRun', /true or false/]]],
  [chunk([good], { dryrun: true }), [['', /dryrun/]]],
  [chunk({}), [['/readers', /list/]]],
  [chunk([good, 'a@example.com']), [['/readers/1', /^row 2: .*object/]]],
  [chunk([good, { name: 'Ana' }]), [['/readers/1/email', /^row 2: is missing/]]],
  [chunk([{ ...good, name: 7 }]), [['/readers/0/name', /^row 1: /]]],
  [chunk([{ ...good, tags: 'fair' }]), [['/readers/0/tags', /^row 1: .*list/]]],
  [chunk([{ ...good, tags: ['a', 1] }]), [['/readers/0/tags/1', /^row 1: /]]],
  [withAttributes('x'), [['/readers/1/attributes', /^row 2: .*object/]]],
  [withAttributes(['x']), [['/readers/1/attributes', /object/]]],
  [withAttributes({ 'a/b': 7 }), [['/readers/1/attributes/a~1b', /text/]]],
  [withAttributes({ Email: 'b@example.com' }), [['/readers/1/attributes/Email', /can’t be the name/]]],
  [withAttributes({ city: 'a', City: 'b' }), [['/readers/1/attributes/City', /twice/]]],
  [withAttributes({ ' ': 'a' }), [['/readers/1/attributes/ ', /1 to 100/]]],
  [withAttributes({ ['k'.repeat(101)]: 'a' }), [[`/readers/1/attributes/${'k'.repeat(101)}`, /1 to 100/]]],
  [
    withAttributes(Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`k${n}`, 'a']))),
    [['/readers/1/attributes', /at most 100/]],
  ],
])('a malformed body is refused whole, by field and row (%#)', async (body, faults) => {
  const answer = await owner('POST', '/subscribers/imports', body)
  expect([answer.status, answer.type]).toEqual([422, 'application/problem+json'])
  expect(answer.body.errors).toEqual(
    faults.map(([pointer, detail]) => ({ pointer, detail: expect.stringMatching(detail) })),
  )
  expect(await readers()).toHaveLength(0)
})

test('of a thousand faults the first hundred are told', async () => {
  const { status, body } = await send(Array(1000).fill(7))
  expect(status).toBe(422)
  expect(body.errors).toHaveLength(100)
})

test('hostile texts end in their own row, and break nothing', async () => {
  const { status, body } = await send([
    { email: 'break@example.com', name: 'Ana\r\nBcc: all@example.com' },
    { email: 'zero@example.com', attributes: { a: 'x\u0000y' } },
    { email: 'line@example.com', attributes: { 'a\nb': 'x' } },
    { email: 'tag@example.com', tags: ['a\nb'] },
    { email: 'long@example.com', attributes: { a: 'x'.repeat(1001) } },
    { email: 'half\ud800@example.com' },
    { email: 'big@example.com', name: 'x'.repeat(1_000_000) },
    { email: 'half@example.com', name: 'A\ud800', attributes: { 'k\ud800': 'v\udfff' }, tags: ['t\ud800'] },
    { email: 'sql@example.com', name: `'; drop table subscribers; --`, attributes: { 'x"}': '{"a":1}' } },
  ])
  expect(status).toBe(200)
  const oneLine = 'a cell has a line break or a control character'
  expect(body.refused).toEqual([
    { row: 1, reason: oneLine },
    { row: 2, reason: oneLine },
    { row: 3, reason: oneLine },
    { row: 4, reason: oneLine },
    { row: 5, reason: 'a cell is longer than 1,000 characters' },
    { row: 6, reason: 'the address is malformed' },
    { row: 7, reason: 'the name is longer than 100 characters' },
  ])
  expect(await reader('half@example.com')).toMatchObject({
    name: 'A\ufffd',
    attributes: { 'k\ufffd': 'v\ufffd' },
    tags: ['t\ufffd'],
  })
  expect(await reader('sql@example.com')).toMatchObject({
    name: `'; drop table subscribers; --`,
    attributes: { 'x"}': '{"a":1}' },
  })
})

test('an attribute may be called __proto__ or constructor, and is nothing but an attribute', async () => {
  const attributes = JSON.parse('{"__proto__": "a", "constructor": "b", "toString": "c"}')
  expect((await send([{ email: 'ana@example.com', attributes }])).body.added).toBe(1)
  const [row] = await raw`select attributes::text as text from subscribers`
  expect(Object.entries(JSON.parse(row!.text)).sort()).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
    ['tostring', 'c'],
  ])
  expect(
    (await send(JSON.parse('[{"email": "bo@example.com", "attributes": {"__proto__": {"name": "x"}}}]'))).body
      .errors,
  ).toEqual([{ pointer: '/readers/0/attributes/__proto__', detail: 'row 1: must be a text' }])
  expect(Object.hasOwn(Object.prototype, 'name')).toBe(false)
})

test('10 MB are not read; two million things that are no readers are refused', async () => {
  const large = await send([{ email: 'a@example.com', name: 'x'.repeat(10_000_000) }])
  expect([large.status, large.type]).toEqual([413, 'application/problem+json'])
  const crowd = await send(Array(2_000_000).fill(0))
  expect(crowd.status).toBe(422)
  expect(await readers()).toHaveLength(0)
})

test('a body that is not sent as JSON is refused', async () => {
  const { key } = await createKey(services, { name: 'owner', role: 'owner' })
  const answer = await here.request('/api/v1/subscribers/imports', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
    body: 'email\na@example.com\n',
  })
  expect(answer.status).toBe(422)
})

test('the document says what may be sent, and what is answered', async () => {
  const { body } = await owner('GET', '/openapi.json')
  const { requestBody, responses } = body.paths['/subscribers/imports'].post
  const { schema } = requestBody.content['application/json']
  expect(schema.required.sort()).toEqual(['consent', 'newsletter', 'readers'])
  expect(schema.properties.readers).toMatchObject({
    maxItems: 5000,
    items: {
      required: ['email'],
      properties: { attributes: { type: 'object', additionalProperties: { type: 'string' } } },
    },
  })
  expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '401', '403', '413', '422']))
  expect(Object.keys(responses[200].content['application/json'].schema.properties)).toEqual([
    'rows',
    'added',
    'already',
    'updated',
    'refused',
  ])
})
