import { Hono } from 'hono'
import { z } from 'zod'
import { type Embargo, embargoOf } from '../../actions/embargo.ts'
import { queueTest } from '../../actions/queue-test.ts'
import { renderDigest } from '../../actions/render-digest.ts'
import { parseEmailAddress } from '../../domain/email-address.ts'
import { error } from '../../domain/preflight/finding.ts'
import { inEnglish } from '../../domain/words/findings.ts'
import { fillPieces, neutralValues } from '../../mail/render/slots.ts'
import { findNewslettersById, type Newsletter } from '../../store/newsletters.ts'
import { readPublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { requireKeyRole } from '../middleware/api-actor.ts'
import { problem } from '../middleware/failures.ts'
import { mailPolicy } from '../middleware/security-headers.ts'
import { endpoint, idParam, jsonBody, queryBy, refusedField } from './contract.ts'
import { noSuchDigest, visibleDigest } from './digests.ts'

/** A digest looked at before it goes: what its readers would get, and a test of it. Mounted beside the digests. */
export const digestLooksApi = new Hono<AppEnv>()
  .get(
    '/:id/preview',
    requireKeyRole('writer'),
    endpoint('See what a reader would get', { status: 200, what: 'The document itself.' }, 404, 409),
    idParam,
    queryBy(
      z.object({ format: z.enum(['html', 'text']).default('html'), newsletter: z.string().optional() }),
    ),
    async c => {
      const { services } = c.var
      const { format, newsletter: slug } = c.req.valid('query')
      const digest = await visibleDigest(services.db, c.req.valid('param').id)
      if (!digest) return noSuchDigest()
      const newsletters = await findNewslettersById(
        services.db,
        digest.newsletters.map(one => one.id),
      )
      const newsletter: Newsletter | undefined = slug
        ? newsletters.find(one => one.slug === slug)
        : newsletters[0]
      if (!newsletter)
        return problem(
          409,
          slug ? `The digest does not go to ${slug}` : 'The digest goes to no newsletter yet',
        )
      const held = await embargoOf(services.db, digest)
      if (held)
        return problem(409, 'A story in it is under embargo: until then the API does not show it', {
          until: held.until.toISOString(),
        })
      const outcome = await renderDigest(services, digest, newsletter)
      if (outcome.kind === 'faults')
        return problem(409, 'The digest can’t be rendered', { errors: outcome.faults })
      const { rendering } = outcome
      const values = neutralValues(services.config.publicUrl)
      c.header('content-security-policy', mailPolicy)
      return format === 'html'
        ? c.html(fillPieces(rendering.html, values, 'html'))
        : c.text(fillPieces(rendering.text, values, 'text'))
    },
  )
  .post(
    '/:id/tests',
    requireKeyRole('writer'),
    endpoint(
      'Mail a test of the digest',
      { status: 202, body: z.object({ id: z.number(), to: z.string() }), what: 'It is on its way.' },
      404,
      409,
    ),
    idParam,
    jsonBody(z.object({ to: z.string() })),
    async c => {
      const { id } = c.req.valid('param')
      const reading = parseEmailAddress(c.req.valid('json').to)
      if (reading.kind === 'refused') return refusedField('to', 'is not an e-mail address')
      const digest = await visibleDigest(c.var.services.db, id)
      if (!digest) return noSuchDigest()
      const outcome = await queueTest(c.var.services, digest, [{ address: reading.address }])
      if (outcome.kind === 'no-newsletter') return problem(409, 'The digest goes to no newsletter yet')
      if (outcome.kind === 'faults')
        return problem(409, 'The digest can’t be rendered', { errors: outcome.faults })
      if (outcome.kind === 'embargo') return embargoed(c.var.services, outcome.embargo)
      return c.json({ id, to: reading.address.address }, 202)
    },
  )

/** To whom else than an editor a test may not go yet. */
async function embargoed({ db }: AppEnv['Variables']['services'], { articleId, until }: Embargo) {
  const { timeZone } = await readPublication(db)
  const title = `article ${articleId}`
  const facts = { articleId, title, until: until.toISOString(), at: new Date().toISOString() }
  return problem(409, 'A story in it is under embargo: until then a test goes to editors alone', {
    errors: [inEnglish(error({ code: 'embargo', ...facts }), timeZone)],
  })
}
