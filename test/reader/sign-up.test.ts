import { expect, test } from 'vitest'
import { trapField } from '../../src/web/views/sign-up-form.tsx'
import { fetchMail, join, openLedger, signUpStates, subscribe, subscriptionsOf, words } from './readers.ts'

const room = await openLedger()
const { request, post, raw } = room

const rowsOf = async (key: string) => await raw`select * from sign_ups where address_key = ${key} order by id`

test('a sign-up is one row, and one answer that says what comes next', async () => {
  const answer = await subscribe(room, 'Ana@Example.com', { newsletters: ['morning-brief', 'leadership'] })
  expect(answer.status).toBe(200)
  const page = words(await answer.text())
  expect(page).toContain('Look in your inbox')
  expect(page).toContain('Ana@example.com')
  expect(page).toContain('Morning Brief and Leadership')
  expect(page).toContain('If no mail comes')
  expect(answer.headers.get('set-cookie')).toBeNull()
  const [row, ...more] = await rowsOf('ana@example.com')
  expect(more).toEqual([])
  expect(row).toMatchObject({ address: 'Ana@example.com', state: 'waiting', form: 'page', network: '' })
  expect(row!.wording_version).toBe('sign-up/en/1')
  expect(row!.wording).toContain('Every mail lets you leave with one click.')
  expect(row!.wording).toContain('Morning Brief (Weekdays, 6:30) and Leadership (Thursdays)')
})

test('the answer and the row are the same for a stranger, a reader, one who left, and one who objected', async () => {
  await join(room, 'reader@example.com')
  await join(room, 'left@example.com')
  await raw`update subscriptions set state = 'ended', end_reason = 'left', ended_at = now()
    where subscriber_id = (select id from subscribers where address_key = 'left@example.com')`
  await raw`insert into suppressions (address_key, address_hash, hash_version, cause)
    values ('never@example.com', ${Buffer.alloc(32)}, 1, 'objected')`
  const seen = new Set<string>()
  for (const address of ['stranger', 'reader', 'left', 'never'].map(name => `${name}@example.com`)) {
    const before = await raw`select count(*)::int as count from sign_ups where address_key = ${address}`
    const answer = await subscribe(room, address)
    seen.add(`${answer.status} ${(await answer.text()).replaceAll(address, '…')}`)
    const after = await rowsOf(address)
    expect(after.length - before[0]!.count, address).toBe(1)
    expect(after.at(-1)).toMatchObject({ state: 'waiting', name: null })
  }
  expect(seen.size).toBe(1)
})

test('the form needs no cookie, no Origin, no hidden field, and may be multipart', async () => {
  const body = new FormData()
  body.append('email', 'multi@example.com')
  body.append('newsletter', 'leadership')
  const answer = await request('/subscribe', { method: 'POST', body })
  expect(answer.status).toBe(200)
  expect((await rowsOf('multi@example.com'))[0]).toMatchObject({ form: 'embed', origin: '' })
})

test('a form on another site is recorded with its origin, and its words are not taken for ours', async () => {
  const headers = { origin: 'https://other.example', 'sec-fetch-site': 'cross-site' }
  expect((await subscribe(room, 'guest@example.com', { headers })).status).toBe(200)
  const [row] = await rowsOf('guest@example.com')
  expect(row).toMatchObject({ form: 'embed', origin: 'https://other.example' })
  expect(row!.wording_version).toBe('elsewhere/en/1')
})

test('a likely typo is suggested, never corrected, with a button that has everything filled in', async () => {
  const answer = await subscribe(room, 'ana@gmial.com', { name: 'Ana' })
  const html = await answer.text()
  expect(words(html)).toContain('Did you mean ana@gmail.com?')
  expect(html).toContain('<input type="hidden" name="email" value="ana@gmail.com"/>')
  expect(html).toContain('<input type="hidden" name="newsletter" value="morning-brief"/>')
  expect(html).toContain('<input type="hidden" name="name" value="Ana"/>')
  expect(await signUpStates(room, 'ana@gmial.com')).toEqual(['waiting'])
  expect(await signUpStates(room, 'ana@gmail.com')).toEqual([])
})

test('an internationalised domain is kept as A-labels', async () => {
  expect((await subscribe(room, 'post@bücher.example')).status).toBe(200)
  expect((await rowsOf('post@xn--bcher-kva.example')).length).toBe(1)
})

test('the field that nobody sees takes a machine’s sign-up nowhere, and says nothing of it', async () => {
  const [plain, trapped] = [
    await subscribe(room, 'person@example.com'),
    await post('/subscribe', { email: 'robot@example.com', newsletter: 'morning-brief', [trapField]: 'x' }),
  ]
  const same = async (answer: Response, address: string) => (await answer.text()).replaceAll(address, '…')
  expect(await same(trapped, 'robot@example.com')).toBe(await same(plain, 'person@example.com'))
  expect(await rowsOf('robot@example.com')).toEqual([])
})

test('the field that nobody sees is out of reach of keyboards, readers aloud and password managers', async () => {
  const html = await (await request('/subscribe')).text()
  const trap = new RegExp(
    `<div class="apart" aria-hidden="true">.*?<input[^>]*name="${trapField}"[^>]*>`,
  ).exec(html)
  expect(trap?.[0]).toContain('tabindex="-1"')
  expect(trap?.[0]).toContain('autocomplete="off"')
  // What Chromium's autofill looks for in names and labels, among others.
  expect(`${trapField} ${trap?.[0]}`).not.toMatch(
    /name="[^"]*(company|fax|phone|tel|addr|city|url|web|user|mail)/,
  )
})

test('nothing is ticked beforehand, and a link that names a newsletter gives a page for it alone', async () => {
  const all = await (await request('/subscribe')).text()
  expect(all.match(/type="checkbox"/g)?.length).toBe(3)
  expect(all).not.toContain('checked')
  const one = await (await request('/subscribe?newsletter=leadership')).text()
  expect(words(one)).toContain('Sign up for Leadership')
  expect(one).not.toContain('type="checkbox"')
  expect((await request('/subscribe?newsletter=nothing')).status).toBe(404)
})

test('a closed newsletter says so on its page, and is refused at its field', async () => {
  await raw`update newsletters set state = 'closed' where slug = 'white-papers'`
  expect(words(await (await request('/subscribe?newsletter=white-papers')).text())).toContain(
    'White papers takes no new readers now',
  )
  const answer = await subscribe(room, 'closed@example.com', { newsletters: ['white-papers'] })
  expect(answer.status).toBe(422)
  expect(words(await answer.text())).toContain('One of these takes no new readers now.')
  await raw`update newsletters set state = 'open' where slug = 'white-papers'`
})

const long = `${'a'.repeat(10_000)}@example.com`

test.each([
  ['no address', { email: '' }, 'Please type your email address.'],
  ['an address of 10,000 characters', { email: long }, 'This is longer than an email address can be.'],
  ['no @', { email: 'ana.example.com' }, 'An email address has an @'],
  ['two dots', { email: 'a..b@example.com' }, 'This is not an email address that mail can reach.'],
  ['no domain', { email: 'ana@nowhere' }, 'What stands after the @ is no domain'],
  ['CRLF in the address', { email: 'ana@example.com\r\nBcc: all@example.com' }, 'Please check it.'],
  ['no newsletter', { newsletter: [] }, 'Please choose at least one newsletter.'],
  ['an unknown newsletter', { newsletter: ['nothing'] }, 'There is no such newsletter here.'],
  ['CRLF in the name', { name: 'Ana\r\nBcc: all@example.com' }, 'A name stands on one line'],
  ['NUL in the name', { name: 'A\0na' }, 'A name stands on one line'],
  ['a name of 101 characters', { name: 'x'.repeat(101) }, 'A name can have 100 characters.'],
])('%s is refused at its field, and the rest is kept', async (_what, fault, said) => {
  const fields = { email: 'kept@example.com', newsletter: ['leadership'], name: 'Kept Name', ...fault }
  const before = await raw`select count(*)::int as count from sign_ups`
  const answer = await post('/subscribe', fields)
  expect(answer.status).toBe(422)
  const html = await answer.text()
  expect(words(html)).toContain(said)
  expect(html).toMatch(/aria-invalid="true"|class="checks field-wrong"/)
  if (!('email' in fault)) expect(html).toContain('value="kept@example.com"')
  if (!('name' in fault)) expect(html).toContain('value="Kept Name"')
  if (!('newsletter' in fault)) expect(html).toMatch(/value="leadership" checked/)
  expect(html.length).toBeLessThan(30_000)
  expect(await raw`select count(*)::int as count from sign_ups`).toEqual(before)
})

test('what is typed is shown as typed, never run', async () => {
  const name = '<script>alert(1)</script> {{ 7 | times: 6 }} <mj-include path="/etc/passwd" />'
  const refused = await (await post('/subscribe', { email: `"${name}"@x`, name })).text()
  expect(refused).not.toContain('<script>alert')
  expect(refused).not.toContain('<mj-include')
  expect(refused).toContain('{{ 7 | times: 6 }}')
  await subscribe(room, 'typed@example.com', { name })
  const mail = (await fetchMail(room)).find(one => one.to === 'typed@example.com')!
  expect(mail.text + mail.html).not.toMatch(/alert|times: 6|42|mj-include/)
  expect((await rowsOf('typed@example.com'))[0]!.name).toBe(name)
})

test('a body that is no form, a file for an address, a cut multipart: the form comes back', async () => {
  const send = (body: BodyInit, type: string) =>
    request('/subscribe', { method: 'POST', body, headers: { 'content-type': type } })
  expect((await send('{"email":"a@example.com"}', 'application/json')).status).toBe(422)
  expect((await send('--x\r\nContent-Disp', 'multipart/form-data; boundary=x')).status).toBe(422)
  expect((await send('no boundary', 'multipart/form-data')).status).toBe(422)
  const file = new FormData()
  file.append('email', new File(['a@example.com'], 'a.txt'))
  expect((await request('/subscribe', { method: 'POST', body: file })).status).toBe(422)
  const inherited = await post('/subscribe', { __proto__: 'x', constructor: 'y', email: 'a@example.com' })
  expect(inherited.status).toBe(422)
})

test('a body of 20 MB is refused before it is read', async () => {
  let read = 0
  const chunk = new TextEncoder().encode('a'.repeat(64 * 1024))
  const body = new ReadableStream({
    pull(controller) {
      read += chunk.length
      if (read > 20 * 1024 * 1024) controller.close()
      else controller.enqueue(chunk)
    },
  })
  const answer = await request('/subscribe', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    duplex: 'half',
  } as RequestInit)
  expect(answer.status).toBe(413)
  expect(read).toBeLessThan(1024 * 1024)
  const told = await request('/subscribe', {
    method: 'POST',
    body: 'email=a',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '20971520' },
  })
  expect(told.status).toBe(413)
})

test('a stranger’s sign-up touches nobody until it is confirmed', async () => {
  expect(await subscriptionsOf(room, 'person@example.com')).toEqual({})
  expect(await subscriptionsOf(room, 'left@example.com')).toEqual({ 'morning-brief': 'ended' })
})

test('the page speaks the browser’s language', async () => {
  const headers = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' }
  const html = await (await subscribe(room, 'anna@example.com', { headers })).text()
  expect(html).toContain('<html lang="de">')
  expect(words(html)).toContain('Sehen Sie in Ihr Postfach')
  expect((await rowsOf('anna@example.com'))[0]).toMatchObject({
    wording_version: 'sign-up/de/1',
    language: 'en',
  })
})
