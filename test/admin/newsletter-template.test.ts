import { expect, test } from 'vitest'
import { createKey } from '../../src/actions/create-key.ts'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { templateToStartFrom } from '../../src/mail/render/own-template.ts'
import { fillPieces, neutralValues } from '../../src/mail/render/slots.ts'
import { addArticle } from '../../src/store/articles.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { findDispatch } from '../../src/store/dispatches.ts'
import { addNewsletter, findNewsletter, updateNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { listRenderings } from '../../src/store/renderings.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { db, templates } = here.services
const editor = await signInAs(here, 'editor')
await updatePublication(db, {
  name: 'The Harbour Times',
  postalAddress: '1 Pier\nPort City',
  senderAddress: 'news@harbour.example',
})
const tides = (await addNewsletter(db, { slug: 'tides', name: 'Tides', language: 'de' }))!

const path = '/admin/newsletters/tides/template'
const start = templateToStartFrom(templates)
const ours = start.replace('{{ words.why }}', 'Set by hand. {{ words.why }}')
const kept = async () => (await findNewsletter(db, 'tides'))!.template
const field = (page: string) =>
  /<textarea[^>]*name="template"[^>]*>\n([\s\S]*?)<\/textarea>/
    .exec(page)![1]!
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

test('an editor starts from Broadsheet’s template, changes and keeps it, and looks at it', async () => {
  expect(await (await editor.get('/admin/newsletters')).text()).toContain(`href="${path}"`)
  const first = await (await editor.get(path)).text()
  expect(first).toContain('It uses the template that comes with Broadsheet.')
  expect(field(first)).toBe('')
  const begun = await (await editor.get(`${path}?from=broadsheet`)).text()
  expect(begun).toContain('Nothing is saved yet')
  expect(field(begun)).toBe(start)
  expect(await kept()).toBeNull()

  const answer = await editor.post(path, { template: ours.replaceAll('\n', '\r\n') })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${path}?done=saved`])
  expect(await kept()).toBe(ours.trimEnd())
  expect(field(await (await editor.get(path)).text())).toBe(ours.trimEnd())

  const sample = await editor.get(`${path}/sample?view=dark`)
  expect(sample.headers.get('content-security-policy')).toMatch(/^sandbox .*default-src 'none'/)
  const mail = await sample.text()
  for (const words of ['Set by hand.', 'Anzeige · Nordwind GmbH', '1 Pier', '@media (min-width: 0)'])
    expect(mail).toContain(words)
  expect(await (await editor.get(`${path}/sample?view=text`)).text()).toContain('Anzeige · Nordwind GmbH\n')
})

test('a broken one is never kept: each fault stands at the field with its line, and the text stays', async () => {
  await updateNewsletter(db, tides.id, { template: ours })
  const broken = start.replace('{{ block.text }}', '{{ block.words }}').replace('{{ date }}', '{{ day }} <b>')
  for (const to of [path, `${path}/sample`]) {
    const answer = await editor.post(to, { template: broken })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('2 things are wrong with the template.')
    const errors = /<ul class="errors" id="template-error">([\s\S]*?)<\/ul>/.exec(page)![1]!
    for (const name of ['block.words', 'day']) {
      const line = broken.slice(0, broken.indexOf(`{{ ${name} }}`)).split('\n').length
      expect(errors).toContain(`<strong>Line ${line}: </strong>There is no ${name}.`)
    }
    expect(page).toMatch(/<textarea[^>]*aria-describedby="template-error"/)
    expect(field(page)).toBe(broken)
  }
  expect(await kept()).toBe(ours)
})

test.each([
  ['', 'Please fill this in.'],
  ['x'.repeat(60_001), 'at most 60000 characters'],
  ['a\u0007b', 'control characters'],
  ['</textarea><script>alert(1)</script>', 'MJML can’t read this'],
])('%# is refused at its field', async (template, words) => {
  const answer = await editor.post(path, { template })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain(words)
  expect(page).not.toContain('<script>alert')
})

test('what is typed is shown without being kept', async () => {
  const before = await kept()
  const answer = await editor.post(`${path}/sample`, {
    template: start.replace('{{ words.why }}', 'Just looking. {{ words.why }}'),
  })
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('Just looking.')
  expect(answer.headers.get('content-security-policy')).toContain('sandbox')
  expect(await kept()).toBe(before)
})

async function aDigest(title: string) {
  const article = await addArticle(db, {
    title,
    url: `https://harbour.example/${title}`,
    standfirst: 'High.',
  })
  return addDigest(db, {
    subject: title,
    preheader: 'What the moon does',
    newsletterIds: [tides.id],
    blocks: [{ type: 'article', articleId: article.id }],
  })
}

async function dispatched(digest: number) {
  const outcome = await dispatchDigest(here.services, digest)
  if (outcome.kind !== 'created') throw new Error(JSON.stringify(outcome))
  return outcome.dispatch.id
}

/** Shows each story but this one. */
const without = (title: string) =>
  ours.replaceAll('>{{ block.title }}<', `>{% if block.title != '${title}' %}{{ block.title }}{% endif %}<`)

test('a dispatch is set with it', async () => {
  await updateNewsletter(db, tides.id, { template: ours })
  const id = await dispatched(await aDigest('Spring'))
  expect(await startDispatch(here.services, id)).toMatchObject({ kind: 'started' })
  const [rendering] = await listRenderings(db, id)
  const html = fillPieces(rendering!.html, neutralValues('https://harbour.example'), 'html')
  expect(html).toContain('Set by hand.')
})

test('a digest that it can’t show is not dispatched, and its preview says why', async () => {
  await updateNewsletter(db, tides.id, { template: without('Neap') })
  const digest = await aDigest('Neap')
  const outcome = await dispatchDigest(here.services, digest)
  expect(outcome).toMatchObject({ kind: 'refused' })
  expect(JSON.stringify(outcome)).toMatch(/"not-rendered".*no-story Neap/)
  const { key } = await createKey(here.services, { name: 'k', role: 'writer' })
  const preview = await here.request(`/api/v1/digests/${digest}/preview?format=html`, {
    headers: { authorization: `Bearer ${key}` },
  })
  expect(preview.status).toBe(409)
  expect(await preview.json()).toMatchObject({ title: expect.stringContaining('Neap') })
})

test('a dispatch pauses where the template was changed before it started, and says why', async () => {
  await updateNewsletter(db, tides.id, { template: ours })
  const id = await dispatched(await aDigest('Ebb'))
  await updateNewsletter(db, tides.id, { template: without('Ebb') })
  expect(await startDispatch(here.services, id)).toEqual({ kind: 'paused', reason: 'rendering' })
  expect((await findDispatch(db, id))!.pauseEvidence).toMatchObject({ error: expect.stringContaining('Ebb') })
})

test('going back to Broadsheet’s has a page that says what is lost', async () => {
  await updateNewsletter(db, tides.id, { template: ours })
  const question = await (await editor.get(`${path}/drop`)).text()
  expect(question).toContain('Drop the template of Tides?')
  expect(field(question)).toBe(ours)
  expect(await kept()).toBe(ours)
  expect((await editor.post(`${path}/drop`)).status).toBe(303)
  expect(await kept()).toBeNull()
  expect(await (await editor.get(`${path}/sample`)).text()).not.toContain('Set by hand.')
})

test('it is for owners and editors, and for newsletters that there are', async () => {
  const writer = await signInAs(here, 'writer')
  const pages = ['', '/sample', '/drop']
  for (const page of pages) expect((await writer.get(path + page)).status).toBe(403)
  for (const page of pages) expect((await writer.post(path + page, { template: ours })).status).not.toBe(303)
  expect(await kept()).toBeNull()
  const list = await writer.get('/admin/newsletters')
  expect(list.status).toBe(200)
  expect(await list.text()).not.toContain('/template')
  const owner = await signInAs(here, 'owner')
  expect((await owner.get(path)).status).toBe(200)
  for (const slug of ['nothing', '1', '%00', '..%2f']) {
    expect((await owner.get(`/admin/newsletters/${slug}/template`)).status).toBe(404)
    expect((await owner.post(`/admin/newsletters/${slug}/template`, { template: ours })).status).toBe(404)
  }
})

test('the API does not hand it out', async () => {
  await updateNewsletter(db, tides.id, { template: ours })

  const { key } = await createKey(here.services, { name: 'k', role: 'writer' })
  const list = await here.request('/api/v1/newsletters', { headers: { authorization: `Bearer ${key}` } })
  expect(await list.text()).not.toContain('mj-')
})
