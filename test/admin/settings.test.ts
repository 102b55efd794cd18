import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { sample } from '../../src/sample/content.ts'
import { readPublication, updatePublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { db } = here.services
const owner = await signInAs(here, 'owner')

const good = {
  name: 'The Harbour Times',
  tagline: 'Tides & trade',
  senderName: 'Harbour',
  senderAddress: 'News@Harbour.Example',
  replyTo: 'letters@harbour.example',
  postalAddress: '1 Pier\r\nPort City',
  timeZone: 'Europe/Lisbon',
  language: 'de',
  privacyText: 'We are *careful*.',
}

const save = (change: Record<string, string> = {}) => owner.post('/admin/settings', { ...good, ...change })

test('an owner sets the publication, and finds it as it was typed', async () => {
  const answer = await save()
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/admin/settings?done=saved'])
  expect(await readPublication(db)).toMatchObject({
    ...good,
    senderAddress: 'News@harbour.example',
    postalAddress: '1 Pier\nPort City',
  })
  const page = await (await owner.get('/admin/settings?done=saved')).text()
  expect(page).toContain('Tides &amp; trade')
  expect(page).toMatch(/<option value="Europe\/Lisbon" selected[^>]*>/)

  await save({ replyTo: '', tagline: '', senderName: '', privacyText: '' })
  expect(await readPublication(db)).toMatchObject({
    replyTo: null,
    tagline: '',
    privacyText: '',
  })
})

test.each([
  ['name', '', 'Please fill this in.'],
  ['name', '   ', 'Please fill this in.'],
  ['name', 'x'.repeat(10_000), 'at most 200 characters'],
  ['name', 'A\r\nBcc: all@example.com', 'one line'],
  ['name', 'A\u0007', 'one line'],
  ['tagline', 'a\nb', 'one line'],
  ['senderName', 'Eve\r\nBcc: all@example.com', 'one line'],
  ['senderAddress', 'nobody', 'not an e-mail address'],
  ['senderAddress', `${'a'.repeat(10_000)}@example.com`, 'not an e-mail address'],
  ['senderAddress', 'a@example.com, b@example.com', 'not an e-mail address'],
  ['senderAddress', 'übung@example.com', 'not an e-mail address'],
  ['replyTo', 'a@example.com\r\nBcc: b@example.com', 'not an e-mail address'],
  ['postalAddress', 'x'.repeat(501), 'at most 500 characters'],
  ['postalAddress', 'a\u0007b', 'control characters'],
  ['timeZone', 'Mars/Olympus', 'not known'],
  ['language', 'tlh', 'can’t be taken'],
  ['privacyText', 'x'.repeat(20_001), 'at most 20000 characters'],
])('$0 ($#) is refused at its field, and the rest is kept: $2', async (field, value, words) => {
  const before = await readPublication(db)
  const answer = await save({ [field]: value, tagline: field === 'tagline' ? value : 'Kept <tagline>' })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  const error = new RegExp(`<p class="error" id="${field}-error">([^<]*)</p>`).exec(page)?.[1]
  expect(error).toContain(words)
  expect(page.match(/class="error"/g)).toHaveLength(1)
  expect(page).toContain(`aria-describedby="`)
  if (field !== 'tagline') expect(page).toContain('value="Kept &lt;tagline&gt;"')
  expect(page).not.toContain('<script>')
  expect(await readPublication(db)).toEqual(before)
})

test('what looks like code is kept and shown as typed', async () => {
  const hostile = '<script>alert(1)</script> {{ 7 | times: 6 }} {% raw %} <mj-include path="/etc/passwd"/>'
  await save({ name: hostile, postalAddress: hostile, privacyText: hostile })
  expect((await readPublication(db)).name).toBe(hostile)
  for (const page of ['/admin/settings', '/', '/privacy', '/admin/sign-in']) {
    const text = await (await owner.get(page)).text()
    expect([page, text.includes('<script>alert'), text.includes('<mj-include')]).toEqual([page, false, false])
  }
  expect(await (await owner.get('/admin/settings')).text()).toContain('{{ 7 | times: 6 }}')
})

test('the sample’s mark goes once name, sender and postal address are all one’s own', async () => {
  const { name, senderAddress, postalAddress } = sample.publication
  await updatePublication(db, { name, senderAddress, postalAddress, sample: true })
  expect(await (await owner.get('/admin/settings')).text()).toContain('the sample’s publication')
  const mark = async (change: Record<string, string>) => {
    expect((await save({ name, senderAddress, postalAddress, ...change })).status).toBe(303)
    return (await readPublication(db)).sample
  }
  expect(await mark({})).toBe(true)
  expect(await mark({ name: 'Mine' })).toBe(true)
  expect(await mark({ name: 'Mine', senderAddress: 'me@mine.example' })).toBe(true)
  expect(
    await mark({ name: 'Mine', senderAddress: 'me@mine.example', postalAddress: `${postalAddress}\n` }),
  ).toBe(true)
  expect(await mark({ name: 'Mine', senderAddress: 'me@mine.example', postalAddress: '1 My Road' })).toBe(
    false,
  )
  expect(await mark({})).toBe(false)
  expect(await (await owner.get('/admin/settings')).text()).not.toContain('the sample’s publication')
})

test('the delivery page names Amazon SES by its host, and none of its keys', async () => {
  const pageWith = async (env: Record<string, string>) => {
    const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'hunter2' }
    const real = await openTestApp({ env: { SMTP_URL: 'ses:eu-central-1', ...keys, ...env } })
    return (await signInAs(real, 'owner')).get('/admin/settings/delivery').then(page => page.text())
  }
  const page = await pageWith({ AWS_SESSION_TOKEN: 'hunter3' })
  expect(page).toContain(
    'to the mail server email.eu-central-1.amazonaws.com, over HTTPS, as Amazon SES wants it',
  )
  expect(page).not.toMatch(/AKIDEXAMPLE|hunter/)
  expect(await pageWith({ SES_ENDPOINT: 'http://localhost:8005' })).toContain(
    'to the mail server localhost:8005, not encrypted',
  )
})

test('the delivery page shows the facts and what would be refused, and no secret', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const real = await openTestApp({
    env: {
      PUBLIC_URL: 'http://news.example.com',
      SMTP_URL: 'smtp://mailer:hunter2@smtp.example.net:587',
      SECRET_KEY: 'k'.repeat(32),
      DKIM_DOMAIN: 'harbour.example',
      DKIM_SELECTOR: 'b1',
      DKIM_PRIVATE_KEY: pem,
      SEND_RATE: '1200',
    },
  })
  await updatePublication(real.services.db, { senderAddress: 'news@other.example', postalAddress: '' })
  const boss = await signInAs(real, 'owner')
  await boss.post('/admin/newsletters', {
    name: 'Brief',
    slug: '',
    description: '',
    cadence: 'daily',
    schedule: '',
    senderName: '',
    senderAddress: '',
    replyTo: '',
    language: 'en',
    timeZone: 'UTC',
  })
  const page = await (await boss.get('/admin/settings/delivery')).text()
  expect(page).toContain('smtp.example.net:587')
  expect(page).toContain('STARTTLS')
  expect(page).toContain('1,200 messages a second')
  expect(page).not.toContain('hunter2')
  expect(page).not.toContain('PRIVATE KEY')
  expect(page).toContain('b1._domainkey.harbour.example')
  const record = /v=DKIM1; k=rsa; p=([\w+/=]+)/.exec(page)![1]!
  const published = createPublicKey({ key: Buffer.from(record, 'base64'), format: 'der', type: 'spki' })
  expect(published.equals(publicKey)).toBe(true)
  expect(page.match(/finding-word tone-fix/g)).toHaveLength(3)
  expect(page).toContain('http://news.example.com')
  expect(page).toContain('postal address')
  expect(page).toContain('news@other.example')
})

test('a copy says so, and becomes the original at an owner’s word only', async () => {
  const copy = await openTestApp({
    env: {
      PUBLIC_URL: 'https://copy.example.com',
      SMTP_URL: 'smtp://smtp.example.net',
      SECRET_KEY: 'k'.repeat(32),
    },
  })
  await updatePublication(copy.services.db, { home: 'https://news.example.com' })
  const boss = await signInAs(copy, 'owner')
  const page = await (await boss.get('/admin/settings/delivery')).text()
  expect(page).toContain('This is a copy of https://news.example.com')
  expect((await readPublication(copy.services.db)).home).toBe('https://news.example.com')
  await boss.post('/admin/settings/delivery/claim')
  expect((await readPublication(copy.services.db)).home).toBe('https://copy.example.com')
  expect(await (await boss.get('/admin/settings/delivery')).text()).not.toContain('This is a copy')
})

test('links that can be put right, and counting, are off until an owner ticks them; counting needs the first', async () => {
  const switches = async () => {
    const { correctableLinks, countClicks } = await readPublication(db)
    return [correctableLinks, countClicks]
  }
  await save()
  expect(await switches()).toEqual([false, false])
  const refused = await save({ countClicks: 'on' })
  expect(refused.status).toBe(422)
  const page = await refused.text()
  expect(page).toContain('tick the box above too')
  expect(page).toMatch(/name="countClicks"[^>]* checked/)
  expect(page).not.toMatch(/name="correctableLinks"[^>]* checked/)
  await save({ correctableLinks: 'on' })
  expect(await switches()).toEqual([true, false])
  await save({ correctableLinks: 'on', countClicks: 'on' })
  expect(await switches()).toEqual([true, true])
  expect(await (await owner.get('/admin/settings')).text()).toMatch(/name="countClicks"[^>]* checked/)
  await save()
  expect(await switches()).toEqual([false, false])
})
