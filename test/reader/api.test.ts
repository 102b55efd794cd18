import { expect, test } from 'vitest'
import { letPass, openLedger, signUpStates, suppressByTest } from './readers.ts'

const room = await openLedger()
const { request, raw } = room

const send = (body: unknown, headers: Record<string, string> = {}, peer?: string) =>
  request('/api/v1/subscriptions', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', origin: 'https://other.example', ...headers },
    ...(peer && { peer }),
  })

test('a sign-up from any site: 202, one row with its origin, and the same for a suppressed address', async () => {
  await suppressByTest(room, 'never@example.com', 'objected')
  const answers: string[] = []
  for (const email of ['ana@example.com', 'never@example.com']) {
    const answer = await send({ email, newsletters: ['morning-brief', 'leadership'], name: 'Ana' })
    expect(answer.status).toBe(202)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('set-cookie')).toBeNull()
    answers.push(await answer.text())
    const [row] = await raw`select * from sign_ups where address_key = ${email}`
    expect(row).toMatchObject({ form: 'api', origin: 'https://other.example', name: 'Ana', state: 'waiting' })
    expect(row!.newsletter_ids.length).toBe(2)
  }
  expect(answers).toEqual(['{"status":"accepted"}', '{"status":"accepted"}'])
})

test('a browser may ask first', async () => {
  const answer = await request('/api/v1/subscriptions', {
    method: 'OPTIONS',
    headers: {
      origin: 'https://other.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  })
  expect(answer.status).toBe(204)
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('access-control-allow-methods')).toContain('POST')
  expect(answer.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('content-type')
})

const good = { email: 'good@example.com', newsletters: ['leadership'] }

test.each([
  ['no JSON', '{"email":', ['']],
  ['nothing', '', ['']],
  ['a list', '[]', ['']],
  ['no fields', {}, ['/email', '/newsletters']],
  ['an address that is none', { ...good, email: 'ana' }, ['/email']],
  ['an address of 10,000 characters', { ...good, email: `${'a'.repeat(10_000)}@example.com` }, ['/email']],
  ['no newsletter', { ...good, newsletters: [] }, ['/newsletters']],
  ['an unknown newsletter', { ...good, newsletters: ['nothing'] }, ['/newsletters']],
  ['a newsletter that is no text', { ...good, newsletters: [1] }, ['/newsletters/0']],
  ['one newsletter, not a list', { ...good, newsletters: 'leadership' }, ['/newsletters']],
  ['CRLF in the name', { ...good, name: 'A\r\nBcc: x' }, ['/name']],
  ['everything', { email: '@', newsletters: ['x'], name: '\0' }, ['/email', '/newsletters', '/name']],
])('%s: a problem document that names the field', async (_what, body, pointers) => {
  const answer = await send(body)
  expect(answer.status).toBe(422)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  const problem = (await answer.json()) as { status: number; errors: { pointer: string; detail: string }[] }
  expect(problem.status).toBe(422)
  expect(problem.errors.map(error => error.pointer)).toEqual(pointers)
  expect(problem.errors.every(error => error.detail)).toBe(true)
  expect(await signUpStates(room, 'good@example.com')).toEqual([])
})

test('a body of 20 MB is refused early', async () => {
  const answer = await send('x'.repeat(100_000))
  expect(answer.status).toBe(413)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect((await send(good, { 'content-length': '20971520' })).status).toBe(413)
})

test('one network is limited, and told when to come back', async () => {
  await raw`insert into sign_ups (address, address_key, limit_key, newsletter_ids, form, wording, wording_version,
      language, network, transport, created_at)
    select 'x', 'x', 'x', array[1], 'api', '', '', 'en', '198.51.100.0/24', 'mailbox', now() - interval '20 minutes'
    from generate_series(1, 100)`
  const answer = await send(good, {}, '198.51.100.200')
  expect(answer.status).toBe(429)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  const wait = Number(answer.headers.get('retry-after'))
  expect(wait).toBeGreaterThan(2300)
  expect(wait).toBeLessThanOrEqual(2400)
  expect(answer.headers.get('access-control-expose-headers')).toContain('retry-after')
  await letPass(room, '41 minutes')
  expect((await send(good, {}, '198.51.100.200')).status).toBe(202)
})
