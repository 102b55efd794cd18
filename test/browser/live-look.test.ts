import { expect, test } from 'vitest'
import { readPublication } from '../../src/store/publication.ts'
import { foundTheLedger } from '../site/publication.ts'
import { openTestApp } from '../support/app.ts'
import { openBrowser, serve } from '../support/browser.ts'
import { signInAs } from '../support/sign-in.ts'

const site = await openTestApp()
const url = await serve(site)
const browser = await openBrowser()
await foundTheLedger(site.services)
const owner = await signInAs(site, 'owner')

async function open(
  options: { javaScriptEnabled?: boolean; viewport?: { width: number; height: number } } = {},
) {
  const context = await browser.newContext(options)
  const [name = '', value = ''] = owner.cookie.split('=')
  await context.addCookies([{ name, value, url }])
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', error => void faults.push(error.message))
  page.on('console', message => {
    if (/Content Security Policy|Refused/.test(message.text())) faults.push(message.text())
  })
  await page.goto(`${url}/admin/settings/look`)
  return { page, faults, mail: page.frameLocator('iframe') }
}

test('the sample follows what is typed, keeps the cursor where it is, and saves nothing', async () => {
  const before = await readPublication(site.services.db)
  const { page, faults, mail } = await open()
  await mail.getByText('The Ledger').first().waitFor()
  const footer = page.getByLabel('Footer of digests')
  await footer.pressSequentially('Call **us**')
  await mail.locator('strong', { hasText: 'us' }).waitFor()
  expect(await footer.evaluate(field => field === document.activeElement)).toBe(true)
  expect(await footer.inputValue()).toBe('Call **us**')
  await page.getByLabel('Accent colour').fill('#ffcc00')
  await page.getByText('too weak for text').waitFor()
  await page.getByLabel('Plain text').check()
  await mail.locator('pre', { hasText: 'Call us' }).waitFor()
  expect(await readPublication(site.services.db)).toEqual(before)
  await page.getByRole('button', { name: 'Save the look' }).click()
  await page.getByText('Saved.').waitFor()
  expect((await readPublication(site.services.db)).footer).toBe('Call **us**')
  expect(faults).toEqual([])
  await page.context().close()
})

test('without scripts a button shows it, on a telephone too', async () => {
  const before = await readPublication(site.services.db)
  const { page, mail } = await open({ javaScriptEnabled: false, viewport: { width: 375, height: 812 } })
  await page.getByLabel('Footer of digests').fill('Only looking')
  await page.getByLabel('Dark').check()
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await mail.getByText('Only looking').waitFor()
  expect(await mail.locator('body').evaluate(body => getComputedStyle(body).backgroundColor)).toBe(
    'rgb(20, 19, 15)',
  )
  expect(await page.getByLabel('Footer of digests').inputValue()).toBe('Only looking')
  expect(await page.getByLabel('Dark').isChecked()).toBe(true)
  await page.getByRole('link', { name: 'On a page of its own' }).click()
  await page.getByText('Only looking').waitFor()
  expect(await readPublication(site.services.db)).toEqual(before)
  await page.context().close()
})
