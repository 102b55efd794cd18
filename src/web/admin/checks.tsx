import { type Context, Hono } from 'hono'
import { checkLinks } from '../../actions/check-links.ts'
import { checkSenders } from '../../actions/check-senders.ts'
import { preflight } from '../../actions/preflight.ts'
import type { Digest } from '../../store/digests.ts'
import type { AppEnv } from '../env.ts'
import { requireRole } from '../middleware/require-role.ts'
import { ChecksPage, SlowChecks, type SlowResult } from './checks-page.tsx'
import { digestOf, missing } from './digest-of.ts'
import { workspaceFrame } from './frame.ts'

type C = Context<AppEnv>

/** The checks of a digest on a page of their own. Looking changes nothing; only the POST asks other servers. */
export const checks = new Hono<AppEnv>()
  .get('/:id/checks', requireRole('writer'), async c => {
    const digest = await digestOf(c)
    return digest ? answer(c, digest) : missing(c)
  })
  .post('/:id/checks', requireRole('writer'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    const [links, senders] = await Promise.all([
      checkLinks(c.var.services, digest),
      checkSenders(c.var.services, digest),
    ])
    const slow = { links, senders }
    return c.req.header('hx-request')
      ? c.html(<SlowChecks frame={await workspaceFrame(c)} digest={digest} slow={slow} />)
      : answer(c, digest, slow)
  })

async function answer(c: C, digest: Digest, slow?: SlowResult) {
  if (digest.state !== 'draft' && digest.state !== 'scheduled')
    return c.redirect(`/admin/digests/${digest.id}`, 303)
  const [frame, findings] = await Promise.all([workspaceFrame(c), preflight(c.var.services, digest)])
  return c.html(<ChecksPage frame={frame} digest={digest} findings={findings} slow={slow} />)
}
