import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Acting } from '../../domain/access-event.ts'
import type { By } from '../../domain/by.ts'
import { mayAct, type Role } from '../../domain/roles.ts'
import { useApiKey } from '../../store/api-keys.ts'
import type { AppEnv } from '../env.ts'
import { problem } from './failures.ts'

/**
 * Lets in whoever brings `Authorization: Bearer bs_…` with a role that includes `role`, and says in `c.var.actor` who
 * acts. Else 401, or 403 for a lesser role (RFC 6750 3), as a problem document.
 */
export const requireKeyRole = (role: Role) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const given = /^Bearer +(\S+)\s*$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (given === undefined)
      return challenge(401, 'This needs a key: Authorization: Bearer bs_…', 'Bearer realm="Broadsheet"')
    const key = given.length <= 200 ? await useApiKey(c.var.services.db, given) : undefined
    if (!key)
      return challenge(
        401,
        'This key is not known, was revoked, or has expired',
        'Bearer realm="Broadsheet", error="invalid_token"',
      )
    if (!mayAct(key.role, role))
      return challenge(
        403,
        `This needs a key with the role ${role}; this one is a ${key.role}’s`,
        'Bearer realm="Broadsheet", error="insufficient_scope"',
      )
    c.set('actor', { kind: 'key', id: key.id, name: key.name, role: key.role })
    await next()
  })

/** The key that acts, as a history tells it. */
export const byKey = (c: Context<AppEnv>): By => ({
  kind: 'key',
  name: c.var.actor.kind === 'key' ? c.var.actor.name : '',
})

/** The same, and from where. */
export const actingByKey = (c: Context<AppEnv>): Acting => ({ by: byKey(c), network: c.var.network })

function challenge(status: 401 | 403, title: string, header: string): Response {
  const answer = problem(status, title)
  answer.headers.set('www-authenticate', header)
  return answer
}
