import { expect, test } from 'vitest'
import { storyLink } from '../../src/actions/render-digest.ts'
import type { Language } from '../../src/domain/languages.ts'
import { addArticle } from '../../src/store/articles.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { foundTheLedger, ibm, whitePaper } from '../site/publication.ts'
import { accessFaults } from '../support/accessible.ts'
import { openTestApp } from '../support/app.ts'
import { openBrowser, screenshot, serve } from '../support/browser.ts'
import { addReaders, startNow } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'

const site = await openTestApp()
const url = await serve(site)
const browser = await openBrowser()
const { raw, services } = site
await foundTheLedger(services)
await updatePublication(services.db, { correctableLinks: true, countClicks: true })
await addReaders(raw, 4812, [1])
const owner = await signInAs(site, 'owner')

/** A digest that was sent to the 4,812 readers, with clicks on its three stories in the two days after. */
async function sentDigest() {
  const [lead, paid] = [await addArticle(services.db, ibm), await addArticle(services.db, whitePaper)]
  const further = await addArticle(services.db, {
    title: 'A very long headline of a further story that has to be broken somewhere on a telephone',
    url: 'https://ledger.example/further',
  })
  const digest = await addDigest(services.db, {
    subject: 'IBM leaves facial recognition, and asks Congress to talk',
    preheader: '',
    newsletterIds: [1],
    blocks: [
      { type: 'article', articleId: lead.id },
      { type: 'partner', articleId: paid.id, sponsor: 'Northwind Ltd' },
      { type: 'article', articleId: further.id },
      { type: 'seeAlso', articleIds: [lead.id] },
    ],
  })
  const dispatch = await startNow({ ...site, smtpUrl: '' }, digest)
  await raw`update dispatches set state = 'finished', started_at = date_trunc('hour', now()) - interval '50 hours',
    finished_at = date_trunc('hour', now()) - interval '50 hours' + interval '4 minutes 12 seconds',
    sent = 4800, failed = 9, suppressed = 3, pending = 0 where id = ${dispatch}`
  await raw`insert into link_clicks select ${digest}, a, date_trunc('hour', now()) - interval '50 hours' + n * interval '1 hour',
    1 + round(900 * exp(-n / 4.0) / a + 60 * (1 + sin(n / 3.8)))
    from generate_series(0, 49) as n, unnest(${[lead.id, paid.id, further.id]}::int[]) as a`
  return { digest, lead: lead.id, path: `/admin/digests/${digest}` }
}

async function open(path: string, language: Language = 'en', javaScriptEnabled = true) {
  const context = await browser.newContext({ reducedMotion: 'reduce', javaScriptEnabled })
  await raw`update editors set language = ${language}`
  const [name = '', value = ''] = owner.cookie.split('=')
  await context.addCookies([{ name, value, url }])
  const page = await context.newPage()
  page.setDefaultTimeout(5000)
  await page.goto(url + path)
  return page
}

test('a story is corrected, a letter begun, the edition withdrawn and put back: without JavaScript', async () => {
  const { digest, lead, path } = await sentDigest()
  const page = await open(path, 'en', false)
  await page.getByRole('link', { name: `Correct “${ibm.title}” …` }).click()
  await page.getByLabel('Title').fill('IBM stays in facial recognition')
  await page.getByLabel('Link').fill(`${url}/privacy`)
  await page.getByLabel('Note for readers').fill('It stays; we said that it leaves.')
  await page.getByRole('button', { name: 'Publish the correction' }).click()
  expect(page.url()).toBe(`${url}${path}?done=corrected`)
  const link = storyLink(services.config.publicUrl, services.keys, digest, lead)
  const reader = await page.context().newPage()
  await reader.goto(link)
  expect(reader.url()).toBe(`${url}/privacy`)
  await reader.goto(`${url}/archive/morning-brief/${digest}`)
  expect(await reader.getByText('Correction, ').allTextContents()).toHaveLength(2)
  expect(await reader.getByRole('heading', { name: 'IBM stays in facial recognition' }).count()).toBe(1)

  await page.getByRole('button', { name: 'Write to those who got it' }).first().click()
  expect(await page.getByLabel('Subject').inputValue()).toMatch(/^Correction: IBM leaves/)
  await page.goto(url + path)
  await page.getByRole('link', { name: 'Withdraw …' }).click()
  await page.getByLabel('Reason, for readers').fill('It named the wrong company.')
  await page.getByRole('button', { name: 'Withdraw the edition' }).click()
  expect(await page.getByText('This edition is withdrawn').count()).toBe(1)
  expect((await reader.reload())!.status()).toBe(410)
  expect(await reader.getByText('It named the wrong company.').count()).toBe(1)
  await page.getByRole('button', { name: 'Put it back' }).click()
  expect((await reader.reload())!.status()).toBe(200)
  await page.context().close()
})

const { digest, lead, path } = await sentDigest()
await raw`insert into corrections (digest_id, article_id, note, by_kind, by_name) values
  (${digest}, ${lead}, 'The company ended general-purpose software of the kind; it did not leave the field.', 'editor', 'Mara Quill')`
const fresh = await sentDigest()
const taken = await sentDigest()
await raw`update digests set withdrawn_at = now(), withdrawn_for = 'It named the wrong company; a correct edition follows.' where id = ${taken.digest}`
await owner.post(`${fresh.path}/correct/${fresh.lead}`, {
  title: 'IBM stays',
  standfirst: 'It ends general-purpose software only.',
  url: 'https://ledger.example/right',
  note: 'The company ended general-purpose software of the kind; it did not leave the field.',
  seen: '0',
})

const pages = {
  result: path,
  corrected: `${fresh.path}?done=corrected`,
  correct: `${path}/correct/${lead}`,
  withdraw: `${path}/withdraw`,
  withdrawn: taken.path,
  gone: `/archive/morning-brief/${taken.digest}`,
  edition: `/archive/morning-brief/${fresh.digest}`,
  settings: '/admin/settings',
  privacy: '/privacy',
}

test.each(Object.entries(pages).filter(([name]) => !['settings', 'privacy', 'edition'].includes(name)))(
  '%s is accessible, in light and in dark, and fits into 320 pixels',
  async (_, at) => {
    const page = await open(at)
    expect(await accessFaults(page)).toEqual([])
    await page.context().close()
  },
)

// PICTURES=/some/folder keeps a picture of every page, wide and narrow, light and dark.
const folder = process.env.PICTURES
test.runIf(folder)('pictures', { timeout: 300_000 }, async () => {
  for (const [name, at] of Object.entries(pages)) {
    const page = await open(at)
    await screenshot(page, { width: 1280, path: `${folder}/${name}-1280.png` })
    await screenshot(page, { width: 375, dark: true, path: `${folder}/${name}-375-dark.png` })
    await page.context().close()
    const german = await open(at, 'de')
    await screenshot(german, { width: 1280, dark: true, path: `${folder}/${name}-1280-dark-de.png` })
    await german.context().close()
  }
})
