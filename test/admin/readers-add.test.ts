import { expect, test } from 'vitest'
import { decideSignUps } from '../../src/actions/decide-sign-ups.ts'
import { suppressByHand } from '../../src/actions/suppress-by-hand.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { suppress } from '../../src/store/suppressions.ts'
import { openTestApp } from '../support/app.ts'
import { addReaders } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { services, raw } = here
const { db, keys } = services
const [owner, editor, writer] = [
  await signInAs(here, 'owner'),
  await signInAs(here, 'editor'),
  await signInAs(here, 'writer'),
]
const morning = (await addNewsletter(db, { slug: 'morning', name: 'Morning' }))!
await addNewsletter(db, { slug: 'closed', name: 'Closed', state: 'closed' })
await addReaders(raw, 1, [morning.id])

const path = '/admin/readers/add'
const fields = {
  email: 'Ana@example.com',
  name: 'Ana <b>',
  newsletter: 'morning',
  consent: 'Asked at the fair, <3 May>',
}
const rows = () =>
  raw`select address, form, origin, wording, wording_version, state from sign_ups order by id`

test('an editor asks somebody to confirm: one sign-up as any other, with the editor’s words as its proof', async () => {
  const form = await (await editor.get(path)).text()
  expect(form).toContain('Until they press the button in it, they are no reader')
  expect(form).not.toContain('checked')
  expect(form).not.toContain('Closed')
  const answer = await editor.post(path, fields)
  expect(answer.headers.get('location')).toBe('/admin/readers/sign-ups?done=asked')
  expect(await rows()).toMatchObject([
    {
      address: 'Ana@example.com',
      form: 'editor',
      origin: path,
      wording_version: 'by-editor/en/1',
      state: 'waiting',
    },
  ])
  expect((await rows())[0]!.wording).toContain('Where the consent came from: Asked at the fair, <3 May>')
  expect(await raw`select 1 from subscribers where address_key = 'ana@example.com'`).toHaveLength(0)
  await decideSignUps(services)
  expect((await rows())[0]!.state).toBe('asked')
  expect(await raw`select 1 from notices where kind = 'confirmation'`).toHaveLength(1)
})

test('the limits of any sign-up hold: a second one goes into no second mail at once', async () => {
  await editor.post(path, fields)
  await decideSignUps(services)
  expect(await raw`select 1 from notices where kind = 'confirmation'`).toHaveLength(1)
})

test('what was typed comes back, with every fault at its field', async () => {
  for (const [more, fault] of [
    [{ consent: '  ' }, 'without it nobody may be asked'],
    [{ consent: 'x'.repeat(501) }, 'field-wrong'],
    [{ email: 'nobody' }, 'An email address has an @'],
    [{ newsletter: [] }, 'Please choose at least one newsletter.'],
    [{ newsletter: 'closed' }, 'takes no new readers now'],
    [{ name: 'x'.repeat(101) }, 'A name can have 100 characters.'],
  ] as [Record<string, string | string[]>, string][]) {
    const answer = await editor.post(path, { ...fields, email: 'new@example.com', ...more })
    expect([fault, answer.status]).toEqual([fault, 422])
    const html = await answer.text()
    expect(html).toContain(fault)
    if (!('name' in more)) expect(html).toContain('value="Ana &lt;b&gt;"')
  }
  expect(await raw`select 1 from sign_ups where address_key = 'new@example.com'`).toHaveLength(0)
})

test('an editor is told who reads already and who may not be written to; bounced ones are asked', async () => {
  await suppressByHand(services, { email: 'never@example.com', why: 'Letter' })
  await suppress(db, keys, { addressKey: 'bounced@example.com', cause: 'bounced', evidence: {} })
  const barred = await editor.post(path, { ...fields, email: 'never@example.com' })
  expect(barred.status).toBe(422)
  expect(await barred.text()).toContain('This address is suppressed (By an editor)')
  const [reader] = await raw`select id, address from subscribers`
  const reads = await editor.post(path, { ...fields, email: reader!.address })
  expect(reads.status).toBe(422)
  expect(await reads.text()).toContain(`href="/admin/readers/${reader!.id}"`)
  expect((await editor.post(path, { ...fields, email: 'bounced@example.com' })).status).toBe(303)
})

test('writers add nobody', async () => {
  expect((await writer.get(path)).status).toBe(403)
  expect((await writer.post(path, fields)).status).toBe(403)
})

test('sign-ups in numbers for writers, masked for editors, in full for owners', async () => {
  await raw`update sign_ups set state = 'confirmed', confirmed_at = created_at + interval '90 seconds' where address_key = 'ana@example.com' and state = 'asked'`
  const numbers = await (await writer.get('/admin/readers/sign-ups')).text()
  expect(numbers).toMatch(/Asked<\/dt><dd[^>]*>2</)
  expect(numbers).toMatch(/Share that confirmed<\/dt><dd[^>]*>50%</)
  expect(numbers).toMatch(/in the middle<\/dt><dd[^>]*>2 minutes</)
  expect(numbers.replaceAll(writer.address, '')).not.toContain('@example.com')
  expect(numbers).not.toContain('•••')
  const masked = await (await editor.get('/admin/readers/sign-ups')).text()
  expect(masked).toContain('A•••@e•••.com')
  expect(masked).not.toContain('Ana@example.com')
  expect(await (await owner.get('/admin/readers/sign-ups')).text()).toContain('Ana@example.com')
})

test('a share is never all for less; what was asked of a newsletter that is gone says so', async () => {
  await raw`delete from sign_ups`
  await raw`insert into sign_ups (address, address_key, limit_key, newsletter_ids, form, wording, wording_version,
      language, transport, state, asked_at, confirmed_at)
    select a, a, a, '{987654}', 'page', 'x', 'x', 'en', 'mailbox', 'confirmed', now(), now()
    from (select 'many' || n || '@example.com' from generate_series(1, 3000) n) as r(a)`
  await raw`update sign_ups set state = 'asked', confirmed_at = null where address_key = 'many1@example.com'`
  const html = await (await owner.get('/admin/readers/sign-ups')).text()
  expect(html).toMatch(/Share that confirmed<\/dt><dd[^>]*>&gt; 99.9%</)
  expect(html).toContain('Removed newsletter')
  expect(html).not.toContain('987654')
})
