import { Hono } from 'hono'
import { z } from 'zod'
import { correctStory } from '../../actions/correct-story.ts'
import { readResults } from '../../actions/read-results.ts'
import { withdrawEdition } from '../../actions/withdraw-edition.ts'
import { correctionInput } from '../../domain/correction.ts'
import { withdrawalInput } from '../../domain/withdrawal.ts'
import { findDispatchOf } from '../../store/dispatches.ts'
import type { AppEnv } from '../env.ts'
import { byKey, requireKeyRole } from '../middleware/api-actor.ts'
import { problem } from '../middleware/failures.ts'
import { endpoint, idParam, jsonBody, refusedField } from './contract.ts'
import { noSuchDigest, visibleDigest } from './digests.ts'

const resultsBody = z.object({
  id: z.number(),
  state: z.enum(['sending', 'paused', 'finished', 'cancelled']),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  intended: z.number(),
  delivered: z.number(),
  failed: z.number(),
  suppressed: z.number(),
  unknown: z.number(),
  pending: z.number(),
  left: z.number().describe('Readers who left by a link of this digest, and did not take it back.'),
  seconds: z.number().describe('From the start to the end, or until now.'),
  perSecond: z.number(),
  withdrawn: z.object({ at: z.string(), reason: z.string() }).nullable(),
  links: z
    .array(
      z.object({
        articleId: z.number(),
        title: z.string(),
        url: z.string(),
        clicks: z.number().nullable().describe('Scanners of mail included; null where it is not counted.'),
      }),
    )
    .describe('Each story in the words, and with the address, that it has in this digest by now.'),
  corrections: z.array(
    z.object({ id: z.number(), articleId: z.number(), note: z.string(), at: z.string(), by: z.string() }),
  ),
})

const change = correctionInput.partial({ title: true, standfirst: true, url: true }).extend({
  articleId: z.number().int().positive(),
})

const notSent = () => problem(409, 'The digest has not begun to go out')

/** What came of a digest, and what is done about it afterwards. Mounted beside the digests. */
export const resultsApi = new Hono<AppEnv>()
  .get(
    '/:id/results',
    requireKeyRole('writer'),
    endpoint(
      'Read what came of it',
      { status: 200, body: resultsBody, what: 'The counts, and its stories with the clicks on their links.' },
      404,
      409,
    ),
    idParam,
    async c => {
      const { db } = c.var.services
      const digest = await visibleDigest(db, c.req.valid('param').id)
      if (!digest) return noSuchDigest()
      const dispatch = await findDispatchOf(db, digest.id)
      if (!dispatch?.startedAt) return notSent()
      const { startedAt, finishedAt, intended, sent, failed, suppressed, unknown, pending } = dispatch
      const results = await readResults(db, digest, { ...dispatch, startedAt })
      return c.json({
        id: digest.id,
        state: dispatch.state,
        startedAt: startedAt.toISOString(),
        finishedAt: finishedAt?.toISOString() ?? null,
        ...{ intended, delivered: sent, failed, suppressed, unknown, pending },
        left: results.left,
        seconds: results.seconds,
        perSecond: results.pace,
        withdrawn: digest.withdrawnAt && {
          at: digest.withdrawnAt.toISOString(),
          reason: digest.withdrawnFor ?? '',
        },
        links: results.stories.map(({ articleId, title, url, clicks = null }) => ({
          articleId,
          title,
          url,
          clicks,
        })),
        corrections: results.corrections.map(({ id, articleId, note, at, by }) => ({
          id,
          articleId,
          note,
          at: at.toISOString(),
          by: 'name' in by ? by.name : '',
        })),
      })
    },
  )
  .post(
    '/:id/corrections',
    requireKeyRole('editor'),
    endpoint(
      'Correct a story after it went out',
      {
        status: 201,
        body: z.object({ id: z.number().describe('The correction’s id.') }),
        what: 'It stands in archive and feed, with its note; a link that leads over this service follows.',
      },
      403,
      404,
      409,
    ),
    idParam,
    jsonBody(change),
    async c => {
      const { services } = c.var
      const digestId = c.req.valid('param').id
      const { articleId, ...said } = c.req.valid('json')
      if (!(await visibleDigest(services.db, digestId))) return noSuchDigest()
      if (!(await findDispatchOf(services.db, digestId))?.startedAt) return notSent()
      const outcome = await correctStory(services, { digestId, articleId, change: said, by: byKey(c) })
      if (outcome.kind === 'corrected') return c.json({ id: outcome.correctionId }, 201)
      return refusedField('articleId', 'is no story of this digest')
    },
  )
  .post(
    '/:id/withdraw',
    requireKeyRole('editor'),
    endpoint(
      'Withdraw an edition',
      {
        status: 200,
        body: z.object({ id: z.number(), withdrawnAt: z.string(), reason: z.string() }),
        what: 'Gone from archive and feeds, with the reason there; what was unsent is cancelled. A repeat changes nothing.',
      },
      403,
      404,
      409,
    ),
    idParam,
    jsonBody(withdrawalInput),
    async c => {
      const { services } = c.var
      const { id } = c.req.valid('param')
      if (!(await visibleDigest(services.db, id))) return noSuchDigest()
      const { reason } = c.req.valid('json')
      const outcome = await withdrawEdition(services, { digestId: id, reason, by: byKey(c) })
      return outcome.kind === 'withdrawn'
        ? c.json({ id, withdrawnAt: outcome.at.toISOString(), reason: outcome.reason })
        : notSent()
    },
  )
