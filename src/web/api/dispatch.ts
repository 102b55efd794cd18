import { type Context, Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { dispatchDigest } from '../../actions/dispatch-digest.ts'
import { heldArticleIds } from '../../actions/embargo.ts'
import { cancelDigest, pauseDigest, resumeDigest } from '../../actions/steer-dispatch.ts'
import { isLocalTime } from '../../domain/local-time.ts'
import { exactMoment } from '../../domain/moment.ts'
import type { Finding } from '../../domain/preflight/finding.ts'
import { withheld } from '../../domain/preflight/withheld.ts'
import { inEnglish } from '../../domain/words/findings.ts'
import { balanceOf, type Dispatch } from '../../store/dispatches.ts'
import { readPublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { byKey, requireKeyRole } from '../middleware/api-actor.ts'
import { problem } from '../middleware/failures.ts'
import { endpoint, idParam, jsonBody, queryBy } from './contract.ts'
import { noSuchDigest, visibleDigest } from './digests.ts'

const dispatchInput = z
  .object({
    at: exactMoment.nullish(),
    localTime: z
      .string()
      .refine(isLocalTime, 'must be a day and a time such as 2026-12-01T06:30')
      .nullish()
      .describe('Instead of `at`: each reader gets it when the clock of their own zone shows this.'),
    breaking: z
      .boolean()
      .default(false)
      .describe(
        'Goes ahead of what is being sent. It counts when the digest is dispatched, not in a repeat.',
      ),
  })
  .refine(({ at, localTime }) => !(at && localTime), {
    path: ['localTime'],
    message: 'one of at and localTime',
  })

const finding = z.looseObject({
  code: z.string(),
  detail: z.string().describe('What it means, in English.'),
  where: z.object({ block: z.number(), field: z.string() }).partial().optional(),
})

const dispatchBody = z.object({
  id: z.number().describe('The digest’s id.'),
  state: z.enum(['scheduled', 'sending', 'paused', 'finished', 'cancelled']),
  at: z.string(),
  localTime: z.string().optional().describe('By the clock of each reader’s own zone.'),
})

const show = (dispatch: Dispatch) => ({
  id: dispatch.digestId,
  state: dispatch.state,
  at: dispatch.dueAt.toISOString(),
  ...(dispatch.localTime && { localTime: dispatch.localTime }),
})

const balanceBody = z.object({
  id: z.number(),
  state: z.enum(['draft', 'scheduled', 'sending', 'paused', 'finished', 'cancelled']),
  intended: z.number(),
  sent: z.number(),
  failed: z.number(),
  suppressed: z.number(),
  unknown: z.number(),
  pending: z.number(),
})

const nothingIntended = { intended: 0, sent: 0, failed: 0, suppressed: 0, unknown: 0, pending: 0 }

const notDispatched = () => problem(409, 'The digest is a draft: it was not dispatched')
const notNow = (dispatch: Dispatch) =>
  problem(409, `The digest is ${dispatch.state}`, { state: dispatch.state })

/** A digest on its way: send, steer, count. Mounted beside the digests. */
export const dispatchApi = new Hono<AppEnv>()
  .post(
    '/:id/dispatch',
    requireKeyRole('editor'),
    endpoint(
      'Send the digest, now or at a time',
      {
        status: 202,
        body: dispatchBody.extend({ warnings: z.array(finding) }),
        what: 'It is dispatched; a repeat answers the same.',
      },
      403,
      404,
      409,
    ),
    idParam,
    // A POST without a body means "now".
    async (c, next) => {
      if ((await c.req.text()) === '') return dispatch(c, c.req.valid('param').id, {})
      return next()
    },
    jsonBody(dispatchInput),
    describeRoute({ requestBody: { required: false, content: {} } }),
    c => dispatch(c, c.req.valid('param').id, c.req.valid('json')),
  )
  .post(
    '/:id/pause',
    requireKeyRole('editor'),
    endpoint('Pause', { status: 200, body: dispatchBody, what: 'It is paused.' }, 403, 404, 409),
    idParam,
    async c => {
      const outcome = await pauseDigest(c.var.services, c.req.valid('param').id, byKey(c))
      switch (outcome.kind) {
        case 'paused':
          return c.json(show(outcome.dispatch))
        case 'not-dispatched':
          return notDispatched()
        case 'not-now':
          return notNow(outcome.dispatch)
      }
    },
  )
  .post(
    '/:id/resume',
    requireKeyRole('editor'),
    endpoint('Go on', { status: 200, body: dispatchBody, what: 'It goes on.' }, 403, 404, 409),
    idParam,
    queryBy(z.object({ confirmed: z.enum(['true', 'false']).default('false') })),
    async c => {
      const outcome = await resumeDigest(c.var.services, c.req.valid('param').id, {
        confirmed: c.req.valid('query').confirmed === 'true',
        by: byKey(c),
      })
      switch (outcome.kind) {
        case 'resumed':
          return c.json(show(outcome.dispatch))
        case 'asks':
          return problem(
            409,
            `It has been paused for over a day: ?confirmed=true sends it to the ${outcome.readers} readers who wait`,
            { readers: outcome.readers },
          )
        case 'not-dispatched':
          return notDispatched()
        case 'not-now':
          return notNow(outcome.dispatch)
      }
    },
  )
  .post(
    '/:id/cancel',
    requireKeyRole('editor'),
    endpoint(
      'Cancel',
      {
        status: 200,
        body: z.object({ id: z.number(), state: z.enum(['draft', 'cancelled']) }),
        what: 'A draft again, or ended for good.',
      },
      403,
      404,
      409,
    ),
    idParam,
    async c => {
      const { id } = c.req.valid('param')
      const outcome = await cancelDigest(c.var.services, id, byKey(c))
      switch (outcome.kind) {
        case 'draft-again':
          return c.json({ id, state: 'draft' })
        case 'cancelled':
          return c.json(show(outcome.dispatch))
        case 'not-dispatched':
          return notDispatched()
        case 'not-now':
          return notNow(outcome.dispatch)
      }
    },
  )
  .get(
    '/:id/balance',
    requireKeyRole('writer'),
    endpoint(
      'Count',
      {
        status: 200,
        body: balanceBody,
        what: 'intended = sent + failed + suppressed + unknown + pending, at every moment.',
      },
      404,
    ),
    idParam,
    async c => {
      const { db } = c.var.services
      const { id } = c.req.valid('param')
      const balance = await balanceOf(db, id)
      if (balance) return c.json({ id, ...balance })
      return (await visibleDigest(db, id))
        ? c.json({ id, state: 'draft', ...nothingIntended })
        : noSuchDigest()
    },
  )

async function dispatch(
  c: Context<AppEnv>,
  id: number,
  { at, localTime, breaking }: Partial<z.infer<typeof dispatchInput>>,
): Promise<Response> {
  const { services } = c.var
  const outcome = await dispatchDigest(services, id, {
    at: at ?? undefined,
    localTime: localTime ?? undefined,
    breaking,
    by: byKey(c),
  })
  const { timeZone } = await readPublication(services.db)
  const digest = await visibleDigest(services.db, id)
  const held = digest ? await heldArticleIds(services.db, digest) : new Set<number>()
  const say = (findings: readonly Finding[]) =>
    withheld(findings, held).map(found => inEnglish(found, timeZone))
  switch (outcome.kind) {
    case 'created':
    case 'same':
      return Response.json({ ...show(outcome.dispatch), warnings: say(outcome.warnings) }, { status: 202 })
    case 'another-time':
      return problem(409, 'The digest is dispatched for another time', { dispatch: show(outcome.dispatch) })
    case 'refused':
      return problem(409, 'The digest can’t be sent as it is', {
        errors: say(outcome.errors),
        warnings: say(outcome.warnings),
      })
    case 'not-found':
      return noSuchDigest()
  }
}
