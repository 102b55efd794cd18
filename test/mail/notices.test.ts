import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import type { Rendering } from '../../src/domain/rendering.ts'
import { latestEditionMail, testMail } from '../../src/mail/edition-mails.ts'
import { reportMail, signInMail } from '../../src/mail/editor-mails.ts'
import type { ComposedMail, Letterhead } from '../../src/mail/letter.ts'
import {
  addressChangedMail,
  addressChangeMail,
  confirmationMail,
  preferencesMail,
} from '../../src/mail/reader-mails.ts'
import { aDigest, aMessage, ana, compiled, templates } from './a-digest.ts'

const site = 'https://ledger.example'
const letterhead = (over: Partial<Letterhead> = {}): Letterhead => ({
  publication: 'The Ledger',
  logoUrl: null,
  look: { accent: '#8a1c1c', headlineFont: 'georgia', textFont: 'georgia' },
  postalAddress: 'The Ledger Ltd\n12 Printing House Yard\nLondon EC4A 1AB',
  publicUrl: site,
  language: 'en',
  ...over,
})

const asked = [
  { name: 'Morning Brief', cadence: 'weekdays', schedule: '', carriesAdvertising: true },
  { name: 'Weekend', cadence: 'weekly', schedule: 'Saturdays, 8:00', carriesAdvertising: false },
] as const

const confirmation = (
  over: Partial<Letterhead> = {},
  newsletters: readonly (typeof asked)[number][] = asked,
) =>
  confirmationMail(templates, letterhead(over), {
    newsletters,
    confirmUrl: `${site}/confirm/1.c.5.abcdefghijklmnopqrstuv`,
    objectionUrl: `${site}/not-me/1.o.5.abcdefghijklmnopqrstuv`,
    privacyUrl: `${site}/privacy`,
    validHours: 72,
  })

const seenIn = ({ html }: ComposedMail) => parseHTML(html).document.body.textContent!.replace(/\s+/g, ' ')
const linksIn = ({ html }: ComposedMail) =>
  [...parseHTML(html).document.querySelectorAll('a')].map(link => link.getAttribute('href'))
const forms = (mail: ComposedMail) => [seenIn(mail), mail.text.replace(/\s+/g, ' ')]

describe('the confirmation', () => {
  test('says who we are, what is confirmed and how often it comes, and that one can leave', async () => {
    const mail = await confirmation()
    expect(mail.subject).toBe('Confirm your sign-up to The Ledger')
    for (const form of forms(mail))
      for (const words of [
        'The Ledger',
        '12 Printing House Yard',
        'Morning Brief',
        'Monday to Friday, carries labelled advertising',
        'Weekend',
        'Saturdays, 8:00',
        'Nothing will be sent until you confirm.',
        'The link works for 72 hours.',
        'to leave with one click',
        'This wasn’t me, never write again',
      ])
        expect(form).toContain(words)
    expect(seenIn(mail)).toContain('Confirm both')
  })

  test('shows its link in full, besides the button, and only our own links', async () => {
    const mail = await confirmation()
    const confirm = `${site}/confirm/1.c.5.abcdefghijklmnopqrstuv`
    expect(linksIn(mail)).toEqual([
      confirm,
      confirm,
      `${site}/not-me/1.o.5.abcdefghijklmnopqrstuv`,
      `${site}/privacy`,
      site,
    ])
    for (const form of forms(mail)) expect(form).toContain(confirm)
    expect(mail.html).not.toContain('<img')
  })

  test('in German', async () => {
    const mail = await confirmation({ language: 'de' }, [asked[0]])
    expect(mail.subject).toBe('Bitte bestätigen Sie Ihre Anmeldung bei The Ledger')
    for (const form of forms(mail))
      for (const words of [
        'Anmeldung bestätigen',
        'montags bis freitags',
        'Das war ich nicht, bitte nie wieder schreiben',
      ])
        expect(form).toContain(words)
    expect(mail.html).toContain('lang="de"')
    expect(seenIn(mail)).not.toMatch(/Confirm|newsletter you|click/)
  })

  test('a publication’s name is text, whatever it contains', async () => {
    const mail = await confirmation({ publication: '<script>x</script> {{ letter.button.url }}' })
    expect(seenIn(mail)).toContain('<script>x</script> {{ letter.button.url }}')
    expect(parseHTML(mail.html).document.querySelectorAll('script')).toHaveLength(0)
  })
})

const digestUrl = `${site}/admin/digests/7`
const counts = { intended: 4812, sent: 4000, failed: 3, suppressed: 2, unknown: 1, pending: 806 }

describe.each(['en', 'de'] as const)('letters in %s', language => {
  const head = letterhead({ language })
  const url = `${site}/somewhere/token`
  test.each<[string, () => Promise<ComposedMail>]>([
    ['sign-in', () => signInMail(templates, head, { url, validMinutes: 30 })],
    ['preferences', () => preferencesMail(templates, head, { url, validMinutes: 60 })],
    ['a new address', () => addressChangeMail(templates, head, { url, validMinutes: 60 })],
    [
      'a changed address',
      () =>
        addressChangedMail(templates, head, {
          oldAddress: 'a•••@e•••.com',
          newAddress: 'b•••@e•••.com',
          preferencesUrl: url,
        }),
    ],
    [
      'a report',
      () =>
        reportMail(templates, head, {
          event: 'paused',
          digest: 'IBM',
          reason: '550 5.7.1',
          counts,
          digestUrl: url,
        }),
    ],
  ])('%s: a subject of one line, its link in both parts, the imprint', async (_, compose) => {
    const mail = await compose()
    expect(mail.subject).toMatch(/^[^\r\n]{5,78}$/)
    expect(linksIn(mail)).toContain(url)
    expect(mail.text).toContain(`\n${url}\n`)
    for (const form of forms(mail)) expect(form).toContain('12 Printing House Yard')
    expect(mail.html).toContain(`lang="${language}"`)
    expect(mail.text).not.toMatch(/undefined|\[object|NaN/)
    for (const line of mail.text.split('\n'))
      if (!line.includes('://')) expect(line.length).toBeLessThanOrEqual(72)
  })
})

test('how long a link works is said as people say it', async () => {
  const valid = async (validMinutes: number, language: 'en' | 'de') =>
    (await signInMail(templates, letterhead({ language }), { url: site, validMinutes })).text
  expect(await valid(30, 'en')).toContain('within 30 minutes')
  expect(await valid(60, 'en')).toContain('within 1 hour.')
  expect(await valid(1440, 'en')).toContain('within 24 hours')
  expect(await valid(60, 'de')).toContain('1 Stunde lang')
  expect(await valid(30, 'de')).toContain('30 Minuten lang')
})

test('a report counts as its reader’s language does', async () => {
  const report = async (language: 'en' | 'de', event: 'paused' | 'finished') =>
    reportMail(templates, letterhead({ language }), { event, digest: 'IBM leaves', counts, digestUrl })
  expect((await report('en', 'paused')).subject).toBe('Paused: IBM leaves')
  expect((await report('en', 'finished')).text).toContain('Sent to 4,000 of 4,812 readers.')
  expect((await report('de', 'finished')).text).toContain('An 4.000 von 4.812 Lesern verschickt.')
})

const rendering = async (): Promise<Rendering> => ({
  newsletterId: 1,
  newsletterSlug: 'morning-brief',
  language: 'en',
  subject: 'IBM leaves facial recognition',
  fromName: 'The Ledger',
  fromAddress: 'brief@ledger.example',
  listId: 'morning-brief.ledger.example',
  ...(await compiled(aDigest())),
  message: await aMessage(),
  hash: '',
})

test('a test is marked, greets the editor, and ends nobody’s subscription', async () => {
  const mail = testMail(await rendering(), { publicUrl: site, name: 'Edi' })
  expect(mail.subject).toBe('[Test] IBM leaves facial recognition')
  expect(seenIn(mail)).toContain('Hello Edi,')
  for (const form of [mail.html, mail.text]) expect(form).not.toMatch(/\/unsubscribe\/(?!test)|slot\d/)
  for (const page of ['unsubscribe', 'preferences'])
    expect(linksIn(mail)).toContain(`${site}/${page}/test?newsletter=morning-brief`)
})

test('the last edition is the reader’s own copy', async () => {
  const mail = latestEditionMail(await rendering(), ana)
  expect(mail.subject).toBe('IBM leaves facial recognition')
  expect(linksIn(mail)).toContain(ana.unsubscribeUrl)
  expect(mail.text).toContain(ana.unsubscribeUrl)
})
