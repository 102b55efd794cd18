import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../env.ts'

const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' https: data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** The policy of a document that shows a mail: it has its own URL, runs nothing, and sends nothing. */
export const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src https: 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'"

/** The same for a mail that was caught: its pictures are at PUBLIC_URL, and the mailbox may stand at another port. */
export const caughtMailPolicy = (publicUrl: string): string =>
  mailPolicy.replace('img-src ', `img-src ${publicUrl} `)

/** Sets the headers of every answer; a route that set its own Content-Security-Policy keeps it. */
export const securityHeaders = () =>
  createMiddleware<AppEnv>(async (c, next) => {
    await next()
    const headers = c.res.headers
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', pagePolicy)
    if (!headers.has('referrer-policy')) headers.set('referrer-policy', 'same-origin')
    headers.set('x-content-type-options', 'nosniff')
    if (c.var.services.config.publicUrl.startsWith('https:'))
      headers.set('strict-transport-security', 'max-age=31536000')
  })

/** For pages whose address holds a token: kept by nobody, told to nobody, found by nobody. */
export const tokenPage = () =>
  createMiddleware<AppEnv>(async (c, next) => {
    await next()
    c.res.headers.set('referrer-policy', 'no-referrer')
    c.res.headers.set('cache-control', 'no-store')
    c.res.headers.set('x-robots-tag', 'noindex')
  })
