import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import type { Block } from '../../src/domain/blocks.ts'
import { addArticle } from '../../src/store/articles.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'
import { openBrowser, serve } from '../support/browser.ts'
import { signInAs } from '../support/sign-in.ts'
import { hostileTexts } from './hostile-texts.ts'

const site = await openTestApp()
const url = await serve(site)
const { db } = site.services
const owner = await clientOf(site, 'owner')

/** A text for the next field, each in its turn. */
let turn = 0
const next = () => hostileTexts[turn++ % hostileTexts.length]!
/** Where an editor types, braces stop a digest; what came from outside is literal. */
const typeable = hostileTexts.filter(text => !/\{\{|\{%|\}\}|%\}/.test(text))
const nextTyped = () => typeable[turn++ % typeable.length]!

test('over a hundred hostile texts in every field run nowhere, with our policies taken off', {
  timeout: 60_000,
}, async () => {
  expect(new Set(hostileTexts).size).toBeGreaterThan(100)
  await updatePublication(db, {
    name: next(),
    tagline: next(),
    postalAddress: next(),
    senderName: next(),
    senderAddress: 'desk@example.com',
    privacyText: hostileTexts.join('\n\n'),
    footer: hostileTexts.slice(0, 30).join('\n\n'),
  })
  for (const slug of ['daily', 'weekly'])
    await addNewsletter(db, { slug, name: next(), description: next(), schedule: next(), senderName: next() })
  const articles: number[] = []
  for (const text of hostileTexts) {
    const { id } = await addArticle(db, {
      title: text.slice(0, 300),
      standfirst: next(),
      url: `https://example.com/${encodeURIComponent(text)}`,
      section: next(),
      byline: next(),
      imageUrl: 'https://example.com/x.png',
      imageAlt: next(),
      imageCredit: next(),
      note: next(),
      language: next().slice(0, 35),
      ...(articles.length % 4 === 1 && { kind: 'partner' as const, sponsor: next() }),
    })
    articles.push(id)
  }
  const blocks = typeable.flatMap((text, index): Block[] => {
    const articleId = articles[index]!
    switch ((index + 1) % 5) {
      case 0:
        return [{ type: 'partner', articleId, sponsor: text.slice(0, 120), title: nextTyped() }]
      case 1:
        return [
          { type: 'heading', text: text.slice(0, 200) },
          { type: 'article', articleId, standfirst: nextTyped() },
        ]
      case 2:
        return [
          { type: 'text', markdown: text },
          { type: 'seeAlso', articleIds: [articleId] },
        ]
      case 3:
        return [
          {
            type: 'button',
            text: text.slice(0, 80),
            url: `https://example.com/?${encodeURIComponent(text)}`,
          },
        ]
      default:
        return [
          { type: 'newest', section: text, count: 2 },
          { type: 'article', articleId },
        ]
    }
  })
  const drafts: number[] = []
  const sent: number[] = []
  for (let from = 0; from < blocks.length; from += 25) {
    // The first story leads, and may not be a paid one; a mail has 100,000 octets.
    const lead: Block = { type: 'article', articleId: articles[0]! }
    const text = {
      subject: nextTyped(),
      preheader: nextTyped(),
      newsletters: ['daily', 'weekly'],
      blocks: [lead, ...blocks.slice(from, from + 25)],
    }
    for (const list of [drafts, sent]) {
      const answer = await owner('POST', '/digests', text)
      expect(answer.status, JSON.stringify(answer.body)).toBe(201)
      list.push(answer.body.id)
    }
    const id = sent.at(-1)!
    await site.raw`insert into dispatches (digest_id, state, transport, due_at) values (${id}, 'scheduled', 'mailbox', now())`
    const [row] = await site.raw`select id from dispatches where digest_id = ${id}`
    const started = await startDispatch(site.services, row!.id)
    const why = await site.raw`select pause_evidence from dispatches where id = ${row!.id}`
    expect(started, JSON.stringify(why)).toMatchObject({ kind: 'started' })
  }
  const draft = `/admin/digests/${drafts[0]}`
  const ran: string[] = []
  const page = await signedInWithoutPolicies(ran)
  for (const path of [
    draft,
    `${draft}?q=${encodeURIComponent(next())}`,
    `${draft}/preview?format=html&scheme=dark`,
    `${draft}/preview?format=text`,
    `${draft}/send`,
    '/admin/digests',
    `/admin/digests/${sent[0]}`,
    ...sent.map(id => `/archive/daily/${id}`),
    ...drafts.map((id, at) => `/admin/digests/${id}${at % 2 ? '/checks' : ''}`),
    '/admin/stories',
    `/admin/stories?q=${encodeURIComponent(next())}`,
    `/admin/stories/${articles[0]}`,
    '/admin/newsletters',
    '/admin/settings',
    '/',
    '/subscribe',
    '/privacy',
    '/archive',
    '/archive/daily',
    '/archive/daily/feed.xml',
    '/embed/daily',
    '/preferences',
  ]) {
    await page.goto(url + path)
    await page.evaluate(picturesSettled)
  }
  // What comes back with a fault, typed by somebody with no good in mind.
  for (const path of ['/admin/stories', draft, '/subscribe']) {
    await page.goto(url + path.replace('/admin/stories', '/admin/stories/new'))
    await Promise.all([
      page.waitForEvent('load'),
      page.evaluate(fillAndSend, { action: path, texts: hostileTexts.slice(0, 40) }),
    ])
  }
  expect(ran).toEqual([])
  // It would have been seen.
  await page.goto(`${url}/livez`)
  await page.setContent(`<p>${hostileTexts[3]}</p>`)
  await expect.poll(() => ran.length).toBeGreaterThan(0)
})

/** Until each picture that is asked for has come, or has failed: what waits for that has run. */
const picturesSettled = () =>
  Promise.all(
    [...document.images].map(
      image =>
        image.complete ||
        image.loading === 'lazy' ||
        new Promise(done => {
          image.addEventListener('load', done)
          image.addEventListener('error', done)
        }),
    ),
  ).then(() => {})

async function signedInWithoutPolicies(ran: string[]): Promise<Page> {
  const browser = await openBrowser()
  const context = await browser.newContext({ bypassCSP: true })
  await context.exposeBinding('ran', (_, where) => void ran.push(String(where)))
  await context.route('https://**', route => route.abort())
  const [name = '', value = ''] = (await signInAs(site, 'owner')).cookie.split('=')
  await context.addCookies([{ name, value, url }])
  const page = await context.newPage()
  page.on('dialog', dialog => {
    ran.push(dialog.message())
    return dialog.dismiss()
  })
  return page
}

/** Sends a form as a page elsewhere would: each of its names many times, whatever its fields allow. */
function fillAndSend({ action, texts }: { action: string; texts: string[] }) {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = action
  const names = [...document.querySelectorAll('input[name], textarea[name], select[name]')].map(
    one => one.getAttribute('name')!,
  )
  for (const [index, name] of names.entries()) {
    const field = document.createElement('textarea')
    field.name = name
    field.value = texts[index % texts.length]!
    form.append(field)
  }
  document.body.append(form)
  HTMLFormElement.prototype.submit.call(form)
}
