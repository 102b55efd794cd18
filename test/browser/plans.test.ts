import { expect, onTestFinished, test } from 'vitest'
import { composeNotice } from '../../src/actions/compose-notice.ts'
import { runPlans } from '../../src/actions/run-plans.ts'
import type { Language } from '../../src/domain/languages.ts'
import { notices } from '../../src/store/schema/mail.ts'
import { addStory, hour, minute, openPlanRoom, planAsOf, runsOf, wakeAt } from '../plans/newsroom.ts'
import { accessFaults } from '../support/accessible.ts'
import { openBrowser, screenshot, serve } from '../support/browser.ts'
import { signInAs } from '../support/sign-in.ts'

const room = await openPlanRoom()
const url = await serve(room)
const browser = await openBrowser()
const { services, raw } = room
const editor = await signInAs(room, 'editor')
await raw`update publication set time_zone = 'UTC'`
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * minute).toISOString().slice(11, 16)

async function open(path: string, options: { javaScriptEnabled?: boolean; language?: Language } = {}) {
  const { javaScriptEnabled = true, language = 'en' } = options
  await raw`update editors set language = ${language}`
  const context = await browser.newContext({ reducedMotion: 'reduce', javaScriptEnabled })
  onTestFinished(() => context.close())
  const [name = '', value = ''] = editor.cookie.split('=')
  await context.addCookies([{ name, value, url }])
  const page = await context.newPage()
  await page.goto(url + path)
  return page
}

test.each([true, false])(
  'a plan is made, its edition is mailed, and stopped in time (script: %s)',
  { timeout: 60_000 },
  async javaScriptEnabled => {
    await raw`truncate plans, digests, dispatches, articles, notices cascade`
    for (let n = 0; n < 4; n++) await addStory(room, 'Law')
    const page = await open('/admin/digests', { javaScriptEnabled })
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
    await page.getByRole('link', { name: 'Plans', exact: true }).click()
    await page.getByRole('link', { name: 'New plan' }).click()
    await page.getByLabel('Name of the plan').fill('Law every day')
    await page.getByLabel('Saturday').check()
    await page.getByLabel('Sunday').check()
    await page.getByLabel('Time', { exact: true }).fill(inMinutes(20))
    await page.getByLabel('Morning Brief').check()
    await page.getByLabel('Subject').fill('Law, {{ date }}')
    await page.getByLabel('Section', { exact: true }).fill('Law')
    await page.getByLabel('How many stories').fill('2')
    await press('Heading')
    // What was typed is still there after each step.
    await page.getByLabel('Heading of a section').fill('In court')
    await page.getByRole('button', { name: 'Move Heading 2 up' }).click()
    expect(await page.locator('.block .kicker').allTextContents()).toEqual(['Heading', 'Newest stories'])
    expect(await page.getByLabel('Name of the plan').inputValue()).toBe('Law every day')
    // Enter in a field saves, and presses none of the buttons before.
    await page.getByLabel('Subject').press('Enter')
    await page.getByText('“Law every day” is there, and on.').waitFor()
    expect(await page.getByText('It would take now').count()).toBe(1)

    await runPlans(services)
    const mails = await services.db.select().from(notices)
    expect(mails).toHaveLength(2)
    const mail = await composeNotice(services, mails[0] as never)
    if (mail === 'obsolete') throw new Error('nobody is told')
    expect(mail.subject).toMatch(/^To check, goes out at \d\d:\d\d: Law, /)
    await page.goto(/http:\S+\/runs\/\S+/.exec(mail.text)![0])
    expect(await page.locator('main li').allTextContents()).toHaveLength(2)
    await press('Stop this edition')
    await page.getByText('It was stopped and is a draft.').waitFor()
    expect(await raw`select from dispatches`).toHaveLength(0)
    await page.getByRole('link', { name: 'All of this plan' }).click()
    expect(await page.getByRole('row', { name: 'Stopped' }).count()).toBe(1)
  },
)

/** A plan with an edition that is to go, one that asks, one that is blocked, and the pages that show them. */
async function everyPage(): Promise<Record<string, string>> {
  await raw`truncate plans, digests, dispatches, articles, notices cascade`
  for (let n = 0; n < 4; n++) await addStory(room, 'Law')
  const asOf = new Date(Date.now() - 3 * 24 * hour)
  const zone = { timeZone: 'UTC' }
  const made = await planAsOf(room, asOf, {
    ...zone,
    name: 'A plan with a name that is much too long for a narrow screen',
    time: inMinutes(20),
    blocks: [
      { type: 'heading', text: 'Law' },
      { type: 'newest', section: 'Law', count: 2 },
      { type: 'text', markdown: 'Good bye.' },
      { type: 'button', text: 'More', url: 'https://ledger.example/' },
      { type: 'divider' },
    ],
  })
  const asks = await planAsOf(room, asOf, { ...zone, time: inMinutes(-120), weekdays: [1, 2, 3, 4, 5, 6, 7] })
  const blocked = await planAsOf(room, asOf, { ...zone, time: inMinutes(10), subject: 'x'.repeat(240) })
  await wakeAt(room, new Date())
  const run = async (id: number) =>
    `/admin/plans/${id}/runs/${(await runsOf(room)).findLast(one => one.plan === id)!.day}`
  return {
    list: '/admin/plans',
    fresh: '/admin/plans/new',
    plan: `/admin/plans/${made}`,
    form: `/admin/plans/${made}/edit`,
    removing: `/admin/plans/${made}/delete`,
    run: await run(made),
    asks: await run(asks),
    blocked: await run(blocked),
  }
}

test('all pages of plans are accessible, in light and in dark, and fit into 320 pixels', {
  timeout: 120_000,
}, async () => {
  const page = await open('/admin/plans')
  for (const [name, path] of Object.entries(await everyPage())) {
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(url + path)
    expect(await accessFaults(page), name).toEqual([])
  }
})

// PICTURES=/some/folder keeps a picture of every page, wide and narrow, light and dark.
const folder = process.env.PICTURES
test.runIf(folder)('pictures', { timeout: 300_000 }, async () => {
  for (const [name, path] of Object.entries(await everyPage()))
    for (const language of ['en', 'de'] as const) {
      const page = await open(path, { language })
      await screenshot(page, { width: 1280, path: `${folder}/plans-${name}-1280-${language}.png` })
      await screenshot(page, {
        width: 375,
        dark: true,
        path: `${folder}/plans-${name}-375-dark-${language}.png`,
      })
    }
})
