import { expect, test } from 'vitest'
import { updatePublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'
import { foundTheLedger } from './publication.ts'

async function privacyPage(env: Record<string, string> = {}) {
  const { services, request } = await openTestApp({ env })
  await foundTheLedger(services)
  return (await request('/privacy')).text()
}

test('the privacy page writes itself from what runs here', async () => {
  const html = await privacyPage()
  for (const said of [
    '12 Paper Lane<br/>London EC1',
    'mailto:desk@ledger.example',
    'A sign-up goes after 30 days',
    'These carry paid content: White papers.',
    'none leaves the machine',
    'href="/preferences"',
  ])
    expect(html).toContain(said)
})

test('it says for how long it is kept who got what, as the publication rules', async () => {
  const { services, request } = await openTestApp()
  const page = async (language: string) =>
    (await request('/privacy', { headers: { 'accept-language': language } })).text()
  expect(await page('en')).toContain('could be delivered to you is kept for 90 days;')
  await updatePublication(services.db, { ledgerDays: 3650 })
  expect(await page('en')).toContain('could be delivered to you is kept for 3,650 days;')
  expect(await page('de')).toContain('bleibt 3.650 Tage gespeichert')
})

test('it names who carries the mail, and no password', async () => {
  const known = await privacyPage({ SMTP_URL: 'smtps://user:secret@email-smtp.eu-west-1.amazonaws.com' })
  expect(known).toContain('Mails are handed to Amazon SES (Amazon Web Services)')
  expect(known).not.toContain('secret')
  const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' }
  const byHttps = await privacyPage({ SMTP_URL: 'ses:eu-west-1', ...keys })
  expect(byHttps).toContain('Mails are handed to Amazon SES (Amazon Web Services)')
  expect(byHttps).not.toMatch(/secret|AKIDEXAMPLE/)
  expect(
    await privacyPage({ SMTP_URL: 'ses:eu-west-1', SES_ENDPOINT: 'https://ses.northwind.example', ...keys }),
  ).toContain('handed to ses.northwind.example')
  expect(await privacyPage({ SMTP_URL: 'smtps://u:p@mail.northwind.example' })).toContain(
    'handed to mail.northwind.example',
  )
  expect(await privacyPage({ SMTP_URL: 'smtp://127.0.0.1:2525' })).toContain('a mail server of our own')
})

test('the publication’s own words stand beneath, as Markdown and nothing more', async () => {
  const html = await privacyPage()
  expect(html).toContain('What The Ledger adds')
  expect(html).toContain('<em>Mara Quill</em>')
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
})

test('it says where links lead, and what is counted, as the publication has it now', async () => {
  const { services, request } = await openTestApp()
  const page = async (language = 'en') =>
    (await request('/privacy', { headers: { 'accept-language': language } })).text()
  const set = (correctableLinks: boolean, countClicks: boolean) =>
    updatePublication(services.db, { correctableLinks, countClicks })
  const [own, counter] = ['lead over our own server', 'a counter of that story for that hour']
  expect(await page()).toContain('lead straight to the story')
  expect(await page()).not.toMatch(new RegExp(`${own}|${counter}`))
  await set(true, false)
  expect(await page()).toContain(own)
  expect(await page()).toContain('nothing is stored when you follow one')
  expect(await page()).not.toMatch(/lead straight to the story|belongs to nobody/)
  await set(true, true)
  expect(await page()).toContain(counter)
  expect(await page()).toContain('a number, which belongs to nobody')
  expect(await page('de')).toContain('steigt ein Zähler dieses Artikels')
})
