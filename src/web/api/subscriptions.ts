import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { signUp } from '../../actions/sign-up.ts'
import type { AddressRefusal } from '../../domain/email-address.ts'
import type { NameRefusal } from '../../domain/reader-name.ts'
import type { NewsletterRefusal, SignUpFaults } from '../../domain/sign-up.ts'
import { listNewsletters } from '../../store/newsletters.ts'
import { readPublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { problem } from '../middleware/failures.ts'
import { formSource } from '../public/form-source.ts'
import { endpoint, jsonBody, jsonOnly, refused } from './contract.ts'

const subscriptionBody = z.object({
  email: z.string(),
  newsletters: z.array(z.string()).max(100).describe('Slugs; one confirmation covers all of them.'),
  name: z.string().nullish(),
})

/** Signing up from anywhere: without a key, from any site's script, with one answer whatever the address's state. */
export const subscriptionsApi = new Hono<AppEnv>()
  .use(
    cors({
      origin: '*',
      allowMethods: ['POST'],
      allowHeaders: ['content-type'],
      exposeHeaders: ['retry-after'],
      maxAge: 86_400,
    }),
    bodyLimit({ maxSize: 64 * 1024, onError: () => problem(413, 'The body is larger than 64 KB') }),
  )
  .post(
    '/',
    jsonOnly,
    endpoint(
      'Sign up for newsletters; no key is needed',
      {
        status: 202,
        body: z.object({ status: z.literal('accepted') }),
        what: 'Taken. Whether a mail follows depends on the address, and is told to it alone.',
      },
      429,
    ),
    describeRoute({ security: [] }),
    jsonBody(subscriptionBody),
    async c => {
      const { email, newsletters, name } = c.req.valid('json')
      const [publication, all] = await Promise.all([
        readPublication(c.var.services.db),
        listNewsletters(c.var.services.db),
      ])
      const outcome = await signUp(
        c.var.services,
        { publication, newsletters: all },
        {
          email,
          newsletters,
          name: name ?? '',
          trap: '',
          form: 'api',
          origin: formSource(c).origin,
          language: c.var.wish ?? publication.language,
          network: c.var.network,
        },
      )
      switch (outcome.kind) {
        case 'taken':
          return c.json({ status: 'accepted' as const }, 202)
        case 'refused':
          return refused(issuesOf(outcome.faults))
        case 'too-many': {
          const answer = problem(429, 'Too many sign-ups came from this network in the last hour')
          answer.headers.set('retry-after', String(outcome.retryAfter))
          return answer
        }
      }
    },
  )

const issuesOf = ({ email, newsletter, name }: SignUpFaults) => [
  ...(email ? [{ path: ['email'], message: emailFaults[email] }] : []),
  ...(newsletter ? [{ path: ['newsletters'], message: newsletterFaults[newsletter] }] : []),
  ...(name ? [{ path: ['name'], message: nameFaults[name] }] : []),
]

const emailFaults: Record<AddressRefusal, string> = {
  empty: 'must not be empty',
  'too-long': 'is longer than an address can be',
  'no-at': 'has no @',
  malformed: 'is not an e-mail address',
  domain: 'has no domain after its @',
}
const newsletterFaults: Record<NewsletterRefusal, string> = {
  none: 'must name at least one newsletter',
  unknown: 'names a newsletter that does not exist',
  closed: 'names a newsletter that takes no new readers',
}
const nameFaults: Record<NameRefusal, string> = {
  'too-long': 'must be at most 100 characters',
  'not-one-line': 'must be one line without control characters',
}
