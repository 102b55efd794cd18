import { Hono } from 'hono'
import { z } from 'zod'
import { retryDeliveries } from '../../actions/retry-deliveries.ts'
import { listedAddress, listedWords, type Sight, sees } from '../../domain/sight.ts'
import { findDispatchOf } from '../../store/dispatches.ts'
import { listMissed, type Missed } from '../../store/failures.ts'
import type { AppEnv } from '../env.ts'
import { soughtBy } from '../list-query.ts'
import { requireKeyRole } from '../middleware/api-actor.ts'
import { problem } from '../middleware/failures.ts'
import { endpoint, idParam, jsonBody, listOf, page, paging, queryBy } from './contract.ts'
import { visibleDigest } from './digests.ts'

const failureBody = z.object({
  id: z.number().describe('The reader’s id.'),
  email: z
    .string()
    .nullable()
    .describe('Masked for a key of an editor; null for a writer’s, and for a reader who was erased.'),
  state: z.enum(['failed', 'unknown', 'pending']),
  reply: z.string().nullable().describe('The server’s words; but for an owner without addresses.'),
  tries: z.number(),
  at: z.string().nullable(),
  suppressed: z.boolean(),
})

const words = z
  .string()
  .max(254)
  .refine(text => !text.includes('\0'), 'may not hold NUL')
const failuresQuery = paging.extend({
  state: z.enum(['failed', 'unknown', 'pending']).optional(),
  search: words.optional(),
  domain: words.optional(),
})

const retryBody = z.object({
  states: z.array(z.enum(['failed', 'unknown'])).min(1),
  domain: words.optional(),
})

/** Readers whom a digest did not reach. Mounted beside the digests. */
export const failuresApi = new Hono<AppEnv>()
  .get(
    '/:id/failures',
    requireKeyRole('writer'),
    endpoint(
      'See who did not get it, and why',
      {
        status: 200,
        body: listOf(failureBody),
        what: 'Failed and unknown deliveries, or, with `state=pending`, those that wait after a try.',
      },
      404,
    ),
    idParam,
    queryBy(failuresQuery),
    async c => {
      const { db } = c.var.services
      const { state, search, domain, after, limit } = c.req.valid('query')
      const digest = await visibleDigest(db, c.req.valid('param').id)
      if (!digest) return problem(404, 'There is no such digest')
      const dispatch = await findDispatchOf(db, digest.id)
      if (!dispatch) return c.json({ items: [], next: null })
      const sight = sees(c.var.actor)
      const chosen = {
        states: state ? [state] : (['failed', 'unknown'] as const),
        domain: domain?.toLowerCase(),
        ...(search && soughtBy(search, sight)),
      }
      const rows = await listMissed(db, dispatch.id, chosen, { after, limit: limit + 1 })
      return c.json(
        page(
          c.req.url,
          rows.map(row => show(row, sight)),
          limit,
        ),
      )
    },
  )
  .post(
    '/:id/retry',
    requireKeyRole('editor'),
    endpoint(
      'Try readers again whom it did not reach',
      {
        status: 202,
        body: z.object({ id: z.number(), state: z.string(), readers: z.number() }),
        what: '`readers` wait to be sent to. Suppressed ones are left out; a repeat finds nobody.',
      },
      403,
      404,
      409,
    ),
    idParam,
    jsonBody(retryBody),
    async c => {
      const { id } = c.req.valid('param')
      const { states, domain } = c.req.valid('json')
      if (!(await visibleDigest(c.var.services.db, id))) return problem(404, 'There is no such digest')
      const outcome = await retryDeliveries(c.var.services, id, {
        chosen: { states, domain: domain?.toLowerCase() },
        how: 'send',
      })
      switch (outcome.kind) {
        case 'done':
          return c.json({ id, state: outcome.dispatch.state, readers: outcome.readers }, 202)
        case 'not-dispatched':
          return problem(409, 'The digest is a draft: it was not dispatched')
        case 'not-now':
          return problem(409, `The digest is ${outcome.dispatch.state}`, { state: outcome.dispatch.state })
      }
    },
  )

const show = ({ id, address, state, reply, attempts, at, suppressed }: Missed, sight: Sight) => ({
  id,
  email: address === null ? null : listedAddress(sight, address),
  state,
  reply: reply === null ? null : listedWords(sight, reply),
  tries: attempts,
  at: at?.toISOString() ?? null,
  suppressed,
})
