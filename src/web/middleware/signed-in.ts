import { createMiddleware } from 'hono/factory'
import { findSession } from '../../store/sessions.ts'
import { refusalPage } from '../admin/refusal.tsx'
import type { AppEnv } from '../env.ts'
import { sessionCookie } from './session-cookie.ts'

/**
 * Lets editors in, and says in `c.var.actor` who acts. Others are led to the sign-in, and from there back; a form of
 * theirs is refused with a page, since a redirect would lose it. Nothing behind it is kept by a cache.
 */
export const signedIn = () =>
  createMiddleware<AppEnv>(async (c, next) => {
    const secret = sessionCookie.read(c)
    const session = secret === undefined ? undefined : await findSession(c.var.services.db, secret)
    if (!session) {
      if (secret !== undefined) sessionCookie.clear(c)
      // What a page of ours asks for by itself can't be led elsewhere: the page is read anew, and led.
      if (c.req.header('hx-request')) return c.body(null, 401, { 'hx-refresh': 'true' })
      if (c.req.method !== 'GET' && c.req.method !== 'HEAD')
        return refusalPage(c, 401, words => words.signedOut)
      const { pathname, search } = new URL(c.req.url)
      return c.redirect(`/admin/sign-in?next=${encodeURIComponent(pathname + search)}`, 303)
    }
    const { id, address, name, role, language } = session.editor
    c.set('actor', { kind: 'editor', id, address, name, role, language: language ?? c.var.wish ?? 'en' })
    c.set('fresh', session.fresh)
    if (session.renewed) sessionCookie.write(c, secret!)
    await next()
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'private, no-store')
  })
