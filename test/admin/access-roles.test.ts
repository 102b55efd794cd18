import { beforeAll, expect, test } from 'vitest'
import { createKey } from '../../src/actions/create-key.ts'
import { type Role, roles } from '../../src/domain/roles.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'
import { leastRoles, needProof } from './route-roles.ts'
import { furnish, lendPasskey, secretReader } from './whole-house.ts'

const here = await openTestApp({ env: { SMTP_URL: 'smtp://127.0.0.1:9' } })
const house = await furnish(here)
// The house is not changed by those who walk through it: each walk of what acts has one of its own.
const own = await openTestApp({ env: { SMTP_URL: 'smtp://127.0.0.1:9' } })
const keys = {} as Record<Role, string>
beforeAll(async () => {
  for (const role of roles) keys[role] = (await createKey(own.services, { name: role, role })).key
})

const routes = Object.keys(leastRoles)
const isPage = (route: string) => /^\w+ \/admin/.test(route) && leastRoles[route] !== 'anyone'
const isApi = (route: string) => / \/api\//.test(route) && leastRoles[route] !== 'anyone'

test('every route of the app has its least role in the table, and only those', () => {
  const served = here.app.routes
    .filter(route => route.method !== 'ALL')
    .map(route => `${route.method} ${route.path.replace(/(.)\/$/, '$1')}`)
  expect([...new Set(served)].sort()).toEqual(routes.sort())
})

/** A route with nothing there: what its role decides is decided before. */
const nothingThere = (route: string) => route.replace(/^\w+ /, '').replace(/:\w+(\{[^}]*\})?/g, '999999')

function ask(route: string, path: string, headers: Record<string, string>, at = own) {
  const method = route.split(' ')[0]!
  if (method === 'GET') return at.request(path, { headers })
  if (!isApi(route)) return at.post(path, {}, headers)
  return at.request(path, { method, headers: { ...headers, 'content-type': 'application/json' }, body: '{}' })
}

const may = (role: Role, route: string) => roles.indexOf(role) <= roles.indexOf(leastRoles[route] as Role)

test.each(roles)('what a signed-in %s may, and what not, is told on the server', async role => {
  for (const route of routes.filter(isPage)) {
    const { cookie } = await signInAs(own, role)
    const { status } = await ask(route, nothingThere(route), { cookie })
    expect([route, status === 403, status < 500 && status !== 401]).toEqual([route, !may(role, route), true])
  }
})

test.each(roles)('what a key of a %s may, and what not, is told on the server', async role => {
  for (const route of routes.filter(isApi)) {
    const { status } = await ask(route, nothingThere(route), { authorization: `Bearer ${keys[role]}` })
    expect([route, status === 403, status < 500 && status !== 401]).toEqual([route, !may(role, route), true])
  }
})

test('a key opens no page, and a session no door of the API', async () => {
  const { cookie } = await signInAs(own, 'owner')
  for (const route of routes.filter(isApi))
    expect([route, (await ask(route, nothingThere(route), { cookie })).status]).toEqual([route, 401])
  for (const route of routes.filter(isPage)) {
    const { status } = await ask(route, nothingThere(route), { authorization: `Bearer ${keys.owner}` })
    expect([route, status]).toEqual([route, route.startsWith('GET') ? 303 : 401])
  }
})

test('signed out, and without a key, there is what anyone may, and nothing else', async () => {
  for (const route of routes) {
    const answer = await ask(route, nothingThere(route), {})
    const led = answer.headers.get('location')?.startsWith('/admin/sign-in?next=') === true
    const refused = led ? 'led to the sign-in' : answer.status === 401 ? 'refused' : 'open'
    const wanted =
      leastRoles[route] === 'anyone'
        ? 'open'
        : isPage(route) && route.startsWith('GET')
          ? 'led to the sign-in'
          : 'refused'
    expect([route, refused]).toEqual([route, wanted])
  }
})

/** GETs of all rooms behind a sign-in or a key, each with what is there. */
async function* looks(role: Role) {
  const { cookie } = await signInAs(here, role)
  const { key } = await createKey(here.services, { name: role, role })
  for (const route of routes.filter(one => one.startsWith('GET') && (isPage(one) || isApi(one))))
    for (const path of new Set([house.pathOf(route), house.pathOf(route, { sent: false })])) {
      const answer = await here.request(path, {
        headers: isApi(route) ? { authorization: `Bearer ${key}` } : { cookie },
      })
      yield { route, path, status: answer.status, body: await answer.text() }
    }
}

test('no page, file or answer of the API tells a writer a reader’s address', async () => {
  let seen = 0
  for await (const { route, path, status, body } of looks('writer')) {
    expect([path, /zanzibar/i.test(body)]).toEqual([path, false])
    expect([route, status === 403]).toEqual([route, !may('writer', route)])
    if (status === 200) seen++
  }
  expect(seen).toBeGreaterThan(25)
})

/** Where an editor sees one reader, and only that. */
const oneReader = /^GET \/(admin\/readers|api\/v1\/subscribers)\/:id/

test('an editor sees an address on the page of that reader only, in no list and no file', async () => {
  const shown: string[] = []
  for await (const { route, body } of looks('editor')) {
    if (!body.includes('zanzibar')) continue
    expect(route).toMatch(oneReader)
    shown.push(route)
  }
  expect(shown).toContain('GET /admin/readers/:id')
  const { key } = await createKey(here.services, { name: 'finds', role: 'editor' })
  const find = async (query: string) =>
    (
      await here.request(`/api/v1/subscribers?${query}`, { headers: { authorization: `Bearer ${key}` } })
    ).text()
  expect(await find(`email=${secretReader}`)).toContain(secretReader)
  expect(await find('newsletter=morning')).toContain('z•••@h•••.example')
})

test('an owner sees it where it stands: the walk before has looked at the right pages', async () => {
  const shown: string[] = []
  for await (const { route, body } of looks('owner')) if (body.includes(secretReader)) shown.push(route)
  expect(shown).toEqual(
    expect.arrayContaining([
      'GET /admin/readers',
      'GET /admin/readers/:id',
      'GET /admin/readers/sign-ups',
      'GET /admin/readers/suppressed',
      'GET /admin/digests/:id/failures',
      'GET /api/v1/signups',
      'GET /api/v1/subscribers',
      'GET /api/v1/digests/:id/failures',
    ]),
  )
})

test('what needs a fresh proof is led to it, or comes back with all that was typed; nothing else asks', async () => {
  const owner = await signInAs(here, 'owner')
  const passkey = await lendPasskey(here, owner.address)
  const counts = () => here.raw`select (select count(*) from editors) + (select count(*) from api_keys)
    + (select count(*) from newsletters) + (select count(*) from passkeys) as n, (select count(*) from access_log) as log,
    (select string_agg(sender_address || coalesce(reply_to, ''), ',') from publication) as sender`
  for (const route of routes.filter(isPage)) {
    if (/proof|sign-out|you\/sessions/.test(route)) continue
    const session =
      await here.raw`update sessions set proven_at = now() - interval '10 minutes 1 second' returning hash`
    expect(session.length).toBeGreaterThan(0)
    const fields = needProof[route]
    const before = await counts()
    const path = house.pathOf(route).replace('passkeys/1', `passkeys/${passkey}`)
    const answer = await (route.startsWith('GET')
      ? owner.get(path)
      : fields
        ? owner.post(path, fields)
        : owner.get('/admin'))
    const body = await answer.text()
    const led = answer.headers.get('location')?.startsWith('/admin/proof?next=') === true
    const kept = answer.status === 403 && body.includes('href="/admin/proof" target="_blank"')
    expect([route, led || kept]).toEqual([route, fields !== undefined])
    if (!fields) continue
    expect([route, await counts()]).toEqual([route, before])
    if (kept) for (const typed of Object.values(fields)) expect(body).toContain(typed)
  }
})
