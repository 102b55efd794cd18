import { expect, test } from 'vitest'
import { createKey } from '../src/actions/create-key.ts'
import { openTestApp } from './support/app.ts'

test('the app lives, is ready, and says that there is nothing where there is nothing', async () => {
  const { request } = await openTestApp()
  expect((await request('/livez')).status).toBe(200)
  expect((await request('/readyz')).status).toBe(200)
  expect((await request('/nothing/here')).status).toBe(404)
  const missing = await request('/api/v1/nothing')
  expect(missing.status).toBe(404)
  expect(missing.headers.get('content-type')).toBe('application/problem+json')
})

test('it is not ready while a migration is pending, or the database is away', async () => {
  const { request, raw, close } = await openTestApp()
  await raw`delete from drizzle.__drizzle_migrations`
  expect((await request('/readyz')).status).toBe(503)
  await close()
  expect((await request('/readyz')).status).toBe(503)
  expect((await request('/livez')).status).toBe(200)
})

test('metrics are for this machine and for keys, not for the world', async () => {
  const { request, services } = await openTestApp()
  const here = await request('/metrics')
  expect(await here.text()).toContain('broadsheet_notices_waiting 0')
  expect((await request('/metrics', { peer: '203.0.113.9' })).status).toBe(403)
  expect((await request('/metrics', { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(403)
  const { key } = await createKey(services, { name: 'watch', role: 'writer' })
  expect(
    (await request('/metrics', { peer: '203.0.113.9', headers: { authorization: `Bearer ${key}` } })).status,
  ).toBe(200)
})
