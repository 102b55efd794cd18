import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { AppEnv } from '../env.ts'
import { brokenPage, missingPage, refusedPage } from '../views/failure-page.tsx'

const isApi = (c: Context<AppEnv>) => c.req.path.startsWith('/api/')

/** An error of the API (RFC 9457). */
export const problem = (status: number, title: string, more: Record<string, unknown> = {}) =>
  Response.json(
    { type: 'about:blank', title, status, ...more },
    { status, headers: { 'content-type': 'application/problem+json' } },
  )

/** The one place where what nobody expected is met: logged with its cause, answered in a sentence or a page. */
export const failures = {
  onError(error: Error, c: Context<AppEnv>): Response {
    if (error instanceof HTTPException) {
      if (error.res) return error.res
      return isApi(c)
        ? problem(error.status, error.message || 'The request can’t be served')
        : refusedPage(c, error.status, error.message)
    }
    c.var.services?.log.error(
      { err: error, method: c.req.method, route: c.req.routePath },
      'a request failed',
    )
    return isApi(c) ? problem(500, 'Something failed here. Nothing was changed; try again.') : brokenPage(c)
  },
  notFound(c: Context<AppEnv>): Response | Promise<Response> {
    return isApi(c) ? problem(404, 'There is nothing at this address') : missingPage(c)
  },
}
