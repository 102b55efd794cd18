import { expect, test } from 'vitest'
import { clock } from '../../src/domain/dates.ts'
import { listMailDomains, pauseDomain } from '../../src/store/mail-domains.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { db } = here.services
await updatePublication(db, { timeZone: 'Asia/Kathmandu' })
const owner = await signInAs(here, 'owner')

const path = '/admin/settings/delivery'
const domains = `${path}/domains`
const set = (domain: string, connections: string, perMinute: string) =>
  owner.post(domains, { domain, connections, perMinute })
const limitOf = async (domain: string) => (await listMailDomains(db)).find(one => one.domain === domain)
const page = async (more = '') => (await owner.get(path + more)).text()
const rowOf = (html: string, domain: string) =>
  html.split('<tr>').find(row => row.includes(`>${domain}</th>`)) ?? ''

test('what large providers take is there from the start', async () => {
  const html = await page()
  const row = rowOf(html, 'gmail.com')
  expect(row).toMatch(/>20<.*>6,000<.*>Open</s)
  expect((await listMailDomains(db)).filter(({ domain }) => !rowOf(html, domain))).toEqual([])
})

test('a domain is limited, in A-labels and lower case, and changed', async () => {
  const answer = await set(' Bücher.EXAMPLE ', '3', '1,200')
  expect(answer.status).toBe(303)
  const domain = 'xn--bcher-kva.example'
  expect(await limitOf(domain)).toMatchObject({ connections: 3, perMinute: 1200 })
  const said = await (await owner.get(answer.headers.get('location')!)).text()
  expect(said).toContain(`The limits of ${domain} hold from the next message on.`)
  expect(rowOf(said, domain)).toContain(`href="${path}?domain=${domain}#limit"`)

  const form = await page(`?domain=${domain}`)
  expect(form).toContain(`<input type="hidden" name="domain" value="${domain}"/>`)
  expect(form).toMatch(/<input id="perMinute"[^>]* value="1200"/)
  expect((await set(domain, '', '100000')).status).toBe(303)
  expect(await limitOf(domain)).toMatchObject({ connections: null, perMinute: 100_000 })
  expect(rowOf(await page(), domain)).toContain('no limit')
})

test.each([
  ['', '1', '', 'domain', 'not a domain'],
  ['ana@example.com', '1', '', 'domain', 'not a domain'],
  ['localhost', '1', '', 'domain', 'not a domain'],
  ['192.0.2.1', '1', '', 'domain', 'not a domain'],
  ['a b.example', '1', '', 'domain', 'not a domain'],
  [`${'a'.repeat(64)}.example`, '1', '', 'domain', 'not a domain'],
  [`${'abcdefgh.'.repeat(30)}example`, '1', '', 'domain', 'not a domain'],
  ['new.example', '0', '', 'connections', 'A whole number from 1 to 1,000.'],
  ['new.example', '1001', '', 'connections', 'A whole number from 1 to 1,000.'],
  ['new.example', '-1', '', 'connections', 'A whole number from 1 to 1,000.'],
  ['new.example', '1.5', '', 'connections', 'A whole number from 1 to 1,000.'],
  ['new.example', '', '100001', 'perMinute', 'A whole number from 1 to 100,000.'],
  ['new.example', '1', 'many', 'perMinute', 'A whole number from 1 to 100,000.'],
  ['new.example', '', ' ', 'connections', 'Give one limit at least.'],
])(
  '%j with %j and %j is refused at %s, and the form comes back filled',
  async (domain, connections, perMinute, at, words) => {
    const before = await listMailDomains(db)
    const answer = await set(domain, connections, perMinute)
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(new RegExp(`id="${at}-error">([^<]*)<`).exec(html)?.[1]).toContain(words)
    expect(html.match(/class="error"/g)).toHaveLength(1)
    const typed = Object.entries({ domain, connections, perMinute }).filter(([, value]) => value !== '')
    for (const [name, value] of typed)
      expect(html).toMatch(new RegExp(`<input id="${name}"[^>]* value="${value.replace(/[.]/g, '\\.')}"`))
    expect(await listMailDomains(db)).toEqual(before)
  },
)

test('a pause says until when, why, and what the server said; an owner ends it', async () => {
  const reply = '421 4.7.28 <b>Our system</b> has detected too much'
  await pauseDomain(here.raw, { domain: 'gmail.com', ms: 300_000, reason: 'slow-down', reply })
  await pauseDomain(here.raw, { domain: 'small.example', ms: 300_000, reason: 'policy', reply: '' })
  const until = clock((await limitOf('gmail.com'))!.pausedUntil!, 'Asia/Kathmandu', 'en')
  const html = await page()
  expect(html.indexOf('>small.example</th>')).toBeLessThan(html.indexOf('>aol.com</th>'))
  const row = rowOf(html, 'gmail.com')
  expect(row.replace(/<[^>]*>/g, '')).toMatch(
    new RegExp(`Paused until (tomorrow )?${until}It says we are too many: 421`),
  )
  expect(row).toContain('&lt;b&gt;Our system')
  expect(rowOf(html, 'small.example')).toContain('It refuses us by its policy')
  expect(rowOf(html, 'gmx.de')).not.toContain('/unpause')

  const answer = await owner.post(`${domains}/gmail.com/unpause`)
  expect(await limitOf('gmail.com')).toMatchObject({ connections: 20, pausedUntil: null })
  const after = await (await owner.get(answer.headers.get('location')!)).text()
  expect(after).toContain('gmail.com gets mail again')
  expect(rowOf(after, 'gmail.com')).not.toContain('/unpause')
})

test('a domain that is removed can be put back, and a second click does no harm', async () => {
  const was = await limitOf('gmx.de')
  const answer = await owner.post(`${domains}/gmx.de/remove`)
  expect(await limitOf('gmx.de')).toBeUndefined()
  const html = await (await owner.get(answer.headers.get('location')!)).text()
  expect(html).toContain('gmx.de has no limit any more.')
  expect(html).toContain('Put back 5 at once, 1,200 a minute')
  const [, undo] = /role="status"([\s\S]*?)<\/form>/.exec(html)!
  const hidden = [...undo!.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value])
  expect((await owner.post(`${domains}/gmx.de/remove`)).status).toBe(303)
  expect((await owner.post(domains, Object.fromEntries(hidden))).status).toBe(303)
  expect(await limitOf('gmx.de')).toEqual(was)
})
