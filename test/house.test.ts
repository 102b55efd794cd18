import { expect, test } from 'vitest'
import { openTestApp } from './support/app.ts'

test('the app lives, and says that there is nothing where there is nothing', async () => {
  const { request } = await openTestApp()
  expect((await request('/livez')).status).toBe(200)
  expect((await request('/nothing/here')).status).toBe(404)
  const missing = await request('/api/v1/nothing')
  expect(missing.headers.get('content-type')).toBe('application/problem+json')
})
