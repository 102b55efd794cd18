import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { addDigest } from '../../src/store/digest-texts.ts'
import { findNewsletter } from '../../src/store/newsletters.ts'
import { foundTheLedger, publish } from '../site/publication.ts'
import { openTestApp } from '../support/app.ts'
import { openBrowser, serve } from '../support/browser.ts'
import { signInAs } from '../support/sign-in.ts'

const site = await openTestApp()
const url = await serve(site)
await foundTheLedger(site.services)
const sent = await publish(site.services, { subject: 'IBM leaves facial recognition' })
const newsletter = await findNewsletter(site.services.db, 'morning-brief')
const draft = await addDigest(site.services.db, {
  subject: 'Today',
  preheader: '',
  blocks: [
    { type: 'heading', text: 'Leadership' },
    { type: 'article', articleId: 1 },
    { type: 'newest', section: '', count: 3 },
    { type: 'text', markdown: 'That was all.' },
    { type: 'button', text: 'More', url: 'https://example.com' },
  ],
  newsletterIds: [newsletter!.id],
})
const browser = await openBrowser()

test.each([
  [`/admin/digests/${draft}`, 1440],
  [`/admin/digests/${draft}`, 1000],
  [`/admin/digests/${draft}`, 375],
  [`/admin/digests/${draft}/send`, 1280],
  [`/admin/digests/${sent}`, 375],
  ['/admin/stories', 1280],
  ['/admin/stories/new', 375],
  ['/admin/settings', 375],
])(
  '%s at %i px: Tab reaches everything, in the order of the page, and shows where it is',
  async (path, width) => {
    const page = await open(path, width)
    // What is folded away is reached once it is open.
    await page.evaluate(() => {
      for (const one of document.querySelectorAll('details')) one.open = true
    })
    const expected = await page.evaluate(reachable)
    const reached: string[] = []
    for (let step = 0; step < expected.length + 100; step++) {
      await page.keyboard.press('Tab')
      const at = await page.evaluate(whereTheFocusIs)
      if (!at) continue
      expect(at.fault, at.name).toBeUndefined()
      // A date has several stops within it.
      if (at.name === reached.at(-1)) continue
      if (at.name === reached[0]) break
      reached.push(at.name)
      if (reached.length === expected.length) break
    }
    expect(reached).toEqual(expected)
    await page.context().close()
  },
)

async function open(path: string, width: number): Promise<Page> {
  const [name = '', value = ''] = (await signInAs(site, 'owner')).cookie.split('=')
  const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: 'reduce' })
  await context.addCookies([{ name, value, url }])
  const page = await context.newPage()
  await page.goto(url + path)
  await page.evaluate(named)
  return page
}

/** Gives everything a name to be told by. */
function named() {
  const all = document.querySelectorAll('a, button, input, select, textarea, summary, iframe, [tabindex]')
  for (const [index, one] of [...all].entries())
    one.setAttribute('data-told', `${index} ${one.tagName} ${one.id || one.textContent?.trim().slice(0, 30)}`)
}

/** What a keyboard should come to, in the page's order. Of radio buttons one is, and a frame is its document's matter. */
function reachable(): string[] {
  const all = document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')
  const seen = [...all].filter(
    one =>
      one.checkVisibility({ visibilityProperty: true }) &&
      one.tabIndex >= 0 &&
      !(one as HTMLButtonElement).disabled &&
      !(one instanceof HTMLInputElement && (one.type === 'hidden' || (one.type === 'radio' && !one.checked))),
  )
  return seen.map(one => one.getAttribute('data-told')!)
}

/** WCAG 2.2, 2.4.7 and 2.4.11: the focus is seen, and nothing lies over it. */
function whereTheFocusIs(): { name: string; fault?: string } | undefined {
  const at = document.activeElement as HTMLElement
  if (at === document.body || at.tagName === 'IFRAME' || !at.dataset.told) return undefined
  const name = at.dataset.told
  const { x, y, width, height } = at.getBoundingClientRect()
  const style = getComputedStyle(at)
  const label = at.closest('label')
  const outlined = [at, label].some(one => one && getComputedStyle(one).outlineStyle !== 'none')
  // The calendar's own button within a date draws its own.
  const isDate = at.matches('[type=datetime-local], [type=date], [type=time]')
  if (!outlined && !isDate && style.boxShadow === 'none') return { name, fault: 'no ring is seen' }
  if (y + height < 1 || y > innerHeight - 1 || x + width < 1 || x > innerWidth)
    return { name, fault: 'off the screen' }
  const top = document.elementFromPoint(
    Math.min(Math.max(x + width / 2, 1), innerWidth - 1),
    Math.min(Math.max(y + height / 2, 1), innerHeight - 1),
  )
  const lies = top && top !== at && !at.contains(top) && !top.contains(at) && !label?.contains(top)
  return lies ? { name, fault: `under ${top.outerHTML.slice(0, 80)}` } : { name }
}
