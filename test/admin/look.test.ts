import { expect, test } from 'vitest'
import { contrast } from '../../src/domain/accent.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { readPublication, updatePublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { db } = here.services
const owner = await signInAs(here, 'owner')
await updatePublication(db, { name: 'The Harbour Times', postalAddress: '1 Pier\nPort City' })

const path = '/admin/settings/look'
const good = {
  logoUrl: 'https://harbour.example/logo.svg',
  accent: '#1A5FB4',
  headlineFont: 'verdana',
  textFont: 'times',
  footer: 'Tel. 12, [imprint](https://harbour.example/imprint)',
}
const save = (change: Record<string, string> = {}) => owner.post(path, { ...good, ...change })
const shown = (fields: Record<string, string>, page = '/preview') =>
  owner.get(`${path}${page}?${new URLSearchParams(fields)}`)

test('an owner sets the look, and finds it as it was typed', async () => {
  const answer = await save()
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${path}?done=saved`])
  expect(await readPublication(db)).toMatchObject({ ...good, accent: '#1a5fb4' })
  const page = await (await owner.get(`${path}?done=saved`)).text()
  expect(page).toMatch(/<option value="verdana" selected/)
  expect(page).toContain('[imprint](https://harbour.example/imprint)</textarea>')
  expect(page).toContain(`Contrast ${contrast('#1a5fb4', '#fffdf8').toFixed(1)} on paper`)
  await save({ logoUrl: '', footer: '' })
  expect(await readPublication(db)).toMatchObject({ logoUrl: null, footer: '' })
})

test('a colour too weak for text is told with its figure', async () => {
  await save({ accent: '#ffcc00' })
  const page = await (await owner.get(path)).text()
  expect(page).toMatch(/Contrast 1\.5 on paper, too weak for text \(4\.5 is needed\): #[0-9a-f]{6} is used/)
})

test.each([
  ['logoUrl', 'javascript:alert(1)', 'not a web address'],
  ['logoUrl', 'data:image/png;base64,AAAA', 'not a web address'],
  ['logoUrl', 'https://user:secret@example.com/x.png', 'not a web address'],
  ['logoUrl', 'https://example.com/"><script>', 'not a web address'],
  ['accent', 'red', 'A colour is #'],
  ['accent', '#fff;} body{display:none', 'A colour is #'],
  ['headlineFont', 'comic', 'can’t be taken'],
  ['textFont', 'serif;} *{}', 'can’t be taken'],
  ['footer', 'x'.repeat(1001), 'at most 1000 characters'],
  ['footer', 'a\u0007b', 'control characters'],
])('$0 ($#) is refused at its field, and the rest is kept: $2', async (field, value, words) => {
  const before = await readPublication(db)
  const footer = field === 'footer' ? value : 'Kept <footer>'
  const answer = await save({ [field]: value, footer })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(new RegExp(`<p class="error" id="${field}-error">([^<]*)</p>`).exec(page)?.[1]).toContain(words)
  expect(page.match(/class="error"/g)).toHaveLength(1)
  if (field !== 'footer') expect(page).toContain('Kept &lt;footer&gt;</textarea>')
  expect(page).not.toContain('"><script>')
  expect(await readPublication(db)).toEqual(before)
})

test('what is typed is shown without being saved, in light, in dark and as text', async () => {
  await updatePublication(db, { accent: '#8a1c1c', footer: '', headlineFont: 'georgia', textFont: 'georgia' })
  const before = await readPublication(db)
  const page = await shown({ ...good, view: 'dark', show: '1' }, '')
  expect(page.status).toBe(200)
  const html = await page.text()
  expect(html).toContain('value="#1A5FB4"')
  expect(html).toMatch(/value="dark" checked/)
  const src = /<iframe[^>]* src="([^"]*)"/.exec(html)![1]!.replaceAll('&amp;', '&')
  const dark = await owner.get(src)
  expect(dark.headers.get('content-security-policy')).toMatch(/^sandbox .*default-src 'none'/)
  const mail = await dark.text()
  expect(mail).toContain('#1a5fb4')
  expect(mail).toContain('font-family:Verdana, Geneva, sans-serif')
  expect(mail).toContain('@media (min-width: 0)')
  expect(mail).not.toContain('prefers-color-scheme')
  expect(mail.indexOf('https://harbour.example/imprint')).toBeGreaterThan(0)
  expect(mail.indexOf('https://harbour.example/imprint')).toBeLessThan(mail.indexOf('1 Pier'))
  expect(await (await shown({ ...good, view: 'light' })).text()).toContain('@media (max-width: 0)')
  const text = await shown({ ...good, view: 'text' })
  expect(text.headers.get('content-type')).toMatch(/^text\/plain/)
  expect(await text.text()).toMatch(
    /Tel\. 12, imprint \[https:\/\/harbour\.example\/imprint\]\n\nThe Harbour Times\n1 Pier\nPort City\n$/,
  )
  expect(await readPublication(db)).toEqual(before)
})

test('what is typed wrong is told, and the rest of it is shown', async () => {
  const page = await (await shown({ ...good, accent: 'red', show: '1' }, '')).text()
  expect(page).toMatch(/id="accent-error">A colour is #/)
  expect(page).not.toContain('Nothing was saved')
  const mail = await (await shown({ ...good, accent: 'red', logoUrl: 'javascript:alert(1)' })).text()
  expect(mail).toContain('#8a1c1c')
  expect(mail).toContain('Verdana')
  expect(mail).not.toContain('javascript:')
})

test('it is shown in the publication’s language, whatever the newsletters speak', async () => {
  await updatePublication(db, { language: 'de' })
  await addNewsletter(db, { slug: 'morning-brief', name: 'Morning Brief', language: 'en' })
  expect(await (await shown(good)).text()).toContain('Anzeige · Nordwind GmbH')
  await updatePublication(db, { language: 'en' })
})

test('hostile words are shown as typed', async () => {
  const footer = '<script>alert(1)</script> [x](javascript:alert(1)) {{ slots.unsubscribe }} <mj-raw>'
  const mail = await (await shown({ ...good, footer })).text()
  expect(mail).not.toMatch(/<script|<mj-raw|href="javascript/)
  expect(mail).toContain('{{ slots.unsubscribe }}')
  expect(await (await shown({ ...good, footer, show: '1' }, '')).text()).not.toContain('<script>alert')
})

test('it is for owners', async () => {
  for (const role of ['editor', 'writer'] as const) {
    const other = await signInAs(here, role)
    for (const page of ['', '/preview']) expect((await other.get(path + page)).status).toBe(403)
    expect((await other.post(path, good)).status).toBe(403)
  }
  expect(await (await owner.get('/admin/settings')).text()).toContain(`href="${path}"`)
})
