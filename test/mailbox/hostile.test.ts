import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { openTestApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'
import { openBrowser, serve } from '../support/browser.ts'
import { mail, openMailbox } from './caught.ts'

/** A site that counts who calls, as a hostile mail would. */
async function startTracker() {
  const calls: string[] = []
  const server = createServer((request, response) => {
    calls.push(request.url!)
    response.end('ok')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  atEnd(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}`, calls }
}

test('a hostile mail is shown, runs nothing, calls nobody and leads nowhere by itself', async () => {
  const app = await openTestApp()
  const mailbox = await openMailbox(app)
  const tracker = await startTracker()
  const site = await serve(app)
  const page = await (await openBrowser()).newPage()
  const dialogs: string[] = []
  page.on('dialog', dialog => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  const html = `<!doctype html><html><head>
    <script>alert('script'); document.title = 'run'; parent.document.title = 'taken'</script>
    <script src="${tracker.url}/script.js"></script>
    <link rel="stylesheet" href="${tracker.url}/style.css">
    <meta http-equiv="refresh" content="0;url=${tracker.url}/refresh">
    <base href="${tracker.url}/">
    </head><body onload="alert('onload')">
    <p id="words">Pay here</p>
    <img src="${tracker.url}/pixel.gif" onerror="alert('onerror')">
    <svg onload="alert('svg')"></svg>
    <iframe src="${tracker.url}/frame"></iframe>
    <object data="${tracker.url}/object"></object>
    <form action="${tracker.url}/form" method="post"><input name="a"><button id="send">Send</button></form>
    <a id="code" href="javascript:alert('link')">code</a>
    <video autoplay src="${tracker.url}/video"></video>
    <style>@import url(${tracker.url}/import.css); p { background: url(${tracker.url}/background.png) }</style>
    </body></html>`
  await mailbox.send('ana@example.com', mail({ Subject: 'Pay', 'Content-Type': 'text/html' }, html))

  await page.goto(`${site}/mailbox/1`)
  const frame = page.frameLocator('iframe.letter')
  await expect(frame.locator('#words').textContent()).resolves.toBe('Pay here')
  await frame.locator('#send').click()
  await frame.locator('#code').click()
  await page.goto(`${site}/mailbox/1/html`)
  await page.locator('#words').waitFor()
  await page.locator('#send').click()
  expect(new URL(page.url()).pathname).toBe('/mailbox/1/html')
  expect(await page.title()).not.toBe('run')
  expect(dialogs).toEqual([])
  expect(tracker.calls).toEqual([])
})

test('our own pictures show, and a link opens beside the mailbox, as an ordinary page', async () => {
  const app = await openTestApp()
  const mailbox = await openMailbox(app)
  const site = await serve(app)
  const page = await (await openBrowser()).newPage()
  const html = `<p><a href="${site}/livez">Confirm</a></p><img src="${site}/assets/icon.svg" width="40">`
  await mailbox.send('ana@example.com', mail({ Subject: 'Link', 'Content-Type': 'text/html' }, html))
  await page.goto(`${site}/mailbox/1`)
  const picture = page.frameLocator('iframe.letter').locator('img')
  expect(await picture.evaluate(img => (img as HTMLImageElement).naturalWidth)).toBeGreaterThan(0)
  const opened = page.context().waitForEvent('page')
  await page.frameLocator('iframe.letter').locator('a').click()
  const beside = await opened
  await beside.waitForLoadState()
  expect(beside.url()).toBe(`${site}/livez`)
  expect(await beside.evaluate(() => window.origin)).toBe(new URL(site).origin)
  expect(new URL(page.url()).pathname).toBe('/mailbox/1')
})

test('a list that is open takes up a new mail by itself', async () => {
  const app = await openTestApp()
  const mailbox = await openMailbox(app)
  const site = await serve(app)
  const page = await (await openBrowser()).newPage()
  await page.goto(`${site}/mailbox`)
  expect(await page.locator('#messages').textContent()).toContain('No mail yet')
  await mailbox.send('ana@example.com', mail({ Subject: 'It came' }, 'x'))
  await page.locator('#messages a', { hasText: 'It came' }).waitFor({ timeout: 8000 })
})
