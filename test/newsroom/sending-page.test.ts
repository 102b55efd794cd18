import { beforeEach, expect, test } from 'vitest'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { addArticle } from '../../src/store/articles.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { findDigest } from '../../src/store/digests.ts'
import { findDispatchOf } from '../../src/store/dispatches.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'
import { addReaders } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp({ env: { SEND_HOLD: '30' } })
const { services, raw } = here
const { db } = services
await updatePublication(db, {
  name: 'The Ledger',
  postalAddress: '12 Paper Lane',
  senderAddress: 'a@b.example',
})
const morning = (await addNewsletter(db, { slug: 'morning', name: 'Morning Brief' }))!
const other = (await addNewsletter(db, { slug: 'other', name: 'Other' }))!
await addReaders(raw, 4, [morning.id])
await addReaders(raw, 2, [morning.id, other.id], { from: 10 })
const story = await addArticle(db, { title: 'IBM leaves', url: 'https://example.com/ibm' })
const editor = await signInAs(here, 'editor')
const writer = await signInAs(here, 'writer')

let id = 0
const page = (rest = '') => `/admin/digests/${id}${rest}`
const textOf = async (answer: Response | Promise<Response>) => (await answer).text()
beforeEach(async () => {
  id = await addDigest(db, {
    subject: 'Good morning',
    preheader: 'Faces',
    newsletterIds: [morning.id],
    blocks: [{ type: 'article', articleId: story.id }],
  })
})

test('the last page says what goes to whom and how many, in plain words', async () => {
  const text = await textOf(editor.get(page('/send')))
  expect(text).toContain('“Good morning” goes to 6 readers of Morning Brief.')
  expect(text).toContain('After “Send” you have 30 seconds to stop it.')
  expect(text).toContain('Send to 6 readers now')
})

test('a double click sends once, and for 30 seconds Stop makes it a draft again', async () => {
  const clicks = await Promise.all([editor.post(page('/send')), editor.post(page('/send'))])
  expect(clicks.map(click => [click.status, click.headers.get('location')])).toEqual([
    [303, page()],
    [303, page()],
  ])
  const dispatch = (await findDispatchOf(db, id))!
  expect(Math.round((dispatch.dueAt.getTime() - dispatch.createdAt.getTime()) / 1000)).toBe(30)
  expect(await startDispatch(services, dispatch.id)).toEqual({ kind: 'not-due' })
  const held = await textOf(editor.get(page()))
  expect(held).toMatch(/Starts in \d+ seconds\./)
  expect(held).toContain(`action="${page('/stop')}"`)
  expect(await textOf(writer.get(page()))).not.toContain(page('/stop'))
  expect((await writer.post(page('/stop'))).status).toBe(403)
  expect((await editor.post(page('/stop'))).headers.get('location')).toBe(page('/send?stopped'))
  expect(await textOf(editor.get(page('/send?stopped')))).toContain('Nobody got it; it is a draft again.')
  expect(await findDigest(db, id)).toMatchObject({ state: 'draft' })
  expect(await textOf(editor.get(page('/history')))).toContain('Stopped it before it started')
})

test('Stop that comes too late says so, and stops nothing by halves', async () => {
  await editor.post(page('/send'))
  await raw`update dispatches set due_at = now() - interval '1 millisecond' where digest_id = ${id}`
  const dispatch = (await findDispatchOf(db, id))!
  expect(await startDispatch(services, dispatch.id)).toMatchObject({ kind: 'started' })
  const late = await editor.post(page('/stop'))
  expect(late.headers.get('location')).toBe(page('?late'))
  expect(await textOf(editor.get(page('?late')))).toContain('It was too late to stop it')
  expect(await findDispatchOf(db, id)).toMatchObject({ state: 'sending' })
})

test('a time by each reader’s own clock is scheduled as such, and said', async () => {
  const answer = await editor.post(page('/schedule'), { at: '2999-06-22T06:30', clock: 'reader' })
  expect(answer.status).toBe(303)
  expect(await findDigest(db, id)).toMatchObject({ state: 'scheduled', localTime: '2999-06-22T06:30' })
  expect(await textOf(editor.get(page('/send')))).toContain(
    'Goes out on 22 June 2999 at 06:30 by each reader’s own clock',
  )
})

test('readers are chosen by conditions, one at a time; the page counts them', async () => {
  await raw`update subscribers set tags = '{vip}' where address_key like 'reader1%'`
  const post = (fields: Record<string, string>) => writer.post(page('/audience'), fields)
  const missing = await post({ kind: 'tag', tag: '', is: 'true' })
  expect(missing.status).toBe(422)
  expect(await textOf(missing)).toContain('Choose one.')
  expect((await post({ kind: 'tag', tag: 'vip', is: 'true' })).status).toBe(303)
  expect((await post({ kind: 'tag', tag: 'vip', is: 'true' })).status).toBe(303)
  expect((await post({ kind: 'newsletter', newsletter: 'other', is: 'false' })).status).toBe(303)
  expect((await findDigest(db, id))!.audience).toEqual([
    { kind: 'tag', tag: 'vip', is: true },
    { kind: 'newsletter', newsletter: 'other', is: false },
  ])
  const text = await textOf(editor.get(page('/send')))
  expect(text).toContain('goes to 1 reader of Morning Brief')
  expect(text).toContain('with the tag “vip”')
  expect(text).toContain('who do not have Other')
  await post({ remove: '0' })
  expect((await findDigest(db, id))!.audience).toHaveLength(1)
  expect(await textOf(editor.get(page('/history')))).toContain('Edited')
})

test('conditions of a page that is older than the digest are refused, and ten are enough', async () => {
  const { revision } = (await findDigest(db, id))!
  await writer.post(page('/audience'), { kind: 'tag', tag: 't0', is: 'true', revision: `${revision}` })
  const stale = { kind: 'tag', tag: 'stale', is: 'true', revision: `${revision}` }
  expect((await writer.post(page('/audience'), stale)).status).toBe(409)
  for (let count = 1; count < 10; count++)
    await writer.post(page('/audience'), { kind: 'tag', tag: `t${count}`, is: 'true' })
  const eleventh = await writer.post(page('/audience'), { kind: 'tag', tag: 'one more', is: 'true' })
  expect(eleventh.status).toBe(422)
  expect(await textOf(eleventh)).toContain('Ten conditions at most.')
})
