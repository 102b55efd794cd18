import { expect, test } from 'vitest'
import { type Role, roles } from '../../src/domain/roles.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()

/** Who may, at least. What is not in this table fails the test that walks all routes. */
const least: Record<string, Role> = {
  'GET /admin': 'writer',
  'POST /admin/sign-out': 'writer',
  'GET /admin/settings': 'writer',
  'POST /admin/settings': 'owner',
  'GET /admin/settings/you': 'writer',
  'POST /admin/settings/you': 'writer',
  'POST /admin/settings/you/sign-out-everywhere': 'writer',
  'GET /admin/settings/delivery': 'owner',
  'POST /admin/settings/delivery/claim': 'owner',
  'POST /admin/settings/delivery/domains': 'owner',
  'POST /admin/settings/delivery/domains/:domain/remove': 'owner',
  'POST /admin/settings/delivery/domains/:domain/unpause': 'owner',
  'POST /admin/settings/delivery/failures': 'owner',
  'GET /admin/settings/editors': 'owner',
  'POST /admin/settings/editors': 'owner',
  'POST /admin/settings/editors/:id/role': 'owner',
  'GET /admin/settings/editors/:id/remove': 'owner',
  'POST /admin/settings/editors/:id/remove': 'owner',
  'GET /admin/settings/look': 'owner',
  'POST /admin/settings/look': 'owner',
  'GET /admin/settings/look/preview': 'owner',
  'POST /admin/settings/look/logo': 'owner',
  'POST /admin/settings/look/logo/remove': 'owner',
  'GET /admin/settings/testers': 'editor',
  'POST /admin/settings/testers': 'editor',
  'GET /admin/settings/keys': 'owner',
  'POST /admin/settings/keys': 'owner',
  'GET /admin/settings/keys/:id/revoke': 'owner',
  'POST /admin/settings/keys/:id/revoke': 'owner',
  'GET /admin/newsletters': 'writer',
  'POST /admin/newsletters': 'owner',
  'GET /admin/newsletters/new': 'owner',
  'GET /admin/newsletters/:id': 'owner',
  'POST /admin/newsletters/:id': 'owner',
  'POST /admin/newsletters/:id/state': 'owner',
  'POST /admin/newsletters/:id/move': 'owner',
  'GET /admin/newsletters/:id/remove': 'owner',
  'POST /admin/newsletters/:id/remove': 'owner',
  'GET /admin/newsletters/:slug/template': 'editor',
  'POST /admin/newsletters/:slug/template': 'editor',
  'GET /admin/newsletters/:slug/template/sample': 'editor',
  'POST /admin/newsletters/:slug/template/sample': 'editor',
  'GET /admin/newsletters/:slug/template/drop': 'editor',
  'POST /admin/newsletters/:slug/template/drop': 'editor',
  'GET /admin/readers': 'writer',
  'GET /admin/readers/export.csv': 'owner',
  'GET /admin/readers/sign-ups': 'editor',
  'GET /admin/readers/suppressed': 'editor',
  'POST /admin/readers/suppressed': 'editor',
  'GET /admin/readers/suppressed/lift': 'owner',
  'POST /admin/readers/suppressed/lift': 'owner',
  'POST /admin/readers/suppressed/:id/lift': 'owner',
  'GET /admin/readers/import': 'owner',
  'POST /admin/readers/import': 'owner',
  'GET /admin/readers/:id': 'editor',
  'GET /admin/readers/:id/newsletters/:newsletter/remove': 'editor',
  'POST /admin/readers/:id/newsletters/:newsletter/remove': 'editor',
  'POST /admin/readers/:id/suppress': 'editor',
  'POST /admin/readers/:id/lift/:suppression': 'owner',
  'GET /admin/readers/:id/export.json': 'owner',
  'GET /admin/readers/:id/erase': 'owner',
  'POST /admin/readers/:id/erase': 'owner',
}

const ours = /^\/admin(\/(settings|newsletters|readers|sign-out)(\/|$)|$)/

const served = [
  ...new Set(
    here.app.routes
      .filter(route => route.method !== 'ALL' && ours.test(route.path))
      .map(route => `${route.method} ${route.path.replace(/(.)\/$/, '$1')}`),
  ),
]

test('every route of these pages has its role here, and only those', () => {
  expect(served.sort()).toEqual(Object.keys(least).sort())
})

const call = (route: string, headers: Record<string, string>) => {
  const [method, pattern] = route.split(' ') as [string, string]
  const path = pattern.replace(/:\w+/g, '999999')
  return method === 'POST' ? here.post(path, {}, headers) : here.request(path, { method, headers })
}

const rank = (role: Role) => roles.indexOf(role)

test.each(roles)('what a signed-in %s may, and what not, is told on the server', async role => {
  for (const route of Object.keys(least)) {
    const { cookie } = await signInAs(here, role)
    const { status } = await call(route, { cookie })
    const may = rank(role) <= rank(least[route]!)
    expect([route, status === 403, status < 500 && status !== 401]).toEqual([route, !may, true])
  }
})

test('signed out there is nothing but the sign-in', async () => {
  const all = new Set(here.app.routes.map(route => `${route.method} ${route.path}`))
  const inside = [...all].filter(
    route => /^(GET|POST) \/admin(\/|$)/.test(route) && !route.includes('/admin/sign-in'),
  )
  expect(inside.length).toBeGreaterThan(served.length)
  for (const route of inside) {
    const answer = await call(route.replace(/\{[^}]*\}/g, ''), {})
    const wanted = route.startsWith('GET') ? 303 : 401
    expect([route, answer.status]).toEqual([route, wanted])
    if (wanted === 303) expect(answer.headers.get('location')).toMatch(/^\/admin\/sign-in\?next=/)
  }
})

test('what is behind the sign-in is kept by no cache', async () => {
  const owner = await signInAs(here, 'owner')
  for (const path of ['/admin/settings', '/admin/readers', '/admin/newsletters'])
    expect((await owner.get(path)).headers.get('cache-control')).toMatch(/no-store/)
})
