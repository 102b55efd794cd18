import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { addArticle } from '../../src/store/articles.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { findDigest } from '../../src/store/digests.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { openTestApp } from '../support/app.ts'
import { openBrowser, serve } from '../support/browser.ts'
import { signInAs } from '../support/sign-in.ts'
import { until } from '../support/until.ts'

const site = await openTestApp()
const url = await serve(site)
const browser = await openBrowser()
const { db } = site.services
const daily = await addNewsletter(db, { slug: 'daily', name: 'Daily' })
const weekly = await addNewsletter(db, { slug: 'weekly', name: 'Weekly' })
const titles = [
  'A bank moves its ledger',
  'Passkeys at night',
  'The library breaks',
  'Second cable',
  'Ninety pilots',
]
const stories = await Promise.all(
  titles.map((title, index) =>
    addArticle(db, {
      title,
      standfirst: `About ${title}.`,
      url: `https://example.com/${index}`,
      section: 'Cloud',
    }),
  ),
)

async function begin(
  blocks = stories.slice(0, 3).map(story => ({ type: 'article' as const, articleId: story.id })),
) {
  const id = await addDigest(db, {
    subject: '',
    preheader: '',
    blocks,
    newsletterIds: [daily!.id, weekly!.id],
  })
  return { id, read: async () => (await findDigest(db, id))! }
}

async function open(id: number, options: BrowserContextOptions = {}): Promise<Page> {
  const [name = '', value = ''] = (await signInAs(site, 'writer')).cookie.split('=')
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  onTestFinished(() => context.close())
  await context.addCookies([{ name, value, url }])
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  await page.goto(`${url}/admin/digests/${id}`)
  return page
}

type Draft = Awaited<ReturnType<typeof begin>>
const titlesIn = async ({ read }: Draft) =>
  (await read()).blocks.map(block =>
    block.type === 'article' ? titles[stories.findIndex(story => story.id === block.articleId)] : block.type,
  )
const becomes = async (draft: Draft, expected: (string | undefined)[]) => {
  await until('', async () => (await titlesIn(draft)).join() === expected.join()).catch(() => {})
  expect(await titlesIn(draft)).toEqual(expected)
}

const block = (page: Page, title: string) => page.locator('.block', { hasText: title })
const previewText = (page: Page) => page.frameLocator('.preview-frame:not(.preview-next)').locator('body')
const saved = (page: Page) => page.getByText(/^Saved now$/).waitFor()

test('by mouse: from the tray, within the digest, and the preview follows what is typed', async () => {
  const draft = await begin()
  const page = await open(draft.id, { viewport: { width: 1440, height: 1600 } })
  await page.getByRole('button', { name: `Add ${titles[3]}`, exact: true }).click()
  await page.locator('#said', { hasText: 'added at place 4 of 4' }).waitFor()
  await drag(
    page,
    page.locator(`#tray li[data-article="${stories[4]!.id}"] .block-title`),
    block(page, titles[1]!),
  )
  await page.locator('#said', { hasText: `${titles[4]} added` }).waitFor()
  expect(await titlesIn(draft)).toEqual([titles[0], titles[4], titles[1], titles[2], titles[3]])
  await drag(page, block(page, titles[3]!).locator('.block-grip'), block(page, titles[0]!))
  await becomes(draft, [titles[3], titles[0], titles[4], titles[1], titles[2]])

  await page.getByRole('textbox', { name: 'Subject' }).pressSequentially('Good morning')
  await until('the subject to be saved', async () => (await draft.read()).subject === 'Good morning')
  await page.getByRole('button', { name: 'Text', exact: true }).click()
  await page.locator('textarea:focus').waitFor()
  await page.keyboard.type('Written **while** you look.')
  await previewText(page).getByText('Written while you look.').waitFor()
  // At the block that is being written.
  expect(await page.locator('.preview-frame:not(.preview-next)').getAttribute('src')).toMatch(/#block-5$/)
  expect(await page.title()).toContain('Good morning')
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
})

/** Over the target until the page shows there where it would fall, as somebody would who looks. */
async function drag(page: Page, from: Locator, to: Locator) {
  await from.scrollIntoViewIfNeeded()
  const start = (await from.boundingBox())!
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await page.mouse.down()
  await page.mouse.move(start.x + start.width / 2 + 10, start.y + 10, { steps: 3 })
  await until('the place to open', async () => {
    const { x, y, height } = (await to.boundingBox())!
    await page.mouse.move(x + 200 + Math.random() * 20, y + height * Math.random() * 0.4)
    const ghost = await page
      .locator('.blocks .sortable-ghost')
      .evaluateAll(all => all[0]?.getBoundingClientRect().y)
    return ghost !== undefined && ghost < (await to.boundingBox())!.y
  })
  await page.mouse.up()
}

test('by keyboard: up, down and to a place, with the focus kept and each step said', async () => {
  const draft = await begin()
  const page = await open(draft.id)
  const said = page.locator('#said')
  const focus = () => page.evaluate(() => document.activeElement?.id)
  await page.getByRole('button', { name: `Move Story: ${titles[2]} up` }).focus()
  await page.keyboard.press('Enter')
  await becomes(draft, [titles[0], titles[2], titles[1]])
  await said.getByText(`Story: ${titles[2]} moved to place 2 of 3.`).waitFor()
  expect(await focus()).toBe('up-2')
  await page.keyboard.press('Enter')
  await becomes(draft, [titles[2], titles[0], titles[1]])
  // There is no further up: the focus goes to what still works.
  await until('the focus', async () => (await focus()) === 'down-2')
  const more = block(page, titles[2]!).locator('summary')
  await more.focus()
  await page.keyboard.press('Enter')
  await page.locator('#to-2').selectOption('3')
  await page.locator('#move-2').press('Enter')
  await said.getByText(`${titles[2]} moved to place 3 of 3.`).waitFor()
  await becomes(draft, [titles[0], titles[1], titles[2]])
  await until('the focus', async () => (await focus()) === 'move-2')
  expect(await page.locator('#more-2').getAttribute('open')).not.toBeNull()

  await page.locator('#remove-1').press('Enter')
  await becomes(draft, [titles[0], titles[2]])
  await said.getByText(`Story: ${titles[1]} removed. Undo brings it back.`).waitFor()
  await until('the focus', async () => (await focus()) === 'remove-0')
  await page.keyboard.press('Control+z')
  await becomes(draft, [titles[0], titles[1], titles[2]])
  await until('it to be shown', async () => (await page.locator('.block').count()) === 3)
  await page.keyboard.press('Control+Shift+z')
  await becomes(draft, [titles[0], titles[2]])
  await until('it to be gone', async () => (await page.locator('.block').count()) === 2)
  await page.keyboard.press('Control+z')
  await until('it to be shown', async () => (await page.locator('.block').count()) === 3)
  await page.getByRole('textbox', { name: 'Preheader' }).fill('And it stays')
  await until('that to be saved', async () => (await draft.read()).preheader === 'And it stays')
  expect(await titlesIn(draft)).toEqual([titles[0], titles[1], titles[2]])
})

test('without a script: the same by forms', async () => {
  const draft = await begin()
  const page = await open(draft.id, { javaScriptEnabled: false })
  await page.getByRole('button', { name: `Add ${titles[4]}`, exact: true }).click()
  await becomes(draft, [titles[0], titles[1], titles[2], titles[4]])
  await block(page, titles[4]!).locator('summary').click()
  await page.locator('#to-3').selectOption('1')
  await page.locator('#move-3').click()
  await becomes(draft, [titles[4], titles[0], titles[1], titles[2]])
  await block(page, titles[4]!).locator('summary').click()
  await page.locator('#block-0-title').fill('Ninety pilots, four products')
  await page.getByRole('textbox', { name: 'Subject' }).fill('By hand')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const { subject, blocks } = await draft.read()
  expect({ subject, first: blocks[0] }).toEqual({
    subject: 'By hand',
    first: { type: 'article', articleId: stories[4]!.id, title: 'Ninety pilots, four products' },
  })
  await previewText(page).getByText('Ninety pilots, four products').waitFor()
  await page.getByRole('link', { name: 'Dark' }).click()
  const background = await page
    .frameLocator('.preview-frame')
    .getByRole('article')
    .evaluate(element => getComputedStyle(element).backgroundColor)
  expect(background).toBe('rgb(20, 19, 15)')
  await page.getByRole('button', { name: 'Undo' }).click()
  expect((await draft.read()).subject).toBe('')
  await page.getByRole('button', { name: 'Redo' }).click()
  expect((await draft.read()).subject).toBe('By hand')
})

test('two editors: the second sees who is there, and neither overwrites the other unasked', async () => {
  const draft = await begin()
  const [one, two] = [await open(draft.id), await open(draft.id)]
  await two.getByText('writer has this digest open too.').waitFor()
  await one.getByRole('textbox', { name: 'Subject' }).fill('Hers')
  await until('hers to be saved', async () => (await draft.read()).subject === 'Hers')
  await two.getByRole('textbox', { name: 'Subject' }).pressSequentially('His')
  await two.getByText('writer saved this digest while you were writing.').waitFor()
  await two.getByRole('textbox', { name: 'Subject' }).pressSequentially(' own')
  expect((await draft.read()).subject).toBe('Hers')
  expect(await two.getByRole('textbox', { name: 'Subject' }).inputValue()).toBe('His own')
  expect(await two.locator('#saved').textContent()).toBe('Not saved yet')
  const [replace, take] = [two.locator('#replace'), two.getByRole('link', { name: 'Drop mine, take theirs' })]
  const [left, right] = [(await replace.boundingBox())!, (await take.boundingBox())!]
  expect(right.x - (left.x + left.width)).toBeGreaterThanOrEqual(8)
  await two.getByRole('button', { name: 'Replace theirs with mine' }).click()
  await until('his to be saved', async () => (await draft.read()).subject === 'His own')
})

test('what can’t be saved keeps the editor on the page, and a drag overwrites nobody', async () => {
  const draft = await begin()
  const page = await open(draft.id)
  await page.getByRole('button', { name: 'Button', exact: true }).click()
  await page.getByLabel('What the button says').fill('More')
  await page.getByText('This must be an address').waitFor()
  await page.getByRole('textbox', { name: 'Subject' }).fill('Three paragraphs')
  await page.getByRole('link', { name: 'Send …' }).click()
  await page.getByText('Not saved yet: some fields need another look.').waitFor()
  expect(page.url()).toContain(`/admin/digests/${draft.id}`)
  expect(await page.getByRole('textbox', { name: 'Subject' }).inputValue()).toBe('Three paragraphs')
  await page.getByLabel('Where it leads').fill('https://example.com/more')
  await until('it to be saved', async () => (await draft.read()).subject === 'Three paragraphs')

  const other = await open(draft.id)
  await other.getByRole('textbox', { name: 'Subject' }).fill('Theirs')
  await until('theirs to be saved', async () => (await draft.read()).subject === 'Theirs')
  await page.getByRole('textbox', { name: 'Preheader' }).fill('Mine')
  await page.getByText('saved this digest while you were writing.').waitFor()
  await page.getByRole('button', { name: `Move Story: ${titles[1]} up` }).click()
  await drag(page, block(page, titles[2]!).locator('.block-grip'), block(page, titles[0]!))
  await page.getByRole('button', { name: 'Replace theirs with mine' }).click()
  await until('mine to be saved', async () => (await draft.read()).preheader === 'Mine')
  expect(await titlesIn(draft)).toEqual([titles[2], titles[0], titles[1], 'button'])
})

test('what is typed while the server answers late, or not at all, is not lost', async () => {
  const draft = await begin()
  const page = await open(draft.id)
  let mode: 'slow' | 'gone' | 'well' = 'slow'
  let release = () => {}
  await page.route(`**/admin/digests/${draft.id}?*`, async route => {
    if (route.request().method() !== 'POST') return route.continue()
    if (mode === 'gone') return route.abort()
    if (mode === 'slow') await new Promise<void>(done => (release = done))
    await route.continue()
  })
  const asked = page.waitForRequest(request => request.method() === 'POST' && request.url().includes('?'))
  await page.getByRole('button', { name: 'Text', exact: true }).click()
  await asked
  await page.getByRole('textbox', { name: 'Subject' }).fill('Typed meanwhile')
  mode = 'well'
  release()
  await until('all of it to be saved', async () => (await draft.read()).subject === 'Typed meanwhile')
  await page.getByText('Paste links').click()
  await page.getByLabel('Addresses of stories').fill('https://example.com/half')
  await page.getByRole('button', { name: 'Divider' }).click()
  await until('the divider', async () => (await titlesIn(draft)).includes('divider'))
  await saved(page)
  expect(await page.getByLabel('Addresses of stories').inputValue()).toBe('https://example.com/half')
  mode = 'gone'
  await page.getByRole('textbox', { name: 'Subject' }).fill('Typed offline')
  await page.getByText('the server does not answer').waitFor()
  mode = 'well'
  await until('it to be saved', async () => (await draft.read()).subject === 'Typed offline')
  await saved(page)
})
