import { type Context, Hono } from 'hono'
import { countClick } from '../../actions/count-click.ts'
import { readToken } from '../../domain/tokens.ts'
import { findLink } from '../../store/digest-links.ts'
import type { AppEnv } from '../env.ts'
import { missingPage } from '../views/failure-page.tsx'

/** The links of stories in mails that lead over us: to where the story is by now, and nowhere else. */
export const storyLinks = new Hono<AppEnv>().get('/l/:token', async c => {
  const { services } = c.var
  const reading = readToken(services.keys, ['link'], c.req.param('token'))
  const link = reading.kind === 'valid' ? await findLink(services.db, reading.token) : undefined
  if (reading.kind !== 'valid' || !link) return missingPage(c)
  if (link.counted && isFollowed(c)) afterwards(c, countClick(services, reading.token))
  return c.body(null, 302, {
    // Percent-encoded throughout, so that it is one header line whatever was typed.
    location: new URL(link.url).href,
    'cache-control': 'no-store',
    // Empty: what the mail program rules goes on to hold, as for a link that leads straight to the story.
    'referrer-policy': '',
    'x-robots-tag': 'noindex',
  })
})

/** Somebody goes there now: no look at the head alone, and no browser that only gets ready. */
const isFollowed = (c: Context): boolean =>
  c.req.method === 'GET' &&
  ![c.req.header('sec-purpose'), c.req.header('purpose'), c.req.header('x-moz')].some(purpose =>
    purpose?.includes('prefetch'),
  )

/** Nobody waits for it; a runtime that stops when the answer is out is told to wait. */
function afterwards(c: Context<AppEnv>, work: Promise<void>): void {
  try {
    c.executionCtx.waitUntil(work)
  } catch {
    // Node goes on by itself.
  }
}
