import { expect, test } from 'vitest'
import { keepReaderNumbers } from '../../src/actions/keep-reader-numbers.ts'
import { seedReaders } from '../bench/seed-readers.ts'
import { foundTheLedger, publish } from '../site/publication.ts'
import { openTestApp } from '../support/app.ts'
import { openBrowser, serve } from '../support/browser.ts'
import { signInAs } from '../support/sign-in.ts'

test('pictures', async () => {
  const site = await openTestApp()
  const url = await serve(site)
  const browser = await openBrowser()
  await foundTheLedger(site.services)
  await publish(site.services, { subject: 'IBM leaves facial recognition' })
  const seeded = await seedReaders(site.raw, 3000)
  await site.raw`update subscribers set tags = '{board,press,subscriber}', name = 'Ana Müller', attributes = '{"city":"Kiel"}' where id = ${seeded.faithful}`
  await site.raw`update subscriptions set state='ended', end_reason='one_click', ended_at=now() where subscriber_id=${seeded.faithful} and newsletter_id=(select max(newsletter_id) from subscriptions where subscriber_id=${seeded.faithful})`
  await keepReaderNumbers(site.services)
  const roles = {
    owner: await signInAs(site, 'owner'),
    writer: await signInAs(site, 'writer'),
    editor: await signInAs(site, 'editor'),
  }
  const pages: [keyof typeof roles, string, string][] = [
    ['owner', 'list', '/admin/readers?tag=subscriber&from=2023-01-01'],
    ['editor', 'editor', '/admin/readers'],
    ['writer', 'writer', '/admin/readers'],
    ['owner', 'one', `/admin/readers/${seeded.faithful}`],
    ['owner', 'signups', '/admin/readers/sign-ups'],
    ['owner', 'growth', '/admin/readers/growth'],
    ['owner', 'growth-all', '/admin/readers/growth?range=all'],
    ['editor', 'add', '/admin/readers/add'],
    ['owner', 'remove-all', `/admin/readers/${seeded.faithful}/remove`],
  ]
  for (const [role, name, path] of pages) {
    const context = await browser.newContext()
    const cookie = roles[role].cookie
    const [cname, value] = cookie.split('=')
    await context.addCookies([{ name: cname!, value: value!, url }])
    const page = await context.newPage()
    await page.goto(url + path)
    for (const [w, dark, y] of [[375, false, 0], [375, true, 700], [1280, true, 0]] as const) {
      await page.setViewportSize({ width: w, height: 900 })
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
      await page.evaluate(top => scrollTo(0, top), y)
      await page.screenshot({ path: `/tmp/rd/v-${name}-${w}-${y}.png` })
    }
    await context.close()
  }
  expect(1).toBe(1)
}, 300000)
