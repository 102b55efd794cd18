import { resolver } from 'hono-openapi'
import { z } from 'zod'

/** A refusal of the API (RFC 9457); `errors` names each faulty field by JSON pointer (RFC 6901). */
const problemBody = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
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

type Refusal = keyof typeof meanings

/** What an endpoint says of itself; the others follow from what it takes. */
export type OwnRefusal = Exclude<Refusal, 401 | 413 | 422>

const nameOf = (status: number | string) => `Refused${status}`

/** Each refusal of the API, described once for all operations. */
export const refusalComponents = Object.fromEntries(
  Object.entries(meanings).map(([status, description]) => [
    nameOf(status),
    { description, content: { 'application/problem+json': { schema: resolver(problemBody) } } },
  ]),
)

/** The responses of an operation that may refuse with these. */
export const refusalsOf = (statuses: readonly Refusal[]) =>
  Object.fromEntries(
    statuses.map(status => [status, { $ref: `#/components/responses/${nameOf(status)}` as const }]),
  )
