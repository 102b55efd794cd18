import { expect, test } from 'vitest'
import { importSubscribers } from '../../src/actions/import-subscribers.ts'
import { suppressByHand } from '../../src/actions/suppress-by-hand.ts'
import { readCsv } from '../../src/domain/subscriber-csv.ts'
import { consentsOf } from '../../src/store/consents.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { findSubscriberByKey } from '../../src/store/subscribers.ts'
import { suppressionCauses } from '../../src/store/suppressions.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { services } = here
const { db, keys } = services
const [owner, editor, writer] = [
  await signInAs(here, 'owner'),
  await signInAs(here, 'editor'),
  await signInAs(here, 'writer'),
]
const morning = (await addNewsletter(db, { slug: 'morning', name: 'Morning' }))!
const week = (await addNewsletter(db, { slug: 'week', name: 'The Week' }))!

const bring = (newsletter: typeof morning, rows: string[]) =>
  importSubscribers(services, {
    newsletter,
    consent: 'Form on the old site',
    source: 'old.csv',
    rows: readCsv([['email,name', ...rows].join('\n')]),
    mode: 'add',
    write: 'all',
  })
await bring(
  morning,
  Array.from({ length: 60 }, (_, i) => `reader${String(i).padStart(2, '0')}@example.com,Reader ${i}`),
)
await bring(week, ['ana@example.com,Ana <b>', 'ana_b@example.com,', 'max@xn--mnchen-3ya.example,'])

const idOf = async (address: string) => (await findSubscriberByKey(db, address))!.id
const text = async (answer: Promise<Response>) => (await answer).text()

test('writers see numbers, and no address on any page', async () => {
  const page = await text(writer.get('/admin/readers'))
  expect(page).toContain('Writers see numbers')
  expect(page).toMatch(/<dd[^>]*>63<\/dd>/)
  expect(page.replaceAll(writer.address, '')).not.toMatch(/@example\.com/)
  const search = await text(writer.get('/admin/readers?q=ana'))
  expect(search).not.toContain('ana@')
})

test('owners page through readers, the newest first, and search by any part and newsletter', async () => {
  const first = await text(owner.get('/admin/readers'))
  expect(first.match(/href="\/admin\/readers\/\d+"/g)).toHaveLength(50)
  const older = /<a rel="next" href="([^"]+)"/.exec(first)![1]!.replaceAll('&amp;', '&')
  const second = await text(owner.get(older))
  expect(second.match(/href="\/admin\/readers\/\d+"/g)).toHaveLength(13)
  expect(second).toContain('reader00@example.com')

  const found = async (query: string) =>
    [
      ...(await text(owner.get(`/admin/readers?${query}`))).matchAll(
        /href="\/admin\/readers\/\d+">([^<]+)</g,
      ),
    ].map(match => match[1])
  expect(await found('q=ANA')).toEqual(['ana_b@example.com', 'ana@example.com'])
  expect(await found('q=ana_')).toEqual(['ana_b@example.com'])
  expect(await found('q=%25')).toEqual([])
  expect(await found('q=max@münchen.example')).toEqual(['max@xn--mnchen-3ya.example'])
  expect(await found('newsletter=week')).toHaveLength(3)
  expect(await found('newsletter=week&q=reader')).toEqual([])
  for (const odd of [
    'q=%00',
    'before=-1',
    'before=9e99',
    'before=999999999999999-1',
    'from=2026-99-01',
    'to=x',
    'state=x',
    'tag=%27',
    'newsletter=nope',
    `q=${'x'.repeat(5000)}`,
  ])
    expect([odd, (await owner.get(`/admin/readers?${odd}`)).status]).toEqual([odd, 200])
})

test('editors page through masked addresses, and find one reader by the whole address', async () => {
  const list = await text(editor.get('/admin/readers'))
  expect(list).toContain('>r•••@e•••.com</a>')
  expect(list.replaceAll(editor.address, '')).not.toMatch(/\w@\w/)
  const found = async (query: string) =>
    (await text(editor.get(`/admin/readers?q=${query}`))).match(/href="\/admin\/readers\/\d+"/g) ?? []
  expect(await found('ANA@example.com')).toEqual([`href="/admin/readers/${await idOf('ana@example.com')}"`])
  expect(await found('max@münchen.example')).toHaveLength(1)
  // A name is no address: part of it finds.
  expect(await found('ana')).toHaveLength(1)
  for (const part of ['ana@', 'example', 'ana@example.co', 'reader0']) expect(await found(part)).toEqual([])
})

test('one reader’s page shows what they get and what proves it, as typed', async () => {
  const page = await text(editor.get(`/admin/readers/${await idOf('ana@example.com')}`))
  expect(page).toContain('Ana &lt;b&gt;')
  expect(page).toContain('The Week')
  expect(page).toContain('Form on the old site')
  expect(page).not.toContain('/export"')
  expect(page).not.toContain('/erase')
  for (const odd of ['0', '-1', '1e3', '99999999999999999999', 'x', '424242'])
    expect([odd, (await editor.get(`/admin/readers/${odd}`)).status]).toEqual([odd, 404])
})

test('an editor removes a reader from a newsletter, on a page of its own, with a proof', async () => {
  const id = await idOf('ana@example.com')
  const path = `/admin/readers/${id}/newsletters/${week.id}/remove`
  expect(await text(editor.get(path))).toContain('Only the reader can join again')
  const done = await editor.post(path)
  expect(await text(editor.get(done.headers.get('location')!))).toContain('The Week is ended.')
  const events = await consentsOf(db, id)
  expect(events.at(-1)).toMatchObject({
    kind: 'left',
    newsletterIds: [week.id],
    form: 'workspace',
    wordingVersion: 'removed-by-editor/en/1',
  })
  await editor.post(path)
  expect(await consentsOf(db, id)).toHaveLength(events.length)
  expect((await editor.get(path)).status).toBe(404)
  const back = await bring(week, ['ana@example.com,'])
  expect(back.refused).toEqual([{ row: 2, reason: 'the reader left; only they can join again' }])
})

test('an editor suppresses, only an owner lifts', async () => {
  const id = await idOf('reader07@example.com')
  const faulty = await editor.post(`/admin/readers/${id}/suppress`, { why: '' })
  expect(faulty.status).toBe(422)
  expect(await faulty.text()).toContain('Please fill this in.')
  await editor.post(`/admin/readers/${id}/suppress`, { why: 'Telephone, <3 May>' })
  const seen = await text(editor.get(`/admin/readers/${id}`))
  expect(seen).toContain('Suppressed · By an editor')
  expect(seen).toContain('Telephone, &lt;3 May&gt;')
  expect(seen).not.toContain('/lift/')

  const lift = /action="(\/admin\/readers\/\d+\/lift\/\d+)"/.exec(
    await text(owner.get(`/admin/readers/${id}`)),
  )![1]!
  const elsewhere = lift.replace(`/${id}/`, `/${await idOf('reader08@example.com')}/`)
  await owner.post(elsewhere)
  expect(await suppressionCauses(db, keys, 'reader07@example.com')).toEqual(['manual'])
  await owner.post(lift)
  expect(await suppressionCauses(db, keys, 'reader07@example.com')).toEqual([])
})

test('an address that is no reader’s can be suppressed and lifted too', async () => {
  const path = '/admin/readers/suppressed'
  const faulty = await editor.post(path, { email: 'nobody', why: 'Letter' })
  expect(faulty.status).toBe(422)
  expect(await faulty.text()).toContain('value="nobody"')
  await editor.post(path, { email: 'Stranger@example.com', why: 'Letter' })
  expect(await text(owner.get(path))).toContain('stranger@example.com')
  expect(await text(editor.get(path))).toContain('s•••@e•••.com')
  expect(await text(editor.get(path))).not.toContain('/lift"')
  const lift = /action="(\/admin\/readers\/suppressed\/\d+\/lift)"/.exec(await text(owner.get(path)))![1]!
  await owner.post(lift)
  expect(await suppressionCauses(db, keys, 'stranger@example.com')).toEqual([])
})

test('sign-ups wait where they are seen by whoever may', async () => {
  await here.request('/subscribe', {
    method: 'POST',
    body: new URLSearchParams({ email: 'dora@example.com', newsletter: 'week' }),
  })
  const page = await text(editor.get('/admin/readers/sign-ups'))
  expect(page).toContain('d•••@e•••.com')
  expect(await text(owner.get('/admin/readers/sign-ups'))).toContain('dora@example.com')
  expect(page).toContain('Mail to come')
  expect(await text(editor.get('/admin/readers'))).toMatch(/have not confirmed yet<\/dt><dd[^>]*>1</)
})

test('an owner erases a reader, on a page that says what goes', async () => {
  const id = await idOf('reader09@example.com')
  expect(await text(owner.get(`/admin/readers/${id}/erase`))).toContain('can’t be undone')
  expect(await findSubscriberByKey(db, 'reader09@example.com')).toBeDefined()
  const answer = await owner.post(`/admin/readers/${id}/erase`)
  expect(await text(owner.get(answer.headers.get('location')!))).toContain('The reader is erased.')
  expect(await findSubscriberByKey(db, 'reader09@example.com')).toBeUndefined()
  expect((await owner.post(`/admin/readers/${id}/erase`)).status).toBe(404)
  expect(await text(owner.get('/admin/readers/suppressed'))).toContain('known by its hash only')
})

test('an owner takes the data along: of one reader as JSON, of all as CSV', async () => {
  const path = `/admin/readers/${await idOf('ana_b@example.com')}/export`
  expect(await text(owner.get(path))).toContain('stands in the access log')
  const one = await owner.post(path)
  expect(one.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(await one.json()).toMatchObject({ reader: { address: 'ana_b@example.com' } })
  expect(await text(owner.get('/admin/readers/export'))).toMatch(/Export \d+ readers/)
  const all = await owner.post('/admin/readers/export')
  expect(all.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const lines = (await all.text()).trim().split('\r\n')
  expect(lines[0]).toBe('email,name,newsletters')
  expect(lines).toHaveLength(63)
})

test('an owner imports a file: tried first, then for good, revived nobody', async () => {
  await suppressByHand(services, { email: 'never@example.com', why: 'Letter' })
  const csv = 'email;name\nnew@example.com;Nova\nnever@example.com;\nana@example.com;\nnonsense;\n'
  const send = (write: string, more: Record<string, string | File> = {}) => {
    const body = new FormData()
    const fields = {
      file: new File([csv], '../../evil".csv', { type: 'text/csv' }),
      newsletter: 'week',
      consent: 'Fair in May',
      write,
      ...more,
    }
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    const headers = { cookie: owner.cookie, 'sec-fetch-site': 'same-origin' }
    return here.request('/admin/readers/import', { method: 'POST', body, headers })
  }
  const tried = await text(send('nothing'))
  expect(tried).toContain('A try: nothing was written.')
  for (const reason of ['suppressed by hand', 'only they can join again', 'no @'])
    expect(tried).toContain(reason)
  expect(tried).toContain('value="Fair in May"')
  expect(await findSubscriberByKey(db, 'new@example.com')).toBeUndefined()

  expect(await text(send('all'))).toContain('The import is done.')
  const id = await idOf('new@example.com')
  expect((await consentsOf(db, id))[0]).toMatchObject({ kind: 'imported', wording: 'Fair in May' })

  for (const [more, words] of [
    [{ consent: ' ' }, 'Say where their consent came from'],
    [{ newsletter: 'nope' }, 'Add a newsletter first'],
    [{ file: 'text' }, 'Choose a file.'],
    [{ file: new File([''], 'a.csv') }, 'Choose a file.'],
    [
      { file: new File(['name\nx'], 'a.csv') },
      '>The first row must name the columns, one of them “email”; it has: name<',
    ],
    [{ file: new File(['email\n"unclosed'], 'a.csv') }, '>The file can’t be read as CSV: Quote Not Closed'],
    [{ file: new File(['PK\u0003\u0000\u001b[2J\n'], 'a.csv') }, '>The file is no text; '],
  ] as [Record<string, string | File>, string][]) {
    const answer = await send('all', more)
    expect([words, answer.status]).toEqual([words, 422])
    expect(await answer.text()).toContain(words)
  }
  const large = new File([`email\n${'x'.repeat(17 * 1024 * 1024)}`], 'large.csv')
  expect((await send('all', { file: large })).status).toBe(413)
  const fits = new File([`email\n${'\n'.repeat(2 * 1024 * 1024)}`], 'fits.csv')
  expect((await send('nothing', { file: fits })).status).toBe(200)
})
