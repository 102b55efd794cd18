import { expect, test } from 'vitest'
import { importSubscribers } from '../../src/actions/import-subscribers.ts'
import { readCsv } from '../../src/domain/subscriber-csv.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { indexDueReaders } from '../../src/store/reader-index.ts'
import { searchReaders } from '../../src/store/reader-search.ts'
import { attributesInUse, countTerms, tagsInUse } from '../../src/store/reader-terms.ts'
import { findSubscriberByKey } from '../../src/store/subscribers.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { services, raw } = here
const { db } = services
const [owner, editor] = [await signInAs(here, 'owner'), await signInAs(here, 'editor')]
const morning = (await addNewsletter(db, { slug: 'morning', name: 'Morning' }))!
const week = (await addNewsletter(db, { slug: 'week', name: 'The Week' }))!

const bring = (newsletter: typeof morning, csv: string[], mode: 'add' | 'update' = 'add') =>
  importSubscribers(services, {
    newsletter,
    consent: 'Form on the old site',
    source: 'old.csv',
    rows: readCsv([csv.join('\n')]),
    mode,
    write: 'all',
  })

// More than are simply read: those before them are found by the index, or not at all.
await bring(morning, [
  'email,name,city,tags',
  'ana.muster@gmail.com,Ana Müller,Kiel,"VIP; Press, vip"',
  'o%27neil_x@example.com,Seán O’Neil,Leeds,',
  'yz.first@example.com,Yannick Zed,kiel,press',
])
await bring(morning, [
  'email,name',
  ...Array.from({ length: 4100 }, (_, i) => `reader${i}@example.com,Reader ${i}`),
])
await bring(week, ['email,name', 'ana.muster@gmail.com,'])
await raw`update subscriptions set state = 'ended', end_reason = 'left', ended_at = now()
  where newsletter_id = ${morning.id} and subscriber_id = (select id from subscribers where address_key = 'yz.first@example.com')`
await raw`insert into suppressions (address_key, address_hash, hash_version, cause)
  select address_key, sha256(address_key::bytea), 1, 'bounced' from subscribers where name = 'Seán O’Neil'`
await raw`update subscribers set created_at = '2024-03-31 22:30Z' where name = 'Yannick Zed'`

const page = async (query: Record<string, string>, visitor = owner) =>
  (await visitor.get(`/admin/readers?${new URLSearchParams(query)}`)).text()
const found = async (query: Record<string, string>, visitor = owner) =>
  [...(await page(query, visitor)).matchAll(/href="\/admin\/readers\/\d+">([^<]+)</g)].map(match => match[1])

const [ana, sean, yannick] = ['ana.muster@gmail.com', 'o%27neil_x@example.com', 'yz.first@example.com']
const searches: [Record<string, string>, string[]][] = [
  [{ q: 'USTER@gm' }, [ana]],
  [{ q: 'müll ana' }, [ana]],
  [{ q: 'MÜLLER gmail' }, [ana]],
  [{ q: 'müller leeds' }, []],
  [{ q: 'yz' }, [yannick]],
  [{ q: 'ze' }, [yannick]],
  [{ q: 'zz' }, []],
  [{ q: '%27' }, [sean]],
  [{ q: 'neil_' }, [sean]],
  [{ q: 'neil%' }, []],
  [{ q: 'o’neil' }, [sean]],
  [{ tag: 'Vip' }, [ana]],
  [{ tag: 'press' }, [ana, yannick]],
  [{ tag: 'press', q: 'gmail' }, [ana]],
  [{ tag: 'pres' }, []],
  [{ attribute: 'City', value: 'KIEL' }, [ana, yannick]],
  [{ attribute: 'city' }, [ana, sean, yannick]],
  [{ attribute: 'city', value: 'kie' }, []],
  [{ newsletter: 'week' }, [ana]],
  [{ newsletter: 'week', state: 'ended' }, []],
  [{ newsletter: 'morning', state: 'ended' }, [yannick]],
  [{ state: 'ended', tag: 'press' }, [yannick]],
  [{ state: 'none' }, [yannick]],
  [{ suppressed: 'any' }, [sean]],
  [{ suppressed: 'bounced', q: 'example' }, [sean]],
  [{ suppressed: 'manual' }, []],
  [{ tag: 'press', language: 'de' }, []],
  [{ from: '2024-03-31', to: '2024-03-31' }, [yannick]],
  [{ to: '2024-03-30' }, []],
  [{ to: '2024-04-01', q: 'press' }, []],
]

const expectAllFound = () =>
  Promise.all(
    searches.map(async ([query, expected]) =>
      expect([query, (await found(query)).toSorted()]).toEqual([query, expected.toSorted()]),
    ),
  )

test('every filter and every pair of them is found before it is in the index, and after', async () => {
  const [due] = await raw`select count(*)::int as n from reader_search_due`
  expect(due!.n).toBeGreaterThan(0)
  await expectAllFound()
  while (await indexDueReaders(db));
  expect(await raw`select 1 from reader_search_due`).toHaveLength(0)
  expect(await raw`select 1 from reader_search`).toHaveLength(4103)
  await expectAllFound()
})

test('what changes is found as it is now, whatever the index says', async () => {
  while (await indexDueReaders(db));
  const id = (await findSubscriberByKey(db, yannick))!.id
  const tagged = await editor.post(`/admin/readers/${id}/tags`, { tag: 'Board; press' })
  expect(tagged.status).toBe(303)
  expect(await found({ tag: 'board' })).toEqual([yannick])
  await editor.post(`/admin/readers/${id}/tags/remove`, { tag: 'press' })
  expect(await found({ tag: 'press' })).toEqual([ana])
  await raw`update subscribers set name = 'Yolanda Zed' where id = ${id}`
  expect(await found({ q: 'yannick' })).toEqual([])
  expect(await found({ q: 'yolanda' })).toEqual([yannick])
  // So much at once that it is no longer named one by one.
  await raw`insert into reader_search_due (first, last) select 1, 1 from generate_series(1, 1001)`
  expect(await found({ q: 'yolanda' })).toEqual([yannick])
  expect(await found({ tag: 'board', q: 'ze' })).toEqual([yannick])
  while (await indexDueReaders(db));
  expect(await found({ tag: 'press' })).toEqual([ana])
  expect(await found({ q: 'yolanda' })).toEqual([yannick])
  await raw`delete from suppressions`
  expect(await found({ suppressed: 'any' })).toEqual([])
  await raw`delete from subscribers where id = ${id}`
  expect(await raw`select 1 from reader_search where subscriber_id = ${id}`).toHaveLength(0)
})

test('pages hold each reader once, the newest first, with a filter too', async () => {
  const seen: string[] = []
  let next: string | undefined = '/admin/readers?q=reader1&newsletter=morning'
  while (next) {
    const html = await (await owner.get(next)).text()
    seen.push(...[...html.matchAll(/href="\/admin\/readers\/\d+">([^<]+)</g)].map(match => match[1]!))
    next = /<a rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
  }
  expect(seen).toHaveLength(1111)
  expect(new Set(seen).size).toBe(1111)
  const [newest] = await searchReaders(db, { words: ['reader1'], limit: 1 })
  expect(seen[0]).toBe(newest!.email)
})

test('an editor’s list shows no address, and no part of one finds it: the whole of it, or a name, does', async () => {
  const list = await page({ q: 'Ana' }, editor)
  expect(list).toContain('a•••@g•••.com')
  expect(list).not.toContain(ana)
  expect(list).toContain('Ana Müller')
  expect(await found({ q: 'muster' }, editor)).toEqual([])
  expect(await found({ q: 'gmail' }, editor)).toEqual([])
  expect(await found({ q: ' ANA.muster@GMAIL.com ' }, editor)).toEqual(['a•••@g•••.com'])
  const id = (await findSubscriberByKey(db, ana))!.id
  expect(await (await editor.get(`/admin/readers/${id}`)).text()).toContain(ana)
})

test('the search comes back as it was typed, with a fault at a day that is none', async () => {
  const html = await page({ q: '"><b>', tag: 'x"y', from: '2026-02-31', attribute: 'city', value: 'Bremen' })
  expect(html).toContain('value="&quot;&gt;&lt;b&gt;"')
  expect(html).toContain('value="x&quot;y"')
  expect(html).toMatch(/<details open=""|<details open>/)
  expect(html).toContain('This is no day.')
})

test('a last day that is none is a fault as a first one is, and narrows nothing', async () => {
  for (const day of ['2023-02-30', '2023-13-01', '9999-12-31', 'soon']) {
    const html = await page({ q: ana, to: day })
    expect(html, day).toContain('This is no day.')
    expect(html, day).toContain('Ana Müller')
  }
  expect(await found({ q: ana, to: '2023-02-28' })).toEqual([])
})

test('a tag is found however its letters were composed', async () => {
  await raw`update subscribers set tags = array['café'] where address_key = ${ana}`
  expect(await found({ tag: 'Cafe\u0301' })).toEqual([ana])
  await raw`update subscribers set tags = array['vip', 'press'] where address_key = ${ana}`
})

test('tags and attributes in use are told with their counts, exact while readers are few', async () => {
  expect(await tagsInUse(db)).toEqual([
    { term: 'press', readers: 1 },
    { term: 'vip', readers: 1 },
  ])
  expect(await attributesInUse(db)).toEqual([{ term: 'city', readers: 2 }])
  await countTerms(db)
  const kept = await raw`select kind, term, readers from reader_terms order by kind, term`
  expect(kept.map(row => ({ ...row }))).toEqual([
    { kind: 'attribute', term: 'city', readers: 2 },
    { kind: 'tag', term: 'press', readers: 1 },
    { kind: 'tag', term: 'vip', readers: 1 },
  ])
})

test('an import files new readers, and known ones only where it may update; too much is refused by row', async () => {
  const rows = [
    'email,tags',
    'ana.muster@gmail.com,gala',
    'new@example.com,"Gala ; ,gala,Ä"',
    `long@example.com,${'x'.repeat(61)}`,
    `many@example.com,"${Array.from({ length: 51 }, (_, i) => i).join(',')}"`,
  ]
  const report = await bring(morning, rows)
  expect(report.refused).toEqual([
    { row: 4, reason: 'a tag is longer than 60 characters' },
    { row: 5, reason: 'there are more than 50 tags' },
  ])
  expect((await findSubscriberByKey(db, 'new@example.com'))!.tags).toEqual(['gala', 'ä'])
  expect((await findSubscriberByKey(db, ana))!.tags).toEqual(['vip', 'press'])
  expect((await bring(morning, rows.slice(0, 2), 'update')).updated).toBe(1)
  expect((await findSubscriberByKey(db, ana))!.tags).toEqual(['gala', 'press', 'vip'])
  const csv = await (await owner.post('/admin/readers/export')).text()
  expect(csv).toMatch(/^ana\.muster@gmail\.com,Ana Müller,morning week,"gala, press, vip",/m)
})

test('tags by hand: faults stand at the field, with what was typed', async () => {
  const id = (await findSubscriberByKey(db, ana))!.id
  for (const [tag, fault] of [
    [' ; ', 'Type a tag.'],
    ['y'.repeat(61), 'A tag can have 60 characters.'],
    [Array.from({ length: 49 }, (_, i) => `t${i}`).join(), 'A reader can have 50 tags.'],
  ] as const) {
    const answer = await editor.post(`/admin/readers/${id}/tags`, { tag })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain(fault)
    expect(html).toContain(`value="${tag}"`)
  }
})
