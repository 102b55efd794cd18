import type { CDPSession, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { listen } from '../../src/node/http.ts'
import { listAccess } from '../../src/store/access-log.ts'
import { findEditorByAddress } from '../../src/store/editors.ts'
import { listPasskeys } from '../../src/store/passkeys.ts'
import { foundTheLedger } from '../site/publication.ts'
import { openTestApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'
import { openBrowser } from '../support/browser.ts'
import { signInAs } from '../support/sign-in.ts'

const site = await openTestApp()
await foundTheLedger(site.services)
const browser = await openBrowser()
// Passkeys belong to a name, and a number is none.
const server = await listen('127.0.0.1', 0)
const url = `http://localhost:${server.port}`
site.services.config.publicUrl = url
server.use((request, env) => site.app.fetch(request, env))
atEnd(() => server.close(0))

const staleNow = () => site.raw`update sessions set proven_at = now() - interval '11 minutes'`

/** A browser of an editor's, with a device that makes passkeys and says yes by itself. */
async function device(cookie?: string, { javaScriptEnabled = true } = {}) {
  const context = await browser.newContext({ javaScriptEnabled, reducedMotion: 'reduce' })
  if (cookie) {
    const [name = '', value = ''] = cookie.split('=')
    await context.addCookies([{ name, value, url }])
  }
  context.setDefaultTimeout(6000)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', error => void faults.push(error.message))
  page.on('console', message => {
    if (/Content Security Policy|Refused/.test(message.text())) faults.push(message.text())
  })
  const cdp = await context.newCDPSession(page)
  const { authenticatorId } = await plugIn(cdp)
  return { context, page, cdp, authenticatorId, faults }
}

async function plugIn(cdp: CDPSession) {
  await cdp.send('WebAuthn.enable')
  return cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function addPasskey(page: Page) {
  await page.goto(`${url}/admin/settings/you`)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('is added. Sign in with it from now on.').waitFor()
}

test('a passkey is made, signs in with no address typed, proves anew, and ends when it is removed', async () => {
  const owner = await signInAs(site, 'owner')
  const { context, page, faults } = await device(owner.cookie)
  await addPasskey(page)
  const editor = await findEditorByAddress(site.services.db, owner.address)
  const [made] = await listPasskeys(site.services.db, editor!.id)
  expect(made).toMatchObject({ name: 'Chrome · Linux', lastUsedAt: null, backedUp: false })
  expect(await page.getByRole('table', { name: 'Your passkeys' }).textContent()).toContain('Chrome · Linux')

  await context.clearCookies()
  await page.goto(`${url}/admin/settings/log?kind=passkey-added`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL('**/admin/settings/log?kind=passkey-added')
  expect(await page.getByRole('table').textContent()).toContain('A passkey was added: Chrome · Linux.')
  const [used] = await listPasskeys(site.services.db, editor!.id)
  expect(used!.counter).toBeGreaterThan(made!.counter)
  expect(used!.lastUsedAt).toBeInstanceOf(Date)

  await staleNow()
  await page.goto(`${url}/admin/settings/keys`)
  expect(new URL(page.url()).pathname).toBe('/admin/proof')
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await page.waitForURL('**/admin/settings/keys')
  await page.getByRole('button', { name: 'Make the key' }).waitFor()

  await page.goto(`${url}/admin/settings/you`)
  await page.getByRole('link', { name: 'Remove Chrome · Linux' }).click()
  await page.getByRole('button', { name: 'Remove the passkey' }).click()
  await page.getByText('The passkey is removed.').waitFor()
  await context.clearCookies()
  await page.goto(`${url}/admin/sign-in`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByText('This passkey was not accepted').waitFor()
  expect((await listAccess(site.services.db, { limit: 9 })).map(({ event }) => event.kind)).toEqual([
    'passkey-removed',
    'passkey-added',
  ])
  expect(faults).toEqual([])
  await context.close()
})

test('a form that waits for the proof keeps what was typed, and is saved after it in another tab', async () => {
  const owner = await signInAs(site, 'owner')
  const { context, page } = await device(owner.cookie)
  await addPasskey(page)
  await page.goto(`${url}/admin/settings`)
  await staleNow()
  await page.getByLabel('Sender’s address').fill('night-desk@ledger.example')
  await page.getByLabel('Tagline').fill('Typed before')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByText('Changing this needs the proof.').waitFor()
  expect(await page.getByLabel('Tagline').inputValue()).toBe('Typed before')
  const [other] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'Prove it in another tab' }).click(),
  ])
  await plugIn(await context.newCDPSession(other))
  // The new tab's device knows nothing: the way by mail stands beside the button.
  await other.getByRole('button', { name: `Mail a link to ${owner.address}` }).waitFor()
  await other.close()
  await site.raw`update sessions set proven_at = now()`
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByText('Saved.').waitFor()
  expect(await page.getByLabel('Sender’s address').inputValue()).toBe('night-desk@ledger.example')
  await context.close()
})

test('without scripts, and in a browser that has no passkeys, the way by mail is the one that is offered', async () => {
  const plain = await device(undefined, { javaScriptEnabled: false })
  await plain.page.goto(`${url}/admin/sign-in`)
  expect(await plain.page.getByRole('button').allTextContents()).toEqual(['Mail me a link'])
  await plain.context.close()

  const old = await device()
  await old.page.addInitScript('delete window.PublicKeyCredential')
  await old.page.goto(`${url}/admin/sign-in`)
  await old.page.getByText('This browser can’t use passkeys here').waitFor()
  expect(await old.page.getByRole('button').allTextContents()).toEqual(['Mail me a link'])
  await old.context.close()
})

test('who takes no passkey is told, and may press again', async () => {
  const { context, page, cdp, authenticatorId } = await device()
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await page.goto(`${url}/admin/sign-in`)
  const button = page.getByRole('button', { name: 'Sign in with a passkey' })
  await button.click()
  await page.getByText('No passkey was used. Try again').waitFor()
  expect(await button.isEnabled()).toBe(true)
  await context.close()
})
