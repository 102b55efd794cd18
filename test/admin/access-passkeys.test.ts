import { expect, test } from 'vitest'
import { newChallenge } from '../../src/domain/challenge.ts'
import { relyingParty } from '../../src/domain/relying-party.ts'
import { addEditor } from '../../src/store/editors.ts'
import { listPasskeys } from '../../src/store/passkeys.ts'
import { openTestApp } from '../support/app.ts'
import { authenticator } from '../support/authenticator.ts'
import { signInAs } from '../support/sign-in.ts'
import { cookieOf, mailedLinks } from '../support/sign-in-links.ts'

const here = await openTestApp()
const { services, request, post, raw } = here
const { db, keys } = services
const site = { origin: 'http://localhost:3000', rpId: 'localhost' }

const hire = async (name: string) =>
  (await addEditor(db, {
    address: `${name}@example.com`,
    addressKey: `${name}@example.com`,
    name,
    role: 'owner',
  }))!

/** A browser that opened the sign-in and was asked: its cookie, and the challenge. */
async function asked() {
  const answer = await request('/admin/sign-in/passkey')
  const { challenge, ...rest } = (await answer.json()) as { challenge: string; allowCredentials?: unknown[] }
  return { cookie: cookieOf(answer), challenge, rest }
}

const enter = (credential: string, cookie: string) =>
  post('/admin/sign-in/passkey', { credential, next: '/admin/readers' }, { cookie })

test('an answer signs in once, in the browser that was asked, and leads on', async () => {
  const device = await authenticator(db, (await hire('ana')).id)
  const { cookie, challenge, rest } = await asked()
  // Nobody is named: the device knows whose it is.
  expect(rest).toMatchObject({ rpId: 'localhost', userVerification: 'required', allowCredentials: [] })
  const credential = device.answer({ ...site, challenge })
  expect((await enter(credential, 'broadsheet-browser=another')).status).toBe(422)
  const answers = await Promise.all(Array.from({ length: 5 }, () => enter(credential, cookie)))
  const entered = answers.filter(one => one.status === 303)
  expect(answers.map(one => one.status).sort()).toEqual([303, 422, 422, 422, 422])
  expect(entered[0]!.headers.get('location')).toBe('/admin/readers')
  expect((await request('/admin/settings/keys', { headers: { cookie: cookieOf(entered[0]!) } })).status).toBe(
    200,
  )
  const again = await enter(credential, cookie)
  expect([again.status, await again.text()]).toEqual([
    422,
    expect.stringContaining('This passkey was not accepted'),
  ])
})

test('an answer is refused that is late, for something else, from elsewhere, unverified, or a copy’s', async () => {
  const editor = await hire('bo')
  const device = await authenticator(db, editor.id)
  const { cookie, challenge } = await asked()
  const browser = cookie.split('=')[1]!
  const at = (ago: number, purpose: 'sign-in' | 'prove' | 'register' = 'sign-in') =>
    Buffer.from(newChallenge(keys, purpose, browser, Date.now() - ago)).toString('base64url')
  const refused = {
    late: device.answer({ ...site, challenge: at(5 * 60_000) }),
    'for a proof': device.answer({ ...site, challenge: at(0, 'prove') }),
    'for a new one': device.answer({ ...site, challenge: at(0, 'register') }),
    'a made-up challenge': device.answer({ ...site, challenge: 'A'.repeat(54) }),
    'another site': device.answer({ ...site, challenge, origin: 'https://evil.example' }),
    'another domain': device.answer({ ...site, challenge, rpId: 'evil.example' }),
    'nobody there': device.answer({ ...site, challenge, verified: false }),
    'no such passkey': device
      .answer({ ...site, challenge })
      .replaceAll(/"(id|rawId)":"[^"]+"/g, '"$1":"nobody"'),
    'cut short': device.answer({ ...site, challenge }).slice(0, -2),
    'no JSON': 'x',
    nothing: '',
    'all else': JSON.stringify({ id: [], response: { __proto__: 1 } }),
    'too large': JSON.stringify({ id: 'x'.repeat(60_000) }),
  }
  for (const [why, credential] of Object.entries(refused))
    expect([why, (await enter(credential, cookie)).status]).toEqual([why, 422])
  expect(
    (await enter(device.answer({ ...site, challenge: at(4 * 60_000), counter: 7 }), cookie)).status,
  ).toBe(303)
  // Whoever copied the device counts from where it was then.
  expect((await enter(device.answer({ ...site, challenge, counter: 7 }), cookie)).status).toBe(422)
  const next = await asked()
  expect(
    (await enter(device.answer({ ...site, challenge: next.challenge, counter: 8 }), next.cookie)).status,
  ).toBe(303)
  expect((await listPasskeys(db, editor.id))[0]!.counter).toBe(8)
})

test('a proof is by a passkey of one’s own, in this session; it is fresh for ten minutes', async () => {
  const owner = await signInAs(here, 'owner')
  const [{ id } = { id: 0 }] = await raw`select id from editors where address = ${owner.address}`
  const device = await authenticator(db, id)
  const other = await authenticator(db, (await hire('cy')).id)
  const stale = () => raw`update sessions set proven_at = now() - interval '10 minutes 1 second'`
  const challenge = async () =>
    ((await (await owner.get('/admin/proof/passkey')).json()) as { challenge: string }).challenge
  await stale()
  expect((await owner.get('/admin/settings/keys')).headers.get('location')).toBe(
    '/admin/proof?next=%2Fadmin%2Fsettings%2Fkeys',
  )
  const prove = (credential: string) =>
    owner.post('/admin/proof/passkey', { credential, next: '/admin/settings/keys' })
  expect((await prove(other.answer({ ...site, challenge: await challenge() }))).status).toBe(422)
  const fromSignIn = (await asked()).challenge
  expect((await prove(device.answer({ ...site, challenge: fromSignIn }))).status).toBe(422)
  const proven = await prove(device.answer({ ...site, challenge: await challenge() }))
  expect(proven.headers.get('location')).toBe('/admin/settings/keys')
  expect((await owner.get('/admin/settings/keys')).status).toBe(200)
  await raw`update sessions set proven_at = now() - interval '9 minutes 58 seconds'`
  expect((await owner.get('/admin/settings/keys')).status).toBe(200)
  await stale()
  expect((await owner.get('/admin/settings/keys')).status).toBe(303)
  // A way back that leads out of the workspace leads nowhere.
  const away = await owner.get('/admin/proof?next=https%3A%2F%2Fevil.example')
  expect(await away.text()).not.toContain('evil.example')
})

test('a proof by mail comes back to the page, in this browser; six within an hour are too many', async () => {
  const owner = await signInAs(here, 'owner')
  await raw`update sessions set proven_at = null`
  const sent = await owner.post('/admin/proof/link', { next: '/admin/settings/editors' })
  expect(sent.headers.get('location')).toBe('/admin/proof?next=%2Fadmin%2Fsettings%2Feditors&mailed')
  expect(await (await owner.get(sent.headers.get('location')!)).text()).toContain(
    `on its way to ${owner.address}`,
  )
  const [link] = await mailedLinks(here, owner.address)
  const entered = await post(link!, {}, { cookie: `${owner.cookie}; ${cookieOf(sent)}` })
  expect(entered.headers.get('location')).toBe('/admin/settings/editors')
  const fresh = { headers: { cookie: cookieOf(entered) } }
  expect((await request('/admin/settings/editors', fresh)).status).toBe(200)
  // The session that was not fresh is over.
  expect((await owner.get('/admin')).headers.get('location')).toContain('/admin/sign-in')
  for (let n = 0; n < 4; n++) await post('/admin/proof/link', {}, { cookie: cookieOf(entered) })
  const sixth = await post('/admin/proof/link', {}, { cookie: cookieOf(entered) })
  expect([sixth.status, await sixth.text()]).toEqual([429, expect.stringContaining('Five links were mailed')])
})

test('whoever only found a browser signed in adds no passkey of their own', async () => {
  const writer = await signInAs(here, 'writer')
  expect((await writer.get('/admin/settings/you/passkeys/new')).status).toBe(200)
  await raw`update sessions set proven_at = now() - interval '11 minutes'`
  for (const answer of [
    await writer.get('/admin/settings/you/passkeys/new'),
    await writer.post('/admin/settings/you/passkeys/new', { credential: '{}' }),
  ])
    expect(answer.headers.get('location')).toBe('/admin/proof?next=%2Fadmin%2Fsettings%2Fyou')
  expect(await (await writer.get('/admin/settings/you')).text()).toContain(
    'Before you add one, prove that it is you.',
  )
})

test('nobody removes another’s passkey, nor ends another’s session', async () => {
  const [one, two] = [await signInAs(here, 'writer'), await signInAs(here, 'owner')]
  const [{ id } = { id: 0 }] = await raw`select id from editors where address = ${two.address}`
  await authenticator(db, id)
  const [passkey] = await listPasskeys(db, id)
  expect((await one.get(`/admin/settings/you/passkeys/${passkey!.id}/remove`)).status).toBe(404)
  await one.post(`/admin/settings/you/passkeys/${passkey!.id}/remove`)
  expect(await listPasskeys(db, id)).toHaveLength(1)
  const [session] = await raw`select id from sessions where editor_id = ${id}`
  await one.post(`/admin/settings/you/sessions/${session!.id}/end`)
  expect((await two.get('/admin/settings/you')).status).toBe(200)
})

test('a site that has only a number, or no https, offers none', async () => {
  expect(relyingParty('https://news.example.com:8443')).toEqual({
    id: 'news.example.com',
    origin: 'https://news.example.com:8443',
  })
  expect(relyingParty('http://localhost:3000')?.id).toBe('localhost')
  for (const none of [
    'http://127.0.0.1:3000',
    'https://192.0.2.1',
    'https://[::1]',
    'http://news.example.com',
  ])
    expect([none, relyingParty(none)]).toEqual([none, undefined])
  const numbered = await openTestApp({ env: { PUBLIC_URL: 'http://127.0.0.1:3000' } })
  const writer = await signInAs(numbered, 'writer')
  expect((await numbered.request('/admin/sign-in/passkey')).status).toBe(404)
  const sent = await numbered.post('/admin/sign-in/passkey', { credential: '{}' })
  expect([sent.status, await sent.text()]).toEqual([422, expect.not.stringContaining('data-passkey')])
  expect(await (await writer.get('/admin/settings/you')).text()).toContain(
    'need a site with a name and https',
  )
})
