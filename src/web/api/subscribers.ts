import { Hono } from 'hono'
import { z } from 'zod'
import { eraseSubscriber } from '../../actions/erase-subscriber.ts'
import { parseEmailAddress } from '../../domain/email-address.ts'
import { listedAddress, type Sight, sees } from '../../domain/sight.ts'
import { findNewsletter } from '../../store/newsletters.ts'
import { type ListedSubscriber, listSubscribers } from '../../store/subscribers.ts'
import type { AppEnv } from '../env.ts'
import { actingByKey, requireKeyRole } from '../middleware/api-actor.ts'
import { problem } from '../middleware/failures.ts'
import { endpoint, idParam, listOf, page, paging, queryBy, refusedField } from './contract.ts'

const subscriberBody = z.object({
  id: z.number(),
  email: z.string().describe('Masked in lists for a key of an editor, who finds one reader by `email`.'),
  name: z.string(),
  subscriptions: z.array(z.object({ newsletter: z.string(), state: z.enum(['active', 'ended']) })),
})

const show = ({ createdAt, ...subscriber }: ListedSubscriber) => subscriber

/** As a list has them: whoever sees one reader at a time gets an address in full only by asking for it. */
const listed = (sight: Sight) => (subscriber: ListedSubscriber) => ({
  ...show(subscriber),
  email: listedAddress(sight, subscriber.email) ?? '',
})

export const subscribersApi = new Hono<AppEnv>()
  .get(
    '/',
    requireKeyRole('editor'),
    endpoint(
      'List the readers',
      {
        status: 200,
        body: listOf(subscriberBody),
        what: 'By id; of one address, or of one newsletter those who have it or had it.',
      },
      403,
    ),
    queryBy(
      paging.extend({ email: z.string().max(1000).optional(), newsletter: z.string().max(60).optional() }),
    ),
    async c => {
      const { db } = c.var.services
      const { after, limit, email, newsletter: slug } = c.req.valid('query')
      const reading = email === undefined ? undefined : parseEmailAddress(email)
      if (reading?.kind === 'refused') return refusedField('email', 'is not an e-mail address')
      const newsletter = slug === undefined ? undefined : await findNewsletter(db, slug)
      if (slug !== undefined && !newsletter)
        return refusedField('newsletter', `there is no newsletter ${slug}`)
      const rows = await listSubscribers(db, {
        addressKey: reading?.address.key,
        newsletterId: newsletter?.id,
        after,
        limit: limit + 1,
      })
      return c.json(page(c.req.url, rows.map(reading ? show : listed(sees(c.var.actor))), limit))
    },
  )
  .get(
    '/:id',
    requireKeyRole('editor'),
    endpoint('Read a reader', { status: 200, body: subscriberBody, what: 'The reader.' }, 403, 404),
    idParam,
    async c => {
      const { id } = c.req.valid('param')
      const [subscriber] = await listSubscribers(c.var.services.db, { after: id - 1, limit: 1 })
      return subscriber?.id === id ? c.json(show(subscriber)) : problem(404, 'There is no such reader')
    },
  )
  .delete(
    '/:id',
    requireKeyRole('owner'),
    endpoint(
      'Erase a reader: only a keyed hash of the address stays',
      { status: 204, what: 'Done; a repeat answers the same.' },
      403,
    ),
    idParam,
    async c => {
      await eraseSubscriber(c.var.services, c.req.valid('param').id, actingByKey(c))
      return c.body(null, 204)
    },
  )
