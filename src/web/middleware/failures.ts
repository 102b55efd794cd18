import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { TemplateError } from '../../domain/template.ts'
import { siteWords } from '../../domain/words/site.ts'
import { awayCode } from '../../store/away.ts'
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
    // An editor's template, and no fault of ours: whoever looks at the digest learns what is wrong with it.
    if (error instanceof TemplateError)
      return isApi(c) ? problem(409, error.message) : refusedPage(c, 409, error.message)
    const { method, routePath: route } = c.req
    const code = awayCode(error)
    if (code) c.var.services?.log.warn({ code, method, route }, 'a request met no database')
    else c.var.services?.log.error({ err: error, method, route }, 'a request failed')
    const status = code ? 503 : 500
    const answer = isApi(c)
      ? problem(status, 'Something failed here. Nothing was changed; try again.')
      : brokenPage(c, status)
    if (code) answer.headers.set('retry-after', '2')
    return answer
  },
  /** 405 where `methods` are taken here and the request's is none of them (RFC 9110 15.5.6), else 404. */
  notFound(c: Context<AppEnv>, methods: readonly string[]): Response | Promise<Response> {
    if (methods.length && !methods.includes(c.req.method)) return wrongMethod(c, methods.join(', '))
    return isApi(c) ? problem(404, 'There is nothing at this address') : missingPage(c)
  },
}

function wrongMethod(c: Context<AppEnv>, allow: string): Response {
  const answer = isApi(c)
    ? problem(405, `This address takes ${allow}`)
    : refusedPage(c, 405, siteWords[c.var.wish ?? 'en'].failed.method)
  answer.headers.set('allow', allow)
  return answer
}
