import { expect, test } from 'vitest'
import { nodeFetcher } from '../../src/reading/node-fetcher.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { localSite } from '../reading/local-site.ts'
import { openTestApp } from '../support/app.ts'
import { openBrowser, serve } from '../support/browser.ts'
import { signInAs } from '../support/sign-in.ts'

const site = await openTestApp()
const url = await serve(site)
const browser = await openBrowser()
const owner = await signInAs(site, 'owner')

async function checksPage(javaScriptEnabled: boolean) {
  const web = await localSite({ '/gone': (_request, response) => void response.writeHead(404).end() })
  site.services.fetcher = nodeFetcher({ allow: [web.hostPort], publicUrl: url })
  const id = await addDigest(site.services.db, {
    subject: 'Today',
    preheader: '',
    blocks: [{ type: 'button', text: 'Go', url: `${web.url}/gone` }],
    newsletterIds: [],
  })
  const context = await browser.newContext({ javaScriptEnabled })
  const [name = '', value = ''] = owner.cookie.split('=')
  await context.addCookies([{ name, value, url }])
  const page = await context.newPage()
  await page.goto(`${url}/admin/digests/${id}/checks`)
  return page
}

const dead = 'is not there (404): readers would find an error.'

test('links are asked for by the page itself, and again at a press', async () => {
  const page = await checksPage(true)
  await page.getByText(dead).waitFor()
  const again = page.waitForResponse(answer => answer.request().method() === 'POST')
  await page.getByRole('button', { name: 'Check them again' }).click()
  expect((await again).status()).toBe(200)
  await page.getByText(dead).waitFor()
  await page.getByRole('link', { name: 'Block 1' }).first().click()
  expect(new URL(page.url()).hash).toBe('#block-0')
  await page.context().close()
})

test('where no script runs a button asks for them', async () => {
  const page = await checksPage(false)
  expect(await page.getByText(dead).count()).toBe(0)
  await page.getByRole('button', { name: 'Check them now' }).click()
  expect(await page.getByText(dead).count()).toBe(1)
  expect(await page.getByText('It goes to no newsletter yet.').count()).toBe(1)
  await page.context().close()
})
