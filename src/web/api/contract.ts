import { createMiddleware } from 'hono/factory'
import { describeRoute, resolver, validator } from 'hono-openapi'
import { z } from 'zod'
import { problem } from '../middleware/failures.ts'

/** A refusal of the API (RFC 9457); `errors` names each faulty field by JSON pointer (RFC 6901). */
const problemBody = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
})

/** A fault of a body or a query, as its schema finds it. */
export type Issue = {
  readonly message: string
  readonly path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined
}

const pointerOf = (path: Issue['path'] = []) =>
  path
    .map(
      part =>
        `/${String(typeof part === 'object' ? part.key : part)
          .replaceAll('~', '~0')
          .replaceAll('/', '~1')}`,
    )
    .join('')

/** 422 with one entry per fault. */
export const refused = (issues: readonly Issue[]) =>
  problem(422, 'The request names something that can’t be accepted', {
    errors: issues.map(issue => ({ pointer: pointerOf(issue.path), detail: issue.message })),
  })

/** 422 for a single field that parsed, but can't be. */
export const refusedField = (field: string, message: string) => refused([{ message, path: [field] }])

/**
 * A body that is not sent as JSON is refused: the validator would take it for an empty one, and a dispatch for
 * tomorrow would be sent now.
 */
export const jsonOnly = createMiddleware(async (c, next) => {
  const json = /^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(c.req.header('content-type') ?? '')
  if (!json && c.req.method !== 'GET' && (await c.req.text()) !== '')
    return refused([{ message: 'the body must be JSON, sent as content-type: application/json' }])
  return next()
})

/** The validator answers a body that is no JSON with 400; behind this it is one more malformed body. */
export const readableJson = createMiddleware(async (c, next) => {
  try {
    await c.req.json()
  } catch (error) {
    if (error instanceof SyntaxError) return refused([{ message: 'the body is not JSON' }])
    throw error
  }
  return next()
})

/** The JSON body by a schema; what does not fit is answered with 422 and every fault, or as `tell` has it. */
export const jsonBody = <T extends z.ZodType>(schema: T, tell = refused) =>
  validator('json', schema, result => (result.success ? undefined : tell(result.error)))

/** The query by a schema. */
export const queryBy = <T extends z.ZodType>(schema: T) =>
  validator('query', schema, result => (result.success ? undefined : refused(result.error)))

/** The `:id` of the path: a positive whole number, else there is nothing there. */
export const idParam = validator(
  'param',
  z.object({
    id: z
      .string()
      .regex(/^[1-9]\d{0,14}$/)
      .transform(Number),
  }),
  result => (result.success ? undefined : problem(404, 'There is nothing at this address')),
)

/** What pages a list: `after` is the last id of the page before. */
export const paging = z.object({
  after: z.coerce.number().int().nonnegative().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

/** A list as the API answers it: `next` is the address of the next page, or null. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() })

/** The page of a list that was read with one item more than the limit. */
export function page<T extends { id: number }>(url: string, rows: T[], limit: number) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  if (rows.length <= limit || !last) return { items, next: null }
  const next = new URL(url)
  next.searchParams.set('after', String(last.id))
  return { items, next: `${next.pathname}${next.search}` }
}

type Success = { status: 200 | 201 | 202 | 204; body?: z.ZodType; what: string }

/** Documents an endpoint: what it does, its success, and the refusals that it may answer. */
export const endpoint = (summary: string, success: Success, ...refusals: (keyof typeof meanings)[]) =>
  describeRoute({
    summary,
    responses: {
      [success.status]: {
        description: success.what,
        ...(success.body && { content: { 'application/json': { schema: resolver(success.body) } } }),
      },
      ...Object.fromEntries(
        refusals.map(status => [
          status,
          {
            description: meanings[status],
            content: { 'application/problem+json': { schema: resolver(problemBody) } },
          },
        ]),
      ),
    },
  })

const meanings = {
  401: 'There is no key, or it is not valid any more.',
  403: 'The key’s role may not do this.',
  404: 'There is nothing at this address.',
  409: 'The state of the thing forbids it; the body says why.',
  413: 'The body is too large.',
  422: 'The body or the query has faults; `errors` names each.',
  429: 'Too much from this network; Retry-After says when to come back.',
  503: 'Too busy just now; Retry-After says when to come back.',
} as const
