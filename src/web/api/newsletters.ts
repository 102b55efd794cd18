import { Hono } from 'hono'
import { z } from 'zod'
import { createNewsletter } from '../../actions/save-newsletter.ts'
import { newsletterInput } from '../../domain/newsletter.ts'
import { timeOfDay } from '../../domain/sending-hours.ts'
import { listNewsletters, type Newsletter } from '../../store/newsletters.ts'
import { readPublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { actingByKey, requireKeyRole } from '../middleware/api-actor.ts'
import { problem } from '../middleware/failures.ts'
import { endpoint, jsonBody, listOf } from './contract.ts'

const newsletterBody = z.object({
  id: z.number(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  cadence: z.string(),
  schedule: z.string(),
  carriesAdvertising: z.boolean(),
  senderName: z.string().nullable(),
  senderAddress: z.string().nullable(),
  replyTo: z.string().nullable(),
  language: z.string(),
  timeZone: z.string(),
  sendsFrom: z.string().nullable(),
  sendsUntil: z.string().nullable(),
  state: z.enum(['open', 'closed']),
  archivePublic: z.boolean(),
  needsApproval: z.boolean(),
})

const show = ({ position, createdAt, template, sendsFrom, sendsUntil, ...newsletter }: Newsletter) => ({
  ...newsletter,
  sendsFrom: timeOfDay(sendsFrom),
  sendsUntil: timeOfDay(sendsUntil),
})

export const newslettersApi = new Hono<AppEnv>()
  .get(
    '/',
    requireKeyRole('writer'),
    endpoint('List the newsletters', {
      status: 200,
      body: listOf(newsletterBody),
      what: 'All, in the order of the front page.',
    }),
    async c => {
      const rows = await listNewsletters(c.var.services.db)
      return c.json({ items: rows.map(show), next: null })
    },
  )
  .post(
    '/',
    requireKeyRole('owner'),
    endpoint('Add a newsletter', { status: 201, body: newsletterBody, what: 'The newsletter.' }, 403, 409),
    jsonBody(newsletterInput),
    async c => {
      const input = c.req.valid('json')
      const publication = await readPublication(c.var.services.db)
      const values = {
        ...input,
        language: input.language ?? publication.language,
        timeZone: input.timeZone ?? publication.timeZone,
      }
      const newsletter = await createNewsletter(c.var.services, values, actingByKey(c))
      return newsletter
        ? c.json(show(newsletter), 201)
        : problem(409, `There is a newsletter ${input.slug} already`)
    },
  )
