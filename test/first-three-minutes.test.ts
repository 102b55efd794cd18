import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { openBrowser } from './support/browser.ts'
import { startServer } from './support/server.ts'
import { until } from './support/until.ts'

// A newsroom that has never seen Broadsheet, from an empty folder to a reader who has left: a real process, a real
// SMTP socket, a real browser.

const story = `<!doctype html><html lang="en"><head><title>Paper mill runs on its own waste</title>
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",
"headline":"A paper mill that runs on its own waste","description":"Bark and lignin now heat the dryers.",
"author":{"@type":"Person","name":"Ida Berg"},"articleSection":"Industry","datePublished":"2026-06-22T06:00:00Z"}</script>
</head><body><article><h1>A paper mill that runs on its own waste</h1><p>Bark and lignin now heat the dryers.</p></article></body></html>`

type Mail = {
  id: number
  to: string[]
  subject: string
  html: string
  text: string
  headers: Record<string, string | string[]>
}

test('from an empty folder to a digest that was sent, read and left', { timeout: 180_000 }, async () => {
  const site = await serveStory()
  const { port } = site.address() as AddressInfo
  const parts: [string, number][] = []
  let last = Date.now()
  const done = (part: string) => {
    parts.push([part, Date.now() - last])
    last = Date.now()
  }

  const server = await startServer({ env: { FETCH_ALLOW: `127.0.0.1:${port}`, SEND_HOLD: '2' } })
  onTestFinished(() => server.dispose())
  const url = server.url
  done('start in an empty folder')

  const browser = await openBrowser()
  const reader = await (await browser.newContext()).newPage()
  done('(open a browser)')

  await reader.goto(url)
  await reader.getByLabel('Morning Brief').check()
  await reader.getByLabel('Your email address').fill('ana@example.com')
  await reader.getByRole('button', { name: 'Sign up' }).click()
  await reader.getByText('ana@example.com').first().waitFor()
  done('sign up')

  const confirmation = await mailTo(url, 'ana@example.com', () => true)
  await reader.goto(linkIn(confirmation, '/confirm/'))
  await reader.getByRole('button', { name: 'Confirm' }).click()
  await reader.getByText('Morning Brief').first().waitFor()
  done('read the mail and confirm')

  const editor = await (await browser.newContext()).newPage()
  await editor.goto(/http\S+\/admin\/sign-in\/\S+/.exec(server.output())![0])
  await editor.getByLabel('name').fill('Bo')
  await editor.getByLabel('address').fill('bo@example.com')
  await editor.getByRole('button').first().click()
  await editor.getByRole('heading', { name: 'Digests' }).waitFor()
  done('become the owner')

  await editor.getByRole('button', { name: 'New digest' }).click()
  await editor.getByLabel('Subject').fill('Paper, and what becomes of it')
  await editor.getByLabel('Morning Brief').check()
  await editor.getByText('Paste links').click()
  await editor.getByLabel('Addresses of stories').fill(`http://127.0.0.1:${port}/mill`)
  await editor.getByRole('button', { name: 'Import and add' }).click()
  await blockOf(editor, 'A paper mill that runs on its own waste')
  done('import a story')

  await editor.getByRole('button', { name: 'Add IBM leaves facial recognition' }).click()
  await blockOf(editor, 'IBM leaves facial recognition')
  await editor.getByRole('button', { name: /^Move Story: IBM.* up$/ }).click()
  await editor.locator('.block-lead').getByText('IBM leaves facial recognition').waitFor()
  done('compose')

  const preview = editor.frameLocator('.preview-frame:not(.preview-next)')
  await preview.getByText('A paper mill that runs on its own waste').waitFor()
  await preview.getByText('Bark and lignin now heat the dryers.', { exact: true }).waitFor()
  done('preview')

  await editor.getByRole('link', { name: 'Send …' }).click()
  await editor.getByRole('button', { name: 'Send to 1 reader now' }).click()
  await editor.getByText('Sent', { exact: true }).first().waitFor()
  await until('the dispatch to finish', async () => {
    await editor.reload()
    return (await editor.locator('.status').first().textContent()) === 'Sent'
  })
  const digest = await mailTo(
    url,
    'ana@example.com',
    mail => mail.subject === 'Paper, and what becomes of it',
  )
  done('send')

  await reader.goto(`${url}/mailbox/${digest.id}`)
  await reader.frameLocator('iframe').getByText('A paper mill that runs on its own waste').first().waitFor()
  expect(digest.text).toContain('IBM leaves facial recognition')
  done('read the digest')

  await reader.goto(linkIn(digest, '/unsubscribe/'))
  await reader.getByRole('button', { name: /leave|unsubscribe/i }).click()
  await reader.getByRole('button', { name: /undo/i }).waitFor()
  done('leave')

  expect(await server.stop()).toBe(0)
  const total = parts.reduce((sum, [, ms]) => sum + ms, 0)
  for (const [part, ms] of [...parts, ['in all', total] as const])
    console.log(`${part.padEnd(28)}${(ms / 1000).toFixed(1).padStart(7)} s`)
})

function serveStory(): Promise<Server> {
  const site = createServer((_, response) =>
    response.setHeader('content-type', 'text/html; charset=utf-8').end(story),
  )
  onTestFinished(() => void site.close())
  return new Promise(resolve => site.listen(0, '127.0.0.1', () => resolve(site)))
}

const mailTo = (url: string, to: string, fits: (mail: Mail) => boolean) =>
  until(`mail to ${to}`, async () => {
    const response = await fetch(`${url}/api/v1/mailbox/messages?to=${encodeURIComponent(to)}`)
    const { items } = (await response.json()) as { items: Mail[] }
    return items.find(fits)
  })

function linkIn(mail: Mail, path: string): string {
  const link = /https?:\/\/\S+/g
  const found = mail.text.match(link)?.find(one => one.includes(path))
  if (!found) throw new Error(`no link to ${path} in:\n${mail.text}`)
  return found.replace(/[>).]+$/, '')
}

const blockOf = (page: Page, title: string) => page.locator('.block').getByText(title).first().waitFor()
