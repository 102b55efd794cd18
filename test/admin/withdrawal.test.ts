import { expect, test } from 'vitest'
import { composeNotice } from '../../src/actions/compose-notice.ts'
import { correctStory } from '../../src/actions/correct-story.ts'
import { listDigestEvents } from '../../src/store/digest-events.ts'
import { findDigest } from '../../src/store/digests.ts'
import { latestEditionFor } from '../../src/store/latest-edition.ts'
import type { Notice } from '../../src/store/notices.ts'
import { openTestApp } from '../support/app.ts'
import { addReaders, draftDigest, openNewsletters, startNow } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { raw, services, request } = here
const { db } = services
const room = { ...here, smtpUrl: '' }
const [owner, editor, writer] = [
  await signInAs(here, 'owner'),
  await signInAs(here, 'editor'),
  await signInAs(here, 'writer'),
]
const reason = 'It named the wrong company.'
let newsletters = 0

/** A digest that goes out to the two readers of a newsletter of its own. */
async function goingOut() {
  const slug = `paper-${++newsletters}`
  const [newsletter] = await openNewsletters(room, slug)
  await addReaders(raw, 2, [newsletter!], { from: newsletters * 10 })
  const digest = await draftDigest(room, [newsletter!], `Edition of ${slug}`)
  const dispatch = await startNow(room, digest)
  const path = `/admin/digests/${digest}`
  const lists = ['/', `/archive/${slug}`, '/archive/feed.xml', `/archive/${slug}/feed.xml`]
  return { slug, newsletter: newsletter!, digest, dispatch, path, lists, page: `/archive/${slug}/${digest}` }
}

test('an edition that is withdrawn is gone, says why, and its unsent mails are cancelled', async () => {
  const { slug, digest, path, lists, page } = await goingOut()
  const form = await (await editor.get(`${path}/withdraw`)).text()
  expect(form).toContain('2 readers do not get it')
  expect(form).toContain('can’t be called back')
  expect((await editor.post(`${path}/withdraw`, { reason })).headers.get('location')).toBe(path)
  const gone = await request(page)
  expect(gone.status).toBe(410)
  const text = await gone.text()
  expect(text).toContain(reason)
  expect(text).not.toContain('facial recognition')
  for (const list of lists)
    expect(await (await request(list)).text(), list).not.toContain(`Edition of ${slug}`)
  expect((await findDigest(db, digest))!.state).toBe('cancelled')
  const events = await listDigestEvents(db, digest)
  expect(events.slice(-2)).toMatchObject([
    { event: { kind: 'cancelled' }, by: { name: 'editor' } },
    { event: { kind: 'withdrawn', reason }, by: { name: 'editor' } },
  ])
  expect(await (await writer.get(path)).text()).toContain(reason)
  expect(await (await writer.get('/admin/digests')).text()).toContain('>Withdrawn</span>')
})

test('a reason is asked for at its field, and HTML in it is text', async () => {
  const { path, page } = await goingOut()
  const answer = await editor.post(`${path}/withdraw`, { reason: '  ' })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('id="reason-error"')
  const long = await editor.post(`${path}/withdraw`, { reason: 'x'.repeat(501) })
  expect(long.status).toBe(422)
  expect(await long.text()).toContain('x'.repeat(501))
  expect((await request(page)).status).toBe(200)
  await editor.post(`${path}/withdraw`, { reason: '<script>alert(1)</script>\r\nSet-Cookie: x=1' })
  expect(await (await request(page)).text()).toContain(
    '&lt;script&gt;alert(1)&lt;/script&gt; Set-Cookie: x=1',
  )
})

test('writers withdraw nothing; an owner puts it back, an editor does not', async () => {
  const { path, page, lists, slug, digest } = await goingOut()
  expect((await writer.get(`${path}/withdraw`)).status).toBe(403)
  expect((await writer.post(`${path}/withdraw`, { reason })).status).toBe(403)
  expect(await (await writer.get(path)).text()).not.toContain('/withdraw"')
  await editor.post(`${path}/withdraw`, { reason })
  await editor.post(`${path}/withdraw`, { reason: 'Another.' })
  expect(await (await request(page)).text()).toContain(reason)
  expect((await editor.post(`${path}/put-back`)).status).toBe(403)
  expect(await (await editor.get(path)).text()).not.toContain('/put-back"')
  expect(await (await owner.get(path)).text()).toContain('/put-back"')
  expect((await owner.post(`${path}/put-back`)).status).toBe(303)
  expect((await request(page)).status).toBe(200)
  for (const list of lists) expect(await (await request(list)).text(), list).toContain(`Edition of ${slug}`)
  expect((await findDigest(db, digest))!.state).toBe('cancelled')
  expect((await listDigestEvents(db, digest)).at(-1)).toMatchObject({ event: { kind: 'put_back' } })
  const history = await (await editor.get(`${path}/history`)).text()
  expect(history).toContain('Put it back into the archive')
  expect(history).toContain(reason)
})

test('what has not begun to go out is not withdrawn, but deleted or cancelled', async () => {
  const { newsletter } = await goingOut()
  const draft = await draftDigest(room, [newsletter])
  for (const id of [draft, 999_999]) {
    expect((await owner.get(`/admin/digests/${id}/withdraw`)).status).toBe(404)
    expect((await owner.post(`/admin/digests/${id}/withdraw`, { reason })).status).toBe(404)
  }
})

test('a feed reader that asks whether something changed hears of it', async () => {
  const { path, slug } = await goingOut()
  await raw`update dispatches set started_at = now() - interval '2 days'`
  const since = new Date(Date.now() - 3_600_000).toUTCString()
  const ask = () => request(`/archive/${slug}/feed.xml`, { headers: { 'if-modified-since': since } })
  await raw`update digests set withdrawn_at = now() - interval '1 day' where withdrawn_at is not null`
  expect((await ask()).status).toBe(304)
  await owner.post(`${path}/withdraw`, { reason })
  expect((await ask()).status).toBe(200)
  await raw`update digests set withdrawn_at = now() - interval '1 day' where withdrawn_at is not null`
  expect((await ask()).status).toBe(304)
  await owner.post(`${path}/put-back`)
  expect((await ask()).status).toBe(200)
})

test('who confirms gets no withdrawn edition, and of a corrected one the corrected words', async () => {
  const { path, newsletter, digest, dispatch } = await goingOut()
  const [reader] =
    await raw`select s.id, s.address from subscribers s join subscriptions on subscriber_id = s.id
    where newsletter_id = ${newsletter} order by s.id limit 1`
  const [stranger] =
    await raw`insert into subscribers (address, address_key) values ('new@one.example', 'new@one.example') returning id`
  const latest = () => latestEditionFor(db, Number(stranger!.id), [newsletter])
  const notice = {
    id: 1,
    kind: 'latest_edition',
    recipient: reader!.address,
    language: 'en',
    content: { subscriberId: Number(reader!.id), dispatchId: dispatch, newsletterId: newsletter },
  } as Notice
  expect(await latest()).toMatchObject({ digestId: digest })
  const [story] = await raw`select article_id from sent_stories where digest_id = ${digest}`
  await correctStory(services, {
    digestId: digest,
    articleId: Number(story!.article_id),
    change: { title: 'IBM stays', note: 'It stays.' },
    by: { kind: 'service' },
  })
  const mail = await composeNotice(services, notice)
  expect(mail).toMatchObject({ html: expect.stringContaining('IBM stays') })
  expect(mail).toMatchObject({ text: expect.stringContaining('It stays.') })
  await raw`update dispatches set state = 'finished', finished_at = now() where id = ${dispatch}`
  await editor.post(`${path}/withdraw`, { reason })
  expect(await latest()).toBeUndefined()
  expect(await composeNotice(services, notice)).toBe('obsolete')
})
