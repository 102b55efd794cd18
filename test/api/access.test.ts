import { expect, test } from 'vitest'
import { createKey } from '../../src/actions/create-key.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'

const here = await openTestApp()
const stranger = await clientOf(here)
const document = (await stranger('GET', '/openapi.json')).body

type Operation = { security?: unknown[]; responses: Record<string, unknown> }
const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
)

const open = new Set(['POST /subscriptions', 'GET /mailbox/messages', 'GET /mailbox/messages/{id}'])

test('the document names every interface of the design', () => {
  const named = operations.map(({ method, path }) => `${method} ${path}`)
  expect(named).toEqual(
    expect.arrayContaining([
      'POST /subscriptions',
      'GET /newsletters',
      'POST /newsletters',
      'GET /articles',
      'POST /articles',
      'GET /digests',
      'POST /digests',
      'GET /digests/{id}',
      'PATCH /digests/{id}',
      'DELETE /digests/{id}',
      'GET /digests/{id}/preview',
      'POST /digests/{id}/tests',
      'POST /digests/{id}/dispatch',
      'POST /digests/{id}/pause',
      'POST /digests/{id}/resume',
      'POST /digests/{id}/cancel',
      'GET /digests/{id}/balance',
      'GET /digests/{id}/failures',
      'POST /digests/{id}/retry',
      'GET /signups',
      'POST /subscribers/imports',
      'GET /subscribers',
      'GET /subscribers/{id}',
      'DELETE /subscribers/{id}',
      'GET /mailbox/messages',
    ]),
  )
})

const lesser: Record<string, ('writer' | 'editor')[]> = {
  'POST /newsletters': ['writer', 'editor'],
  'DELETE /digests/{id}': ['writer'],
  'POST /digests/{id}/dispatch': ['writer'],
  'POST /digests/{id}/pause': ['writer'],
  'POST /digests/{id}/resume': ['writer'],
  'POST /digests/{id}/cancel': ['writer'],
  'POST /digests/{id}/retry': ['writer'],
  'POST /digests/{id}/corrections': ['writer'],
  'POST /digests/{id}/withdraw': ['writer'],
  'GET /signups': ['writer'],
  'POST /subscribers/imports': ['writer', 'editor'],
  'GET /subscribers': ['writer'],
  'GET /subscribers/{id}': ['writer'],
  'DELETE /subscribers/{id}': ['writer', 'editor'],
}

test.each(operations.filter(({ method, path }) => !open.has(`${method} ${path}`)))(
  '$method $path wants a key, and the right one',
  async ({ method, path }) => {
    const at = path.replace('{id}', '1')
    const none = await stranger(method, at, method === 'GET' ? undefined : {})
    expect(none.status).toBe(401)
    expect(none.type).toContain('application/problem+json')
    expect(none.headers.get('www-authenticate')).toContain('Bearer')
    for (const role of ['writer', 'editor', 'owner'] as const) {
      const client = await clientOf(here, role)
      const { status } = await client(method, at, method === 'GET' ? undefined : {})
      if (lesser[`${method} ${path}`]?.some(one => one === role)) expect(status, role).toBe(403)
      else expect([401, 403, 500], role).not.toContain(status)
    }
  },
)

test('an expired key, a revoked one and a made-up one open nothing', async () => {
  const { key } = await createKey(here.services, {
    name: 'old',
    role: 'owner',
    expiresAt: new Date(Date.now() + 60_000),
  })
  const ask = (bearer: string) =>
    here.request('/api/v1/newsletters', { headers: { authorization: `Bearer ${bearer}` } })
  expect((await ask(key)).status).toBe(200)
  await here.raw`update api_keys set expires_at = now() - interval '1 second' where name = 'old'`
  expect((await ask(key)).status).toBe(401)
  for (const made of ['bs_x', 'x'.repeat(5000), key.slice(0, -1)]) expect((await ask(made)).status).toBe(401)
})
