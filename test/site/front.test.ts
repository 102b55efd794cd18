import { expect, test } from 'vitest'
import {
  addNewsletter,
  findNewsletter,
  removeNewsletter,
  updateNewsletter,
} from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { trapField } from '../../src/web/views/sign-up-form.tsx'
import { openTestApp } from '../support/app.ts'
import { foundTheLedger, publish } from './publication.ts'

const page = async (
  request: Awaited<ReturnType<typeof openTestApp>>['request'],
  path: string,
  language = 'en',
) => (await request(path, { headers: { 'accept-language': language } })).text()

test('the front page says who, what and how often, and ticks nothing beforehand', async () => {
  const { services, request } = await openTestApp()
  await foundTheLedger(services)
  const id = await publish(services, {
    subject: 'IBM leaves facial recognition',
    startedAt: new Date('2020-06-22T05:30:00Z'),
  })
  const html = await page(request, '/')
  for (const said of [
    '<h1 class="masthead-name">The Ledger</h1>',
    'Technology for people who run businesses',
    'Morning Brief',
    'Weekdays, 6:30',
    'Carries advertising, labelled.',
    'Every mail lets you leave with one click.',
    'The Ledger, 12 Paper Lane, London EC1',
    'Mon 22 June 2020',
    `href="/archive/morning-brief/${id}"`,
    'href="/privacy"',
    'href="/archive/feed.xml"',
    '<meta property="og:title" content="The Ledger"',
  ])
    expect(html).toContain(said)
  expect(html.match(/type="checkbox"/g)).toHaveLength(3)
  expect(html).not.toMatch(/<input[^>]*\schecked/)
  expect(html).not.toContain('<script')
})

test('the field that catches machines is out of everybody’s way', async () => {
  const { services, request } = await openTestApp()
  await foundTheLedger(services)
  const trap = /<div class="apart" aria-hidden="true">.*?<\/div>/s.exec(await page(request, '/'))?.[0]
  expect(trap).toContain(`name="${trapField}" type="text" tabindex="-1" autocomplete="off"`)
})

test('a newsletter that is alone has no box to tick, and a button that names it', async () => {
  const { services, request } = await openTestApp()
  await foundTheLedger(services)
  for (const slug of ['leadership', 'white-papers'])
    await removeNewsletter(services.db, (await findNewsletter(services.db, slug))!.id)
  const html = await page(request, '/')
  expect(html).not.toContain('type="checkbox"')
  expect(html).toContain('Sign up for Morning Brief</button>')
  expect(html).toContain('<input type="hidden" name="newsletter" value="morning-brief"')
})

test('a closed newsletter is not offered; without an open one the editor is shown the way', async () => {
  const { services, request } = await openTestApp()
  await foundTheLedger(services)
  for (const slug of ['morning-brief', 'leadership', 'white-papers']) {
    const { id } = (await findNewsletter(services.db, slug))!
    await updateNewsletter(services.db, id, { state: 'closed' })
  }
  const html = await page(request, '/')
  expect(html).not.toContain('action="/subscribe"')
  expect(html).toContain('Nothing to sign up for yet')
  expect(html).toContain('href="/admin"')
})

test('a publication without anything has a front page too', async () => {
  const { request } = await openTestApp()
  const response = await request('/')
  expect(response.status).toBe(200)
  expect(await response.text()).toContain('Nothing to sign up for yet')
})

test('a German browser gets German words around the publication’s own', async () => {
  const { services, request } = await openTestApp()
  await foundTheLedger(services)
  const html = await page(request, '/', 'de-AT,de;q=0.9,en;q=0.5')
  expect(html).toContain('<html lang="de">')
  expect(html).toContain('Unsere Newsletter bestellen')
  expect(html).toContain('<span lang="en">Morning Brief</span>')
})

test('hostile names are shown as typed, never as HTML', async () => {
  const { services, request } = await openTestApp()
  const hostile = '"><script>alert(1)</script>{{ 7*7 }}&amp;'
  await updatePublication(services.db, {
    name: hostile,
    tagline: hostile,
    postalAddress: hostile,
    privacyText: `${hostile}\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)>`,
  })
  await addNewsletter(services.db, { slug: 'one', name: hostile, description: hostile, schedule: hostile })
  await addNewsletter(services.db, { slug: 'two', name: hostile, carriesAdvertising: true })
  const id = await publish(services, { subject: hostile, preheader: hostile, newsletters: ['one'] })
  for (const path of [
    '/',
    '/archive',
    '/archive/one',
    `/archive/one/${id}`,
    '/privacy',
    '/embed/one',
    '/archive/none',
  ]) {
    const html = await page(request, path)
    expect(html, path).not.toContain('<script')
    expect(html, path).not.toContain('<img src=x')
    expect(html, path).not.toMatch(/href="javascript/i)
    expect(html, path).toContain('{{ 7*7 }}')
  }
})
