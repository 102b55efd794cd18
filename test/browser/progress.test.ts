import { expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { openTestApp } from '../support/app.ts'
import { openBrowser, serve } from '../support/browser.ts'
import { addReaders, draftDigest, openNewsletters } from '../support/sending.ts'
import { useSink, withSenders } from '../support/sending-story.ts'
import { signInAs } from '../support/sign-in.ts'

const sink = useSink({ takes: 20 })

test('an editor sees the numbers move while it goes out, and the end of it', async () => {
  const site = await openTestApp({ env: { SMTP_URL: sink.current.url, SMTP_CONNECTIONS: '4' } })
  const url = await serve(site)
  const room = { ...site, smtpUrl: sink.current.url }
  const [morning] = await openNewsletters(room, 'morning')
  await addReaders(site.raw, 900, [morning!])
  const digest = await draftDigest(room, [morning!])
  const browser = await openBrowser()
  const context = await browser.newContext()
  const [name = '', value = ''] = (await signInAs(site, 'editor')).cookie.split('=')
  await context.addCookies([{ name, value, url }])
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', error => void faults.push(error.message))
  page.on('console', message => void (message.type() === 'error' && faults.push(message.text())))
  // What a page read anew knows nothing of.
  const mark = () => page.evaluate('window.mark = "the same page"')
  const marked = () => page.evaluate('window.mark')

  await withSenders(room, [{}], async sender => {
    await dispatchDigest(site.services, digest)
    await page.goto(`${url}/admin/digests/${digest}`)
    await mark()
    sender.wake()
    await page.getByText(/\d of 900/).waitFor()
    const seen = new Set<string>()
    await expect
      .poll(async () => seen.add((await page.locator('progress').getAttribute('value'))!).size, {
        timeout: 10_000,
      })
      .toBeGreaterThanOrEqual(3)
    await page.getByText(/[\d,]+ a second/).waitFor()
    expect(await marked()).toBe('the same page')
    await page.locator('.status', { hasText: 'Sent' }).waitFor({ timeout: 15_000 })
  })
  expect(await marked()).toBeUndefined()
  expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(0)
  expect(await page.getByRole('row', { name: 'Sent 900' }).count()).toBe(1)
  expect(faults).toEqual([])
})

test.each(['the page', 'its scripts', 'the stream'])(
  'an editor sees the end of what was over before %s had come',
  async late => {
    const site = await openTestApp()
    const url = await serve(site)
    const room = { ...site, smtpUrl: '' }
    const [morning] = await openNewsletters(room, 'morning')
    const digest = await draftDigest(room, [morning!])
    await dispatchDigest(site.services, digest)
    const browser = await openBrowser()
    const context = await browser.newContext()
    const [name = '', value = ''] = (await signInAs(site, 'editor')).cookie.split('=')
    await context.addCookies([{ name, value, url }])
    const page = await context.newPage()
    const over = () =>
      site.raw`update dispatches set state = 'finished', started_at = now(), finished_at = now()`
    if (late === 'its scripts')
      await page.route('**/htmx*', async route => {
        await over()
        await route.continue()
      })
    if (late === 'the stream')
      await page.route('**/progress/events', async route => {
        await over()
        await route.continue()
      })
    await page.goto(`${url}/admin/digests/${digest}`)
    if (late === 'the page') await over()
    await page.locator('.status', { hasText: 'Sent' }).waitFor({ timeout: 10_000 })
  },
)
