import { expect, test } from 'vitest'
import { createKey } from '../../src/actions/create-key.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'

const here = await openTestApp()
const owner = await clientOf(here, 'owner')
const { key } = await createKey(here.services, { name: 'descriptions', role: 'owner' })
const document = (await owner('GET', '/openapi.json')).body

type Response = { $ref?: string; content?: Record<string, unknown> }
type Operation = {
  parameters?: { in: string; name: string }[]
  requestBody?: { required: boolean }
  responses: Record<string, Response>
}

const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
)

const resolved = (response: Response | undefined): Response | undefined =>
  response?.$ref ? document.components.responses[response.$ref.split('/').at(-1)!] : response

type Faulty = { fault: string; path: string; body?: string; headers?: Record<string, string> }

/** Requests that no operation can take as they are, each with what makes it so. */
function* faultyRequests({ method, path, operation }: (typeof operations)[number]): Generator<Faulty> {
  const at = path.replace('{id}', '1')
  if (path.includes('{id}')) yield { fault: 'an id that is none', path: path.replace('{id}', 'x') }
  for (const { name, in: place } of operation.parameters ?? [])
    if (place === 'query') yield { fault: `a wrong ${name}`, path: `${at}?${name}=${'%00'.repeat(2000)}` }
  if (method === 'GET') return
  const body = 'no JSON'
  yield { fault: 'a body of another kind', path: at, body, headers: { 'content-type': 'text/plain' } }
  yield { fault: 'a body too large', path: at, body, headers: { 'content-length': '20971520' } }
  if (!operation.requestBody) return
  yield { fault: 'a body that is no JSON', path: at, body, headers: { 'content-type': 'application/json' } }
  if (operation.requestBody.required)
    for (const headers of [undefined, { 'content-type': 'application/json' }])
      yield { fault: 'no body', path: at, ...(headers && { headers }) }
}

const refusals = new Set(['400', '404', '413', '422'])

test.each(operations)('$method $path refuses bad input as its description says', async operation => {
  const answered = new Set<string>()
  for (const { fault, path, headers, body } of faultyRequests(operation)) {
    const answer = await here.request(`/api/v1${path}`, {
      method: operation.method,
      ...(body && { body }),
      headers: { authorization: `Bearer ${key}`, ...headers },
    })
    const status = String(answer.status)
    const said = resolved(operation.operation.responses[status])
    expect([fault, Object.keys(said?.content ?? {})]).toEqual([fault, [answer.headers.get('content-type')]])
    expect([fault, status]).toEqual([fault, expect.stringMatching(/^4(04|13|22)$/)])
    answered.add(status)
  }
  const described = Object.keys(operation.operation.responses).filter(status => refusals.has(status))
  const only404OfItsOwn = operation.path === '/mailbox/messages' ? ['404'] : []
  expect([...answered, ...only404OfItsOwn].sort()).toEqual(described.sort())
})

test('every operation that wants a key says so, and the sign-up that wants none', () => {
  const keyless = operations.filter(({ operation }) => !operation.responses[401])
  expect(keyless.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
    'GET /mailbox/messages',
    'GET /mailbox/messages/{id}',
    'POST /subscriptions',
  ])
})

test('a digest is made of {}, not of nothing; a dispatch of nothing is one for now', async () => {
  const required = (path: string) => document.paths[path].post.requestBody.required
  expect([required('/digests'), required('/digests/{id}/dispatch')]).toEqual([true, false])
  expect((await owner('POST', '/digests')).status).toBe(422)
  const { status, body } = await owner('POST', '/digests', {})
  expect(status).toBe(201)
  expect((await owner('POST', `/digests/${body.id}/dispatch`)).body.title).toContain('can’t be sent as it is')
})
