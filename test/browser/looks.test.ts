import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { askForApproval } from '../../src/actions/ask-for-approval.ts'
import { sendBack } from '../../src/actions/decide-approval.ts'
import { makePreviewLink } from '../../src/actions/preview-link.ts'
import type { By } from '../../src/domain/by.ts'
import { links } from '../../src/domain/links.ts'
import { nodeFetcher } from '../../src/reading/node-fetcher.ts'
import { addArticle } from '../../src/store/articles.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { findDigest } from '../../src/store/digests.ts'
import { pauseDomain } from '../../src/store/mail-domains.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { readPublication, updatePublication } from '../../src/store/publication.ts'
import { foundTheLedger, ibm, publish, whitePaper } from '../site/publication.ts'
import { accessFaults } from '../support/accessible.ts'
import { openTestApp } from '../support/app.ts'
import { openBrowser, screenshot, serve } from '../support/browser.ts'
import { addReaders } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'

const site = await openTestApp({ fetcher: nodeFetcher({ allow: [], publicUrl: 'http://localhost:3000' }) })
const url = await serve(site)
const browser = await openBrowser()
await foundTheLedger(site.services)
const subject = 'IBM leaves facial recognition, and asks Congress to talk'
const edition = await publish(site.services, { subject })
const draft = await draftDigest()
await pauseDomain(site.raw, {
  domain: 'gmx.de',
  ms: 600_000,
  reason: 'slow-down',
  reply: '450 4.7.0 gmx.net (mxgmx115) Too many messages; see https://postmaster.gmx.net/error?ip=192.0.2.1',
})
await site.raw`insert into feeds (url, title, failures, trouble, succeeded_at) values
  ('https://example.com/a-very-long-address/of-a-feed-that-does-not-break-anywhere.xml', 'Markets', 1, '{"kind": "status", "status": 410}', now()),
  ('https://example.com/feed', '', 0, null, now())`
const owner = await signInAs(site, 'owner')
await addReaders(site.raw, 3, [1])
const preview = await previewLink()
const asked = await askedDigest()

const readerPages = [
  '/',
  '/subscribe',
  '/subscribe?newsletter=morning-brief',
  '/archive',
  '/archive/morning-brief',
  `/archive/morning-brief/${edition}`,
  '/privacy',
  '/embed/morning-brief',
  '/preferences',
  '/unsubscribe/test?newsletter=morning-brief',
  preview,
  '/nothing/here',
]
const workspacePages = [
  '/admin/digests',
  `/admin/digests/${draft}`,
  `/admin/digests/${draft}/send`,
  `/admin/digests/${draft}/checks`,
  `/admin/digests/${draft}/audience`,
  `/admin/digests/${draft}/history`,
  `/admin/digests/${draft}/override`,
  `/admin/digests/${asked}/send`,
  `/admin/digests/${asked}/review`,
  `/admin/digests/${edition}`,
  `/admin/digests/${draft}/discard`,
  '/admin/stories',
  '/admin/stories/new',
  '/admin/stories/1',
  '/admin/stories/feeds',
  '/admin/stories/feeds/1',
  '/admin/newsletters',
  '/admin/newsletters/new',
  '/admin/newsletters/1',
  '/admin/newsletters/1/remove',
  '/admin/newsletters/morning-brief/template?from=broadsheet',
  '/admin/settings',
  '/admin/settings/look',
  '/admin/settings/delivery',
  '/admin/settings/testers',
  '/admin/settings/editors',
  '/admin/settings/keys',
  '/admin/settings/log',
  '/admin/settings/you',
  '/admin/readers',
  '/admin/readers/sign-ups',
  '/admin/readers/import',
  '/admin/readers/add',
  '/admin/readers/growth',
  '/admin/readers/1',
  '/admin/readers/1/erase',
  '/mailbox',
]

test.each([...readerPages, ...workspacePages])(
  '%s is accessible, in light and in dark, and fits into 320 pixels',
  { timeout: 60_000 },
  async path => {
    const { page, faults } = await open(path)
    expect(await accessFaults(page)).toEqual([])
    if (readerPages.includes(path)) expect(await page.evaluate(smallTargets)).toEqual([])
    expect(faults).toEqual([])
  },
)

test('the fonts of the front page are our own, and asked for once', async () => {
  const page = await browser.newPage()
  const asked: string[] = []
  page.on('request', request => void asked.push(request.url()))
  await page.goto(url)
  await page.evaluate('document.fonts.ready')
  expect(asked.filter(address => !address.startsWith(url))).toEqual([])
  const fonts = asked.filter(address => address.includes('.woff2'))
  expect(fonts.map(address => new URL(address).pathname).sort()).toEqual([
    '/assets/inter-latin.woff2',
    '/assets/newsreader-latin.woff2',
  ])
  expect(await page.evaluate('document.fonts.check("700 44px Newsreader")')).toBe(true)
  await page.close()
})

test('a form that comes back wrong says it beside the field, and keeps what was typed', async () => {
  const page = await browser.newPage({ javaScriptEnabled: false })
  await page.goto(url)
  await page.getByLabel('Leadership').check()
  await page.getByLabel('Your email address').fill('ana@')
  await page.getByRole('button', { name: 'Sign up' }).click()
  const field = page.getByLabel('Your email address')
  expect(await field.inputValue()).toBe('ana@')
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  const error = await field.getAttribute('aria-describedby')
  expect(await page.locator(`#${error}`).textContent()).toMatch(/\w+/)
  expect(await page.getByLabel('Leadership').isChecked()).toBe(true)
  await page.close()
})

test('names longer than the screen is wide are broken', async () => {
  const { db } = site.services
  const long = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen'.repeat(3)
  await addNewsletter(db, { slug: 'long', name: long, description: long, schedule: long })
  const id = await publish(site.services, { subject: long, newsletters: ['long'] })
  const page = await browser.newPage({ viewport: { width: 320, height: 640 } })
  const paths = ['/', '/subscribe?newsletter=long', '/archive', '/archive/long', `/archive/long/${id}`]
  const widths: Record<string, unknown> = {}
  for (const path of [...paths, '/embed/long', '/privacy']) {
    await page.goto(url + path)
    widths[path] = await page.evaluate('document.documentElement.scrollWidth')
  }
  expect(Object.entries(widths).filter(([, width]) => width !== 320)).toEqual([])
  await page.close()
})

test('a publication’s name longer than the screen is wide is broken in the workspace', {
  timeout: 60_000,
}, async () => {
  const { name } = await readPublication(site.services.db)
  await updatePublication(site.services.db, {
    name: 'Donaudampfschifffahrtsgesellschaft'.repeat(3).slice(0, 100),
  })
  const wide: unknown[] = []
  for (const path of workspacePages) {
    const { page } = await open(path)
    await page.setViewportSize({ width: 375, height: 700 })
    const width = await page.evaluate('document.documentElement.scrollWidth')
    if (width !== 375) wide.push([path, width])
  }
  await updatePublication(site.services.db, { name })
  expect(wide).toEqual([])
})

test('the feed is well-formed XML', async () => {
  const page = await browser.newPage()
  await page.goto(`${url}/livez`)
  const xml = await (await fetch(links.feed(url, 'morning-brief'))).text()
  const root = await page.evaluate(
    text => new DOMParser().parseFromString(text, 'application/xml').documentElement.nodeName,
    xml,
  )
  expect(root).toBe('rss')
  await page.close()
})

// PICTURES=/some/folder keeps a picture of every page, wide and narrow, light and dark.
const folder = process.env.PICTURES
test.runIf(folder)('pictures', { timeout: 300_000 }, async () => {
  for (const path of [...readerPages, ...workspacePages]) {
    const { page } = await open(path)
    for (const width of [1280, 375])
      for (const dark of [false, true]) {
        const name = `${path.replace(/\W+/g, '-')}-${width}${dark ? '-dark' : ''}.png`
        await screenshot(page, { width, dark, path: `${folder}/${name}` })
      }
  }
})

/** Opens a page, signed in where that is needed; `faults` gathers what the browser complains about. */
type Opened = { page: Page; faults: string[] }

/** A browser's page for readers, one for editors, one for editions: used again, since what they load they have then. */
const pages = new Map<string, Promise<Opened>>()

async function open(path: string): Promise<Opened> {
  // An edition runs no script, axe's neither.
  const kind = path.includes('/archive/morning-brief/')
    ? 'edition'
    : path.startsWith('/admin')
      ? 'editor'
      : 'reader'
  if (!pages.has(kind)) pages.set(kind, openFor(kind))
  const opened = await pages.get(kind)!
  opened.faults.length = 0
  await opened.page.setViewportSize({ width: 1280, height: 720 })
  await opened.page.goto(url + path)
  return opened
}

async function openFor(kind: string): Promise<Opened> {
  const context = await browser.newContext({ reducedMotion: 'reduce', bypassCSP: kind === 'edition' })
  const [name = '', value = ''] = owner.cookie.split('=')
  if (kind === 'editor') await context.addCookies([{ name, value, url }])
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', error => void faults.push(error.message))
  page.on('console', message => {
    if (/Content Security Policy|Refused/.test(message.text())) faults.push(message.text())
  })
  return { page, faults }
}

async function previewLink(): Promise<string> {
  const digest = (await findDigest(site.services.db, draft))!
  return (await makePreviewLink(site.services, digest)).url.slice(url.length)
}

async function draftDigest(): Promise<number> {
  const { db } = site.services
  const [story, paper] = [await addArticle(db, ibm), await addArticle(db, whitePaper)]
  return addDigest(db, {
    subject,
    preheader: '',
    newsletterIds: [1, 2],
    blocks: [
      { type: 'heading', text: 'Leadership / Digital Transformation' },
      { type: 'article', articleId: story.id },
      { type: 'partner', articleId: paper.id, sponsor: 'Northwind Ltd' },
      { type: 'text', markdown: 'That was *all*.' },
      { type: 'button', text: 'Read on', url: 'https://ledger.example/' },
      { type: 'divider' },
    ],
  })
}

/** What is pressed and is less than 44 pixels high, links within a sentence left out (WCAG 2.2, 2.5.8). */
function smallTargets(): string[] {
  const pressed = document.querySelectorAll('button, input:not([type=hidden]), select, .button, li > label')
  return [...pressed]
    .filter(
      element =>
        !element.closest('.apart, .sample') && !/checkbox|radio/.test(element.getAttribute('type') ?? ''),
    )
    .filter(element => element.getBoundingClientRect().height < 44)
    .map(element => element.outerHTML.slice(0, 100))
}

/** One that a writer asks about again, after it was sent back and changed. */
async function askedDigest() {
  const { services, raw } = site
  await raw`update newsletters set needs_approval = true where id = 3`
  await raw`update subscribers set tags = '{vip}', attributes = '{"Country": "DE"}'`
  const by: By = { kind: 'editor', id: 1, name: 'Will Ode' }
  const text = {
    subject: 'What IBM gave up, and_who_waits_for_what_it_will_keep_of_it_in_all_its_houses',
    preheader: '',
    blocks: [{ type: 'article' as const, articleId: 1 }],
    newsletterIds: [3],
  }
  const id = await addDigest(services.db, text)
  const ask = (comment: string) => askForApproval(services, id, { when: { kind: 'now' }, comment, by })
  const first = await ask('Mind the headline.')
  if (first.kind !== 'asked') throw new Error(JSON.stringify(first))
  const person = { kind: 'editor', id: 1, name: 'Ben Okafor' } as const
  await sendBack(services, first.approval.id, { by: person, comment: 'The subject is dull.' })
  const blocks = [
    { type: 'heading', text: 'Today' },
    { type: 'article', articleId: 1, title: 'IBM gives up' },
  ]
  await raw`update digests set subject = 'What IBM gave up', blocks = ${raw.json(blocks)} where id = ${id}`
  await ask('Better?')
  return id
}
