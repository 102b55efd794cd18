import { Hono } from 'hono'
import { z } from 'zod'
import { saveDigestInput } from '../../actions/save-digest.ts'
import { audience } from '../../domain/audience.ts'
import { block } from '../../domain/blocks.ts'
import { digestChange, digestInput } from '../../domain/digest.ts'
import { type Digest, findDigest, listDigestsById, removeDigest } from '../../store/digests.ts'
import type { AppEnv } from '../env.ts'
import { byKey, requireKeyRole } from '../middleware/api-actor.ts'
import { problem } from '../middleware/failures.ts'
import { endpoint, idParam, jsonBody, listOf, page, paging, queryBy, refused } from './contract.ts'

const digestBody = z.object({
  id: z.number(),
  subject: z.string(),
  preheader: z.string(),
  newsletters: z.array(z.string()),
  blocks: z.array(block),
  audience,
  state: z.enum(['draft', 'scheduled', 'sending', 'paused', 'finished', 'cancelled']),
  at: z.string().nullable(),
  revision: z.number(),
})

const show = (digest: Digest) => ({
  id: digest.id,
  subject: digest.subject,
  preheader: digest.preheader,
  newsletters: digest.newsletters.map(newsletter => newsletter.slug),
  blocks: digest.blocks,
  audience: digest.audience,
  state: digest.state,
  at: digest.dueAt?.toISOString() ?? null,
  revision: digest.revision,
})

export const noSuchDigest = () => problem(404, 'There is no such digest')

/** Hidden digests are gone for the API, though their ledger and archive stand. */
export const visibleDigest = async (db: Parameters<typeof findDigest>[0], id: number) => {
  const digest = await findDigest(db, id)
  return digest && !digest.hiddenAt ? digest : undefined
}

export const digestsApi = new Hono<AppEnv>()
  .get(
    '/',
    requireKeyRole('writer'),
    endpoint('List the digests', { status: 200, body: listOf(digestBody), what: 'The newest first.' }),
    queryBy(paging),
    async c => {
      const { after, limit } = c.req.valid('query')
      const rows = await listDigestsById(c.var.services.db, { limit: limit + 1, before: after })
      return c.json(page(c.req.url, rows.map(show), limit))
    },
  )
  .post(
    '/',
    requireKeyRole('writer'),
    endpoint('Create a draft', { status: 201, body: digestBody, what: 'The draft.' }),
    jsonBody(digestInput),
    async c => {
      const { db } = c.var.services
      const outcome = await saveDigestInput(c.var.services, undefined, c.req.valid('json'), { by: byKey(c) })
      if (outcome.kind === 'refused') return refused(outcome.faults)
      if (outcome.kind !== 'saved') throw new Error(`a new digest can’t be ${outcome.kind}`)
      return c.json(show((await findDigest(db, outcome.id))!), 201)
    },
  )
  .get(
    '/:id',
    requireKeyRole('writer'),
    endpoint(
      'Read a digest',
      { status: 200, body: digestBody, what: 'The digest, and the state of its dispatch.' },
      404,
    ),
    idParam,
    async c => {
      const digest = await visibleDigest(c.var.services.db, c.req.valid('param').id)
      return digest ? c.json(show(digest)) : noSuchDigest()
    },
  )
  .patch(
    '/:id',
    requireKeyRole('writer'),
    endpoint(
      'Change a digest that has not started to go out',
      { status: 200, body: digestBody, what: 'The digest.' },
      404,
      409,
    ),
    idParam,
    jsonBody(digestChange.extend({ revision: z.number().int().optional() })),
    async c => {
      const { db } = c.var.services
      const { id } = c.req.valid('param')
      const { revision, ...change } = c.req.valid('json')
      const outcome = await saveDigestInput(c.var.services, id, change, { revision, by: byKey(c) })
      switch (outcome.kind) {
        case 'saved':
          return c.json(show((await findDigest(db, id))!))
        case 'refused':
          return refused(outcome.faults)
        case 'unknown':
          return noSuchDigest()
        case 'started':
          return problem(409, 'The digest has started to go out; its text is what its readers got')
        case 'changed-meanwhile':
          return problem(409, 'Somebody saved the digest since revision was read; read it again')
      }
    },
  )
  .delete(
    '/:id',
    requireKeyRole('editor'),
    endpoint(
      'Delete a draft, or hide a digest that was dispatched',
      { status: 204, what: 'Done; a repeat answers the same.' },
      403,
    ),
    idParam,
    async c => {
      await removeDigest(c.var.services.db, c.req.valid('param').id)
      return c.body(null, 204)
    },
  )
