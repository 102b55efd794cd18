import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { listArticles } from '../../src/store/articles.ts'
import { findPicture } from '../../src/store/pictures.ts'
import { foundTheLedger } from '../site/publication.ts'
import { accessFaults } from '../support/accessible.ts'
import { openTestApp } from '../support/app.ts'
import { openBrowser, serve } from '../support/browser.ts'
import { jpegOf, photo, pngOfPixels, quarters } from '../support/picture-files.ts'
import { signInAs } from '../support/sign-in.ts'

const site = await openTestApp()
const url = await serve(site)
const browser = await openBrowser()
await foundTheLedger(site.services)
const writer = await signInAs(site, 'writer')
const files = {
  'mill.jpg': await jpegOf(photo(900, 600)),
  'camera.jpg': await jpegOf(photo(2600, 1300)),
  'logo.png': pngOfPixels(quarters(400, 100)),
  'notes.txt': Buffer.from('words'),
}
const types = { jpg: 'image/jpeg', png: 'image/png', txt: 'text/plain' }

async function open(path: string, { javaScriptEnabled = true } = {}) {
  const context = await browser.newContext({ javaScriptEnabled, reducedMotion: 'reduce' })
  const [name = '', value = ''] = writer.cookie.split('=')
  await context.addCookies([{ name, value, url }])
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', error => void faults.push(error.message))
  page.on('console', message => {
    if (/Content Security Policy|Refused/.test(message.text())) faults.push(message.text())
  })
  await page.goto(url + path)
  return { page, faults }
}

/** Drops a file on the field, or pastes it into the form, as a browser would tell of it. */
const hand = (page: Page, event: 'drop' | 'paste', name: keyof typeof files, text?: string) =>
  page.evaluate(
    ({ event, name, type, octets, text }) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([Uint8Array.from(atob(octets), one => one.charCodeAt(0))], name, { type }))
      if (text) transfer.setData('text/plain', text)
      const target = document.querySelector(event === 'drop' ? '[data-picture-field]' : '#title')!
      const options = { bubbles: true, cancelable: true }
      target.dispatchEvent(
        event === 'drop'
          ? new DragEvent('drop', { ...options, dataTransfer: transfer })
          : new ClipboardEvent('paste', { ...options, clipboardData: transfer }),
      )
    },
    { event, name, text, type: types[name.split('.')[1] as 'jpg'], octets: files[name].toString('base64') },
  )

async function fill(page: Page, title: string) {
  await page.getByLabel('Headline').fill(title)
  await page.getByLabel('Link to the story').fill('https://ledger.example/mill')
  await page.getByLabel('What the picture shows').fill('A mill at dusk')
}

async function save(page: Page) {
  await page.getByRole('button', { name: 'Add story' }).click()
  await page.waitForURL(/\/admin\/stories\/\d+/)
}

async function keptOf(title: string) {
  const [article] = await listArticles(site.services.db, { limit: 1, search: title })
  return findPicture(site.services.db, article!.pictureHash!)
}

test.each(['drop', 'paste'] as const)(
  'a picture comes into the form by %s, is seen, and is kept',
  async event => {
    const { page, faults } = await open('/admin/stories/new')
    await fill(page, `Came by ${event}`)
    await hand(page, event, 'mill.jpg')
    await page.getByText('Chosen: mill.jpg').waitFor()
    await page.getByRole('img', { name: 'mill.jpg' }).waitFor()
    expect(await page.locator('#title').inputValue()).toBe(`Came by ${event}`)
    await save(page)
    expect(await keptOf(`Came by ${event}`)).toMatchObject({ width: 900, height: 600, type: 'image/jpeg' })
    const image = page.getByRole('img', { name: 'A mill at dusk' })
    expect(await image.evaluate(element => (element as HTMLImageElement).naturalWidth)).toBe(900)
    expect(faults).toEqual([])
    await page.context().close()
  },
)

test('a photo of a camera is made smaller on the way; a picture that may be clear is left alone', async () => {
  const { page } = await open('/admin/stories/new')
  const chosen = () =>
    page.locator('#picture').evaluate(async element => {
      const file = (element as HTMLInputElement).files![0]!
      const { width, height } = await createImageBitmap(file)
      return { width, height, type: file.type, name: file.name }
    })
  await page
    .locator('#picture')
    .setInputFiles({ name: 'camera.jpg', mimeType: 'image/jpeg', buffer: files['camera.jpg'] })
  await page.getByText('Chosen: camera.jpg').waitFor()
  expect(await chosen()).toEqual({ width: 2400, height: 1200, type: 'image/jpeg', name: 'camera.jpg' })
  await hand(page, 'drop', 'logo.png')
  await page.getByText('Chosen: logo.png').waitFor()
  expect(await chosen()).toEqual({ width: 400, height: 100, type: 'image/png', name: 'logo.png' })
  await page.context().close()
})

test('what is no picture is refused at once; a pasted text is a text, though a picture of it comes along', async () => {
  const { page } = await open('/admin/stories/new')
  const chosen = () =>
    page.locator('#picture').evaluate(element => (element as HTMLInputElement).files!.length)
  await hand(page, 'drop', 'notes.txt')
  await page.getByText('This is no picture.').waitFor()
  expect(await chosen()).toBe(0)
  await hand(page, 'paste', 'logo.png', 'words from a text')
  expect(await chosen()).toBe(0)
  await hand(page, 'paste', 'logo.png')
  await page.getByText('Chosen: logo.png').waitFor()
  expect(await page.getByText('This is no picture.').count()).toBe(0)
  await page.context().close()
})

test('without scripts a file is chosen, refused beside its field, and kept', async () => {
  const { page } = await open('/admin/stories/new', { javaScriptEnabled: false })
  expect(await page.getByText('Or drop it here').isVisible()).toBe(false)
  await fill(page, 'Without scripts')
  await page.getByLabel('Upload a picture').setInputFiles({
    name: 'notes.jpg',
    mimeType: 'image/jpeg',
    buffer: files['notes.txt'],
  })
  await page.getByRole('button', { name: 'Add story' }).click()
  const field = page.getByLabel('Upload a picture')
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  const described = (await field.getAttribute('aria-describedby'))!.split(' ')
  expect(described).toContain('picture-error')
  expect(await page.locator('#picture-error').textContent()).toContain('This is no picture that we can read')
  await field.setInputFiles({ name: 'mill.jpg', mimeType: 'image/jpeg', buffer: files['mill.jpg'] })
  await save(page)
  expect(await keptOf('Without scripts')).toMatchObject({ width: 900, height: 600 })
  await page.getByLabel('Remove the picture').check()
  await page.getByRole('button', { name: 'Save story' }).click()
  await page.getByText('Saved.').waitFor()
  expect(await page.getByLabel('Remove the picture').count()).toBe(0)
  await page.context().close()
})

test('a story’s form with its picture is accessible, and fits into 320 pixels', {
  timeout: 60_000,
}, async () => {
  const { page, faults } = await open('/admin/stories/new')
  await fill(page, 'Looks')
  await hand(page, 'drop', 'mill.jpg')
  await page.getByText('Chosen: mill.jpg').waitFor()
  await save(page)
  expect(await accessFaults(page)).toEqual([])
  expect(faults).toEqual([])
  await page.context().close()
})
