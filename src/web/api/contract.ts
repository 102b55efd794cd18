import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { describeRoute, resolver, validator } from 'hono-openapi'
import { z } from 'zod'
import { sayFault } from '../../domain/words/schema-faults.ts'
import { problem } from '../middleware/failures.ts'
import { type OwnRefusal, refusalsOf } from './refusals.ts'

// For all of zod, since the validators ask it without words of their own.
z.config({ localeError: sayFault })

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

/** What is wrong with a body before any schema: the validator would take none for an empty one. */
async function bodyFault(c: Context): Promise<Response | undefined> {
  if ((await c.req.text()) === '') return refused([{ message: 'the body is missing' }])
  try {
    await c.req.json()
  } catch (error) {
    if (error instanceof SyntaxError) return refused([{ message: 'the body is not JSON' }])
    throw error
  }
}

/** The JSON body by a schema; none, and what does not fit, is answered with 422 and every fault, or as `tell` has it. */
export function jsonBody<T extends z.ZodType>(schema: T, tell = refused) {
  const validate = validator('json', schema, result => (result.success ? undefined : tell(result.error)))
  const whole: typeof validate = Object.assign(
    (async (c, next) => (await bodyFault(c)) ?? validate(c, next)) as typeof validate,
    validate,
  )
  return whole
}

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

const wholeNumber = z.coerce
  .number({ error: ({ code }) => (code === 'invalid_type' ? 'must be a whole number' : undefined) })
  .int()

/** What pages a list: `after` is the last id of the page before. */
export const paging = z.object({
  after: wholeNumber.nonnegative().optional(),
  limit: wholeNumber.min(1).max(500).default(100),
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

/** Documents an endpoint: what it does, its success, and its own refusals, beside those that `describeApi` sees. */
export const endpoint = (summary: string, success: Success, ...refusals: OwnRefusal[]) =>
  describeRoute({
    summary,
    responses: {
      [success.status]: {
        description: success.what,
        ...(success.body && { content: { 'application/json': { schema: resolver(success.body) } } }),
      },
      ...refusalsOf(refusals),
    },
  })
