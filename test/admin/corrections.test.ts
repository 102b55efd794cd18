import { expect, test } from 'vitest'
import { preflight } from '../../src/actions/preflight.ts'
import type { Language } from '../../src/domain/languages.ts'
import { addArticle, findArticle } from '../../src/store/articles.ts'
import { listDigestEvents } from '../../src/store/digest-events.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { findDigest, removeDigest } from '../../src/store/digests.ts'
import { addNewsletter, findNewsletter, updateNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { listRenderings } from '../../src/store/renderings.ts'
import { openTestApp } from '../support/app.ts'
import { addReaders, openNewsletters, startNow } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { raw, services, request } = here
const { db } = services
const room = { ...here, smtpUrl: '' }
const [morning] = await openNewsletters(room, 'morning')
await updatePublication(db, { timeZone: 'Europe/London' })
await addReaders(raw, 3, [morning!])
const [editor, writer] = [await signInAs(here, 'editor'), await signInAs(here, 'writer')]

const story = {
  title: 'Bank raises rates',
  standfirst: 'They stand at 5 per cent now.',
  url: 'https://news.example/bank',
}

/** A digest with that story as its lead and in "see also", on its way to one newsletter. */
async function sent({ newsletter = morning!, articleId = 0, title = '' } = {}) {
  const id = articleId || (await addArticle(db, story)).id
  const digest = await addDigest(db, {
    subject: 'Rates go up',
    preheader: 'x',
    newsletterIds: [newsletter],
    blocks: [
      { type: 'article', articleId: id, ...(title && { title }) },
      { type: 'seeAlso', articleIds: [id] },
    ],
  })
  const dispatch = await startNow(room, digest)
  const path = `/admin/digests/${digest}`
  return { digest, dispatch, articleId: id, path, form: `${path}/correct/${id}` }
}

const right = {
  title: 'Bank lowers rates',
  standfirst: 'They stand at 4 per cent now.',
  url: 'https://news.example/bank-lowers',
  note: 'The bank lowered its rates; we said that it raised them.',
}
const archive = async (digest: number, slug = 'morning') =>
  (await request(`/archive/${slug}/${digest}`)).text()
const feed = async (slug = 'morning') => (await request(`/archive/${slug}/feed.xml`)).text()
/** "12 March", as the newsletter's clock and language have it. */
const today = (language: Language = 'en', timeZone = 'UTC') =>
  new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone,
  }).format(new Date())

test('a correction stands in archive and feed with its note; what was sent, and the story, stay', async () => {
  const { digest, dispatch, articleId, path, form } = await sent()
  const other = await sent({ articleId })
  const before = await listRenderings(db, dispatch)
  const page = await (await editor.get(form)).text()
  for (const value of [story.title, story.url]) expect(page).toContain(`value="${value}"`)
  expect(page).toContain(`\n${story.standfirst}</textarea>`)
  const answer = await editor.post(form, { ...right, seen: '0' })
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe(`${path}?done=corrected`)
  const note = `Correction, ${today()}: ${right.note}`
  for (const text of [await archive(digest), await feed()]) {
    expect(text).toContain('Bank lowers rates')
    expect(text).toContain('https://news.example/bank-lowers')
    expect(text.split(note)).toHaveLength(3)
  }
  expect(await archive(digest)).not.toContain('Bank raises rates')
  expect(await archive(other.digest)).toContain('Bank raises rates')
  expect(await archive(other.digest)).not.toContain('Correction')
  expect(await listRenderings(db, dispatch)).toEqual(before)
  expect(await findArticle(db, articleId)).toMatchObject(story)
  const result = await (await editor.get(path)).text()
  expect(result).toContain(right.note)
  expect(result).toMatch(/data-head="By">editor</)
  expect((await listDigestEvents(db, digest)).at(-1)).toMatchObject({
    event: { kind: 'corrected', articleId, title: right.title, note: right.note },
    by: { kind: 'editor', name: 'editor' },
  })
})

test('several corrections of one story are all kept; what one leaves alone, the one before said', async () => {
  const { digest, form } = await sent()
  await editor.post(form, { ...right, seen: '0' })
  await editor.post(form, { ...right, standfirst: 'At 4.25 per cent.', note: 'It is 4.25.', seen: '1' })
  const text = await archive(digest)
  expect(text).toContain('Bank lowers rates')
  expect(text).toContain('At 4.25 per cent.')
  expect(text.indexOf(right.note)).toBeLessThan(text.indexOf('It is 4.25.'))
  const rows =
    await raw`select title, standfirst, url from corrections where digest_id = ${digest} order by id`
  expect(rows[1]).toEqual({ title: null, standfirst: 'At 4.25 per cent.', url: null })
})

test('words that the digest has of its own are corrected too', async () => {
  const { digest, form } = await sent({ title: 'Our own headline, wrong' })
  expect(await (await editor.get(form)).text()).toContain('value="Our own headline, wrong"')
  await editor.post(form, { ...right, seen: '0' })
  expect(await archive(digest)).not.toContain('Our own headline, wrong')
  expect(await feed()).not.toContain('Our own headline, wrong')
})

test('a newsletter in German says it in German', async () => {
  await addNewsletter(db, { slug: 'abend', name: 'Abend', language: 'de', timeZone: 'Europe/Berlin' })
  const { digest, form } = await sent({ newsletter: (await findNewsletter(db, 'abend'))!.id })
  await editor.post(form, { ...right, note: 'Der Zins sank.', seen: '0' })
  const note = `Berichtigung, ${today('de', 'Europe/Berlin')}: Der Zins sank.`
  expect(await archive(digest, 'abend')).toContain(note)
  expect(await feed('abend')).toContain(note)
})

test.each([
  ['one that knows nothing of corrections', '{{ block.note }}', ''],
  ['one that hides notes', '', ''],
  [
    'one that knows them',
    '{% for note in block.corrections %}{{ note }} {% endfor %}',
    '{% for note in one.corrections %}{{ note }} {% endfor %}',
  ],
])('a template of its own shows the note: %s', async (name, notes, listed) => {
  const slug = name.replaceAll(' ', '-')
  await addNewsletter(db, { slug, name: 'Own' })
  const { id } = (await findNewsletter(db, slug))!
  await updateNewsletter(db, id, {
    template: `<mjml><mj-body><mj-section><mj-column><mj-text>{% for block in blocks %}
      {% if block.type == 'story' %}<h2><a href="{{ block.url }}">{{ block.title }}</a></h2> ${notes}{% endif %}
      {% if block.type == 'seeAlso' %}{% for one in block.articles %}<a href="{{ one.url }}">{{ one.title }}</a> ${listed}{% endfor %}{% endif %}{% endfor %}
      <a href="{{ slots.unsubscribe }}">Leave</a> <a href="{{ slots.preferences }}">Choose</a>
      {% for line in imprint %}{{ line }} {% endfor %}</mj-text></mj-column></mj-section></mj-body></mjml>`,
  })
  const { digest, form } = await sent({ newsletter: id })
  expect((await editor.post(form, { ...right, seen: '0' })).status).toBe(303)
  expect((await archive(digest, slug)).split(`Correction, ${today()}: ${right.note}`)).toHaveLength(3)
})

test('what can’t be is refused at its field, filled in as it was typed, and nothing changes', async () => {
  const { digest, form } = await sent()
  const wrong = { ...right, title: '', url: 'javascript:alert(1)', note: ' ', seen: '0' }
  const answer = await editor.post(form, wrong)
  expect(answer.status).toBe(422)
  const page = await answer.text()
  for (const field of ['title', 'url', 'note']) expect(page).toContain(`id="${field}-error"`)
  expect(page).toContain('value="javascript:alert(1)"')
  for (const url of [
    'data:text/html,x',
    'https://a.example/\r\nset-cookie: x=1',
    '//evil.example',
    'mailto:a@b.c',
  ])
    expect((await editor.post(form, { ...right, url })).status, url).toBe(422)
  expect((await editor.post(form, { ...right, note: 'x'.repeat(501) })).status).toBe(422)
  expect(await archive(digest)).toContain(story.title)
  expect(await raw`select from corrections where digest_id = ${digest}`).toHaveLength(0)
})

test('HTML in a correction is shown as text', async () => {
  const { digest, form } = await sent()
  const hostile = '<script>alert(1)</script><img src=x onerror=alert(1)> {{ name }} {% x %}'
  await editor.post(form, { ...right, title: hostile, note: hostile, seen: '0' })
  expect(await archive(digest)).not.toMatch(/<script>alert|<img src=x/)
  expect(await archive(digest)).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(await feed()).not.toMatch(/<script>alert|&lt;script&gt;alert/)
  expect(await (await editor.get(`/admin/digests/${digest}`)).text()).not.toMatch(/<script>alert|<img src=x/)
})

test('two at once: the second is shown what the first made of it', async () => {
  const { digest, form } = await sent()
  const answers = await Promise.all([
    editor.post(form, { ...right, seen: '0' }),
    editor.post(form, { ...right, title: 'Something else', note: 'My note.', seen: '0' }),
  ])
  expect(answers.map(answer => answer.status).toSorted()).toEqual([303, 409])
  const page = await answers.find(answer => answer.status === 409)!.text()
  expect(page).toContain('Somebody corrected this story')
  expect(page).toContain('name="seen" value="1"')
  expect(await raw`select from corrections where digest_id = ${digest}`).toHaveLength(1)
})

test('writers see what was corrected and correct nothing; what is not there has no form', async () => {
  const { digest, path, form } = await sent()
  expect(await (await writer.get(path)).text()).not.toContain('/correct/')
  expect((await writer.get(form)).status).toBe(403)
  expect((await writer.post(form, right)).status).toBe(403)
  for (const one of [`${path}/correct/999999`, `${path}/correct/x`, '/admin/digests/999999/correct/1']) {
    expect((await editor.get(one)).status, one).toBe(404)
    expect((await editor.post(one, right)).status, one).toBe(404)
  }
  const draft = await addDigest(db, { subject: 'x', preheader: '', newsletterIds: [], blocks: [] })
  expect((await editor.post(`/admin/digests/${draft}/correct/1`, right)).status).toBe(404)
  expect(digest).toBeGreaterThan(0)
})

test('while it goes out, the page says who gets the old words, and offers a pause', async () => {
  const { digest, form, path } = await sent()
  const page = await (await editor.get(form)).text()
  expect(page).toContain('3 readers have not got it yet')
  expect(page).toContain(`action="${path}/pause"`)
  await editor.post(`${path}/pause`)
  const paused = await (await editor.get(form)).text()
  expect(paused).toContain('3 readers have not got it yet')
  expect(paused).not.toContain(`action="${path}/pause"`)
  await raw`update dispatches set state = 'finished', finished_at = now(), paused_at = null, sent = 3, pending = 0 where digest_id = ${digest}`
  expect(await (await editor.get(form)).text()).not.toContain('have not got it yet')
})

test('a letter to those who got it is a draft, once, with the note and the corrected story', async () => {
  const { digest, articleId, form, path } = await sent()
  const note = 'It is *not* [5 per cent](https://evil.example), {{ name }}.'
  await editor.post(form, { ...right, note, seen: '0' })
  const page = await (await editor.get(`${path}?done=corrected`)).text()
  const letter = /action="([^"]*\/letter)"/.exec(page)![1]!
  expect((await writer.post(letter)).status).toBe(403)
  const at = (await editor.post(letter)).headers.get('location')!
  expect((await editor.post(letter)).headers.get('location')).toBe(at)
  const draft = (await findDigest(db, Number(at.split('/').at(-1))))!
  expect(draft).toMatchObject({
    state: 'draft',
    subject: 'Correction: Rates go up',
    audience: [{ kind: 'got', digest, is: true }],
    newsletters: [{ slug: 'morning' }],
  })
  const block = draft.blocks[1] as { articleId: number; title: string }
  expect(block).toMatchObject({ type: 'article', title: right.title, standfirst: right.standfirst })
  expect(block.articleId).not.toBe(articleId)
  expect(await findArticle(db, block.articleId)).toMatchObject({ url: right.url })
  const preview = await (await editor.get(`${at}/preview`)).text()
  expect(preview).toContain('It is *not* [5 per cent](')
  expect(preview).toContain('{{ name }}')
  expect(preview).not.toContain('<em>not</em>')
  expect(await (await editor.get(path)).text()).toContain(`href="${at}"`)
  expect((await editor.post(`${path}/corrections/999999/letter`)).status).toBe(404)
})

test('a digest that was deleted meanwhile gets no letter; one that is there is asked for by those who may', async () => {
  const { digest, form, path } = await sent()
  await editor.post(form, { ...right, seen: '0' })
  const page = await (await editor.get(`${path}?done=corrected`)).text()
  const letter = /action="([^"]*\/letter)"/.exec(page)![1]!
  expect(await (await writer.get(`${path}?done=corrected`)).text()).not.toContain('/letter"')
  await removeDigest(db, digest)
  const drafts = () => raw`select id from digests where subject like 'Correction:%'`
  const before = await drafts()
  expect((await editor.post(letter)).status).toBe(404)
  expect(await drafts()).toEqual(before)
})

test('where the link was right, the letter has the story itself', async () => {
  const { articleId, form, path } = await sent()
  await editor.post(form, { ...right, url: story.url, seen: '0' })
  const letter = /action="([^"]*\/letter)"/.exec(await (await editor.get(path)).text())![1]!
  const at = (await editor.post(letter)).headers.get('location')!
  const draft = (await findDigest(db, Number(at.split('/').at(-1))))!
  expect(draft.blocks[1]).toMatchObject({ articleId })
  const findings = await preflight(services, draft)
  expect(findings.filter(found => found.level === 'error')).toEqual([])
})
