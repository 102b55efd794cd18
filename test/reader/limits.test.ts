import { expect, test } from 'vitest'
import { letPass, openLedger, token, words } from './readers.ts'

const room = await openLedger({ env: { SIGNUP_LIMIT: '10', TRUSTED_PROXIES: '10.0.0.0/8' } })
const { request, raw } = room

let number = 0
const ask = (peer: string, headers: Record<string, string> = {}, path = '/subscribe') =>
  request(path, {
    method: 'POST',
    body: new URLSearchParams({
      email: `reader${++number}@example.com`,
      newsletter: 'morning-brief',
      name: 'Kept',
    }),
    headers,
    peer,
  })
const rows = async (network: string) =>
  (await raw`select count(*)::int as count from sign_ups where network = ${network}`)[0]!.count

test('a network’s hour is used up exactly, however many come at once; the form comes back filled in', async () => {
  const answers = await Promise.all(Array.from({ length: 25 }, (_, n) => ask(`192.0.2.${n + 1}`)))
  const statuses = answers.map(answer => answer.status)
  expect(statuses.filter(status => status === 200).length).toBe(10)
  expect(statuses.filter(status => status === 429).length).toBe(15)
  expect(await rows('192.0.2.0/24')).toBe(10)
  const refused = answers.find(answer => answer.status === 429)!
  const wait = Number(refused.headers.get('retry-after'))
  expect(wait).toBeGreaterThan(3500)
  expect(wait).toBeLessThanOrEqual(3600)
  const html = await refused.text()
  expect(html).toMatch(/value="reader\d+@example\.com"/)
  expect(html).toContain('value="Kept"')
  expect(html).toContain('value="morning-brief" checked')
  expect(words(html)).toContain('try again in 60 minutes')
})

test('another network is not touched by it, and the hour goes by', async () => {
  expect((await ask('192.0.3.1')).status).toBe(200)
  expect((await ask('2001:db8:1:2::1')).status).toBe(200)
  expect(await rows('2001:db8:1::/48')).toBe(1)
  await letPass(room, '61 minutes')
  expect((await ask('192.0.2.77')).status).toBe(200)
})

test('loopback is exempt', async () => {
  for (const peer of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
    for (let time = 0; time < 12; time++) expect((await ask(peer)).status).toBe(200)
})

test('behind a trusted proxy the sender counts; from anybody else the header is not believed', async () => {
  for (let time = 0; time < 10; time++)
    expect((await ask('10.1.1.1', { 'x-forwarded-for': '203.0.113.5' })).status).toBe(200)
  expect((await ask('10.1.1.1', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(429)
  expect((await ask('10.1.1.1', { 'x-forwarded-for': '198.51.100.1' })).status).toBe(200)
  for (let time = 0; time < 10; time++)
    expect((await ask('192.88.1.1', { 'x-forwarded-for': `100.${time}.0.1` })).status).toBe(200)
  expect((await ask('192.88.1.1', { 'x-forwarded-for': '100.99.0.1' })).status).toBe(429)
})

test('links to the preferences, and new mails for old links, share the network’s hour', async () => {
  const peer = '172.99.1.1'
  for (let time = 0; time < 9; time++) expect((await ask(peer)).status).toBe(200)
  expect((await ask(peer, {}, '/preferences')).status).toBe(200)
  const late = await ask(peer, {}, '/preferences')
  expect(late.status).toBe(429)
  expect(await late.text()).toMatch(/value="reader\d+@example\.com"/)
  const [signUp] = await raw`update sign_ups set state = 'asked', asked_at = now() - interval '80 hours'
    where id = (select max(id) from sign_ups) returning id`
  const path = `/confirm/${token(room, { purpose: 'confirm', signUp: Number(signUp!.id) })}/again`
  const again = await ask(peer, {}, path)
  expect(again.status).toBe(429)
  expect(Number(again.headers.get('retry-after'))).toBeGreaterThan(3000)
})

test('what is refused for its faults does not use up the hour', async () => {
  for (let time = 0; time < 15; time++) {
    const body = new URLSearchParams({ email: 'no address', newsletter: 'morning-brief' })
    expect((await request('/subscribe', { method: 'POST', body, peer: '172.98.1.1' })).status).toBe(422)
  }
  expect((await ask('172.98.1.1')).status).toBe(200)
})
