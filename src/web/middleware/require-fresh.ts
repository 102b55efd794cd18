import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../env.ts'

/** The page on which an editor proves anew who they are, and from which they come back to `next`. */
export const proofPath = (next?: string): string =>
  next === undefined ? '/admin/proof' : `/admin/proof?next=${encodeURIComponent(next)}`

/**
 * Behind `signedIn`: whoever has not proved within 10 minutes who they are does so first, and comes back to the page,
 * or to `back`. For what loses nothing by it: a form in which something was typed asks `c.var.fresh` itself, and
 * comes back filled in.
 */
export const requireFresh = (back?: string | ((c: Context<AppEnv>) => string)) =>
  createMiddleware<AppEnv>(async (c, next) => {
    if (c.var.fresh) return next()
    const { pathname, search } = new URL(c.req.url)
    return c.redirect(proofPath((typeof back === 'function' ? back(c) : back) ?? pathname + search), 303)
  })
