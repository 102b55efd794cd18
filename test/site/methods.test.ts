import { expect, test } from 'vitest'
import { leastRoles } from '../admin/route-roles.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'
import { foundTheLedger } from './publication.ts'

const here = await openTestApp()
await foundTheLedger(here.services)
const { request } = here

const ask = async (method: string, path: string, headers: Record<string, string> = {}) => {
  const answer = await request(path, { method, headers })
  return { answer, said: [answer.status, answer.headers.get('allow')] }
}

test.each([
  ['PUT', '/unsubscribe/anything', 'GET, HEAD, POST'],
  ['DELETE', '/', 'GET, HEAD'],
  ['OPTIONS', '/subscribe', 'GET, HEAD, POST'],
  ['PATCH', '/livez', 'GET, HEAD'],
  ['HEAD', '/confirm/anything/again', 'POST'],
  ['DELETE', '/api/v1/subscribers', 'GET, HEAD'],
  ['GET', '/api/v1/pictures', 'POST'],
  ['PUT', '/api/v1/digests/1', 'GET, HEAD, PATCH, DELETE'],
])('%s %s is answered with what may be asked', async (method, path, allow) => {
  const { said } = await ask(method, path)
  expect([said[0], said[1]?.toString().split(', ').sort()]).toEqual([405, allow.split(', ').sort()])
})

test('a wrong method gets a problem in the API, a page as a person, and a line as a program', async () => {
  const problem = (await ask('DELETE', '/api/v1/subscribers')).answer
  expect(problem.headers.get('content-type')).toBe('application/problem+json')
  expect(await problem.json()).toMatchObject({ status: 405, title: 'This address takes GET, HEAD' })
  const page = (await ask('PUT', '/subscribe', { accept: 'text/html', 'accept-language': 'de' })).answer
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(await page.text()).toContain('lässt sich so nicht ansprechen')
  expect(await (await ask('PUT', '/subscribe')).answer.text()).toBe(
    'What is at this address can’t be asked in this way.\n',
  )
})

test('no route is said to be missing for another method', async () => {
  const { cookie } = await signInAs(here, 'owner')
  for (const route of Object.keys(leastRoles)) {
    const [method, path] = route.replace(/:\w+(\{[^}]*\}+)?/g, '1').split(' ') as [string, string]
    const { said } = await ask('PROPFIND', path, { cookie, 'sec-fetch-site': 'same-origin' })
    expect([route, ...said]).toEqual([route, 405, expect.stringMatching(`\\b${method}\\b`)])
  }
})

test('where nothing is, or the thing itself is missing, it stays 404; HEAD goes wherever GET does', async () => {
  const owner = await clientOf(here, 'owner')
  expect((await owner('GET', '/digests/999999')).status).toBe(404)
  const { cookie } = await signInAs(here, 'owner')
  for (const path of [
    '/nothing',
    '/api/v1/nothing',
    '/archive/nothing',
    '/admin/stories/999999',
    '/assets/none',
  ])
    for (const method of ['GET', 'HEAD'])
      expect([path, ...(await ask(method, path, { cookie })).said]).toEqual([path, 404, null])
  for (const path of ['/', '/livez', '/subscribe', '/archive', '/api/v1/openapi.json'])
    expect([path, ...(await ask('HEAD', path)).said]).toEqual([path, 200, null])
})
