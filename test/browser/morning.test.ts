import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { feedSite, rss } from '../stories/feed-site.ts'
import { openTestApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'
import { openBrowser, serve } from '../support/browser.ts'
import { addReaders, openSender } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'
import { startSink } from '../support/sink.ts'
import { until } from '../support/until.ts'

const sink = await startSink({ keep: 1000 })
atEnd(() => sink.close())
const site = await openTestApp({ env: { SMTP_URL: sink.url } })
const url = await serve(site)
const { db } = site.services
await updatePublication(db, {
  name: 'The Ledger',
  postalAddress: '12 Paper Lane, London',
  senderName: 'The Ledger',
  senderAddress: 'desk@ledger.example',
})
const browser = await openBrowser()
const room = { ...site, smtpUrl: sink.url }

/** One newsroom's morning: from its site's feed to a digest that was sent, by these ways of doing things. */
type Ways = {
  go(page: Page, link: string): Promise<void>
  press(page: Page, button: Locator): Promise<void>
  write(page: Page, field: Locator, text: string): Promise<void>
  tick(page: Page, box: Locator): Promise<void>
}

const byMouse: Ways = {
  go: (page, link) => page.getByRole('link', { name: link, exact: true }).first().click(),
  press: (_, button) => button.click(),
  write: (_, field, text) => field.fill(text),
  tick: (_, box) => box.check(),
}

/** Tab until it has the focus; nothing else is touched. */
async function tabTo(page: Page, target: Locator) {
  await target.waitFor()
  for (let step = 0; step < 200; step++) {
    if (await target.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${target}`)
}

const byKeyboard: Ways = {
  async go(page, link) {
    await tabTo(page, page.getByRole('link', { name: link, exact: true }).first())
    await page.keyboard.press('Enter')
  },
  async press(page, button) {
    await tabTo(page, button)
    await page.keyboard.press('Enter')
  },
  async write(page, field, text) {
    await tabTo(page, field)
    await page.keyboard.press('Control+a')
    await page.keyboard.type(text)
  },
  async tick(page, box) {
    await tabTo(page, box)
    await page.keyboard.press('Space')
  },
}

test.each<[string, Ways, BrowserContextOptions]>([
  ['by mouse', byMouse, {}],
  ['by keyboard alone', byKeyboard, {}],
  ['without a script, by keyboard alone', byKeyboard, { javaScriptEnabled: false }],
])(
  'from the feed to the tray, the digest, the checks and the readers: %s',
  { timeout: 60_000 },
  async (how, ways, options) => {
    const scripted = options.javaScriptEnabled !== false
    await site.raw`truncate articles, feeds, digests, newsletters, subscribers cascade`
    await sink.clear()
    const newsletter = await addNewsletter(db, { slug: 'morning', name: 'Morning Brief' })
    await addReaders(site.raw, 40, [newsletter!.id])
    const published = await feedSite(site, {
      '/': {
        headers: { 'content-type': 'text/html' },
        body: '<title>The Ledger</title><link rel="alternate" type="application/rss+xml" href="/feed">',
      },
      '/story/1': { body: 'there' },
      '/story/2': { body: 'there' },
      '/feed': {
        body: rss([
          {
            n: 1,
            title: 'Paper mill runs on its waste',
            more: '<category>Energy</category><description>Bark heats the dryers.</description>',
          },
          {
            n: 2,
            title: 'Second cable lands',
            more: '<category>Networks</category><description>A harbour waited.</description>',
          },
          { n: 3, title: 'Ninety pilots', more: '<category>Energy</category>' },
        ]),
      },
    })
    const page = await signedIn(options)
    const sender = openSender(room)
    onTestFinished(() => sender.drain(1000))
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
    const field = (name: string) => page.getByRole('textbox', { name, exact: true })

    await page.goto(`${url}/admin/stories`)
    await ways.go(page, 'Feeds')
    await ways.write(page, field('Address of a feed or of a page'), published.url)
    await ways.press(page, button('Add feed'))
    await page.getByText('is added, with 3 stories').waitFor()

    await ways.go(page, 'Digests 0')
    await ways.press(page, button('New digest').first())
    await ways.write(page, field('Subject'), 'Paper, cables, pilots')
    await ways.write(page, field('Preheader'), 'Bark heats the dryers, and a harbour has waited')
    await ways.tick(page, page.getByRole('checkbox', { name: 'Morning Brief' }))
    for (const title of ['Second cable lands', 'Paper mill runs on its waste']) {
      await ways.press(page, button(`Add ${title}`))
      await page.locator('.block', { hasText: title }).waitFor()
    }
    await ways.press(page, button('Move Story: Paper mill runs on its waste up'))
    await page.locator('.block-lead', { hasText: 'Paper mill' }).waitFor()
    // The mail as its readers will get it.
    await page.frameLocator('.preview-frame:not(.preview-next)').getByText('Bark heats the dryers.').waitFor()
    if (scripted)
      await until('all to be saved', async () => (await page.locator('#saved').textContent()) === 'Saved now')
    // Its site is no https, which is worth a look and stops nothing.
    await page.locator('#checks').getByText('http:').first().waitFor()
    expect(await page.locator('#checks .tone-fix').count()).toBe(0)

    await ways.go(page, 'Check links and sender too')
    if (!scripted) await ways.press(page, button('Check them now'))
    await page.getByText('The 2 links in it are there.').waitFor()
    await ways.go(page, 'Send …')
    await ways.press(page, button('Send to 40 readers now'))
    await page.waitForURL(/\/admin\/digests\/\d+$/)
    sender.wake()
    await until('it to be sent', async () => {
      if (!scripted) await page.reload()
      return page.locator('.status', { hasText: 'Sent' }).isVisible()
    })
    const messages = await sink.messages()
    expect(messages).toHaveLength(40)
    expect(messages[0]).toMatch(/^Subject: Paper, cables, pilots\r$/m)

    // The next morning knows what went out.
    await page.goto(`${url}/admin/stories`)
    expect(await page.getByText(/^Sent on .* in Morning Brief$/).count(), how).toBe(2)
  },
)

async function signedIn(options: BrowserContextOptions): Promise<Page> {
  const [name = '', value = ''] = (await signInAs(site, 'editor')).cookie.split('=')
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  onTestFinished(() => context.close())
  await context.addCookies([{ name, value, url }])
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  return page
}
