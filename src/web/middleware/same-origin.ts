import { createMiddleware } from 'hono/factory'
import { refusalPage } from '../admin/refusal.tsx'
import type { AppEnv } from '../env.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what another site makes a browser send: the cookie would come along. Sec-Fetch-Site decides where the
 * browser gives it (https and this machine), else Origin, which must be PUBLIC_URL's or the address asked.
 *
 * A page with a token keeps its address to itself (`no-referrer`), so that over plain http its form says
 * `Origin: null`. `mayBeOpaque` lets that through for paths whose secret no other site can know.
 */
export const sameOrigin = ({ mayBeOpaque }: { mayBeOpaque?: (path: string) => boolean } = {}) =>
  createMiddleware<AppEnv>(async (c, next) => {
    if (safe.has(c.req.method)) return next()
    const site = c.req.header('sec-fetch-site')
    const origin = c.req.header('origin')
    const ours = [new URL(c.var.services.config.publicUrl).origin, new URL(c.req.url).origin]
    const allowed = site
      ? site === 'same-origin' || site === 'none'
      : origin !== undefined &&
        (ours.includes(origin) || (origin === 'null' && mayBeOpaque?.(c.req.path) === true))
    if (allowed) return next()
    return refusalPage(c, 403, words => words.otherSite)
  })
