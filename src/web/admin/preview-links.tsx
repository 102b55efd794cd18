import { Hono } from 'hono'
import { makePreviewLink } from '../../actions/preview-link.ts'
import { endPreviewLinks } from '../../store/digests.ts'
import type { AppEnv } from '../env.ts'
import { requireRole } from '../middleware/require-role.ts'
import { digestOf, missing } from './digest-of.ts'
import { sendPage } from './sending.tsx'

/** Links that show a digest to people without an account: made, and all of them ended. */
export const previewLinks = new Hono<AppEnv>()
  .post('/:id/preview-links', requireRole('writer'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    if (digest.state !== 'draft' && digest.state !== 'scheduled')
      return c.redirect(`/admin/digests/${digest.id}`, 303)
    return sendPage(c, digest, { preview: await makePreviewLink(c.var.services, digest) })
  })
  .post('/:id/preview-links/end', requireRole('writer'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    await endPreviewLinks(c.var.services.db, digest.id)
    return c.redirect(`/admin/digests/${digest.id}/send?ended#show`, 303)
  })
