import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { createKey } from '../../src/actions/create-key.ts'
import { type Role, roles } from '../../src/domain/roles.ts'
import { listApiKeys } from '../../src/store/api-keys.ts'
import type { AppEnv } from '../../src/web/env.ts'
import { requireKeyRole } from '../../src/web/middleware/api-actor.ts'
import { services as givenServices } from '../../src/web/middleware/services.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { services } = here

/** One address per role, behind the real middleware. */
const api = new Hono<AppEnv>().use(givenServices(() => services))
for (const role of roles) api.get(`/${role}`, requireKeyRole(role), c => c.json(c.var.actor))

const ask = (role: Role, authorization?: string) =>
  api.request(`/${role}`, { headers: authorization === undefined ? {} : { authorization } })

test('a key opens what its role may, and says so where it may not', async () => {
  for (const held of roles) {
    const { key, id } = await createKey(services, { name: `a ${held}’s`, role: held })
    expect(key).toMatch(/^bs_[\w-]{43}$/)
    for (const needed of roles) {
      const answer = await ask(needed, `Bearer ${key}`)
      if (roles.indexOf(held) <= roles.indexOf(needed))
        expect(await answer.json()).toEqual({ kind: 'key', id, name: `a ${held}’s`, role: held })
      else {
        expect(answer.status).toBe(403)
        expect(answer.headers.get('www-authenticate')).toContain('insufficient_scope')
      }
    }
  }
})

test('what is no key is refused with a problem document and a challenge', async () => {
  const { key } = await createKey(services, { name: 'good', role: 'owner' })
  const bad = [undefined, '', 'Bearer', 'Basic YTpi', `Bearer ${key}x`, `Bearer ${key.slice(0, -1)}`, key]
  for (const authorization of [...bad, `Bearer ${'x'.repeat(5000)}`, "Bearer ' or 1=1"]) {
    const answer = await ask('writer', authorization)
    expect([authorization, answer.status]).toEqual([authorization, 401])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="Broadsheet"/)
    expect(await answer.json()).toMatchObject({ status: 401 })
  }
  expect((await ask('writer', `bearer  ${key} `)).status).toBe(200)
})

test('a key ends at its time, and at once when it is revoked', async () => {
  const soon = await createKey(services, {
    name: 'soon',
    role: 'owner',
    expiresAt: new Date(Date.now() + 60_000),
  })
  expect((await ask('writer', `Bearer ${soon.key}`)).status).toBe(200)
  await services.db.execute(
    sql`update api_keys set expires_at = now() - interval '1 second' where id = ${soon.id}`,
  )
  expect((await ask('writer', `Bearer ${soon.key}`)).status).toBe(401)

  const { key, id } = await createKey(services, { name: 'gone', role: 'owner' })
  const owner = await signInAs(here, 'owner')
  expect(await (await owner.get(`/admin/settings/keys/${id}/revoke`)).text()).toContain(
    'Revoke the key of gone?',
  )
  expect((await ask('writer', `Bearer ${key}`)).status).toBe(200)
  await owner.post(`/admin/settings/keys/${id}/revoke`)
  expect((await ask('writer', `Bearer ${key}`)).status).toBe(401)
})

test('the last use is noted, once a minute at most', async () => {
  const { key, id } = await createKey(services, { name: 'busy', role: 'writer' })
  const lastUse = async () => (await listApiKeys(services.db)).find(one => one.id === id)!.lastUsedAt
  expect(await lastUse()).toBeNull()
  await ask('writer', `Bearer ${key}`)
  const first = await lastUse()
  expect(first).toBeInstanceOf(Date)
  await ask('writer', `Bearer ${key}`)
  expect(await lastUse()).toEqual(first)
  await services.db.execute(
    sql`update api_keys set last_used_at = now() - interval '61 seconds' where id = ${id}`,
  )
  await ask('writer', `Bearer ${key}`)
  expect((await lastUse())!.getTime()).toBeGreaterThanOrEqual(first!.getTime())
})

test('the page shows a key once, and keeps no more than its beginning', async () => {
  const owner = await signInAs(here, 'owner')
  const made = await owner.post('/admin/settings/keys', { name: 'Report <i>', role: 'editor', lasts: '30' })
  expect(made.status).toBe(201)
  expect(made.headers.get('cache-control')).toContain('no-store')
  const key = /bs_[\w-]{43}/.exec(await made.text())![0]
  expect(await (await ask('editor', `Bearer ${key}`)).json()).toMatchObject({
    name: 'Report <i>',
    role: 'editor',
  })
  const list = await (await owner.get('/admin/settings/keys')).text()
  expect(list).toContain('Report &lt;i&gt;')
  expect(list).toContain(`${key.slice(0, 9)}…`)
  expect(list).not.toContain(key)
  const [row] = await services.db.execute<{ days: number }>(
    sql`select extract(day from expires_at - now())::int as days from api_keys where prefix = ${key.slice(0, 9)}`,
  )
  expect(row!.days).toBe(29)

  const faulty = await owner.post('/admin/settings/keys', { name: '', role: 'king', lasts: 'ages' })
  expect(faulty.status).toBe(422)
  expect((await faulty.text()).match(/class="error"/g)).toHaveLength(3)
})
