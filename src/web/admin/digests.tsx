import { Hono } from 'hono'
import { beginDigest } from '../../actions/begin-digest.ts'
import { composeWords } from '../../domain/words/compose.ts'
import { approvalStates } from '../../store/approvals.ts'
import { findVersion } from '../../store/digest-versions.ts'
import { latestDispatched, listDigests, removeDigest } from '../../store/digests.ts'
import type { AppEnv } from '../env.ts'
import { placeBefore } from '../list-query.ts'
import { requireRole } from '../middleware/require-role.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { DigestList } from './digest-list.tsx'
import { digestOf, missing } from './digest-of.ts'
import { byOf, workspaceFrame } from './frame.ts'

const perPage = 50

/** Digests: listed, begun, thrown away. They are put together in compose.tsx, and go out in sending.tsx. */
export const digests = new Hono<AppEnv>()
  .use(requireRole('writer'))
  .get('/', async c => {
    const frame = await workspaceFrame(c)
    const before = placeBefore(c)
    const { db } = c.var.services
    const found = await listDigests(db, { limit: perPage + 1, before })
    const rows = found.slice(0, perPage)
    const approvals = await approvalStates(
      db,
      rows.map(row => row.id),
    )
    return c.html(
      <DigestList
        {...{ frame, rows, approvals }}
        more={found.length > perPage}
        first={!before}
        hasEdition={(await latestDispatched(db)) !== undefined}
      />,
    )
  })
  .post('/', async c => {
    const empty = { subject: '', preheader: '', blocks: [], newsletterIds: [] }
    const id = await beginDigest(c.var.services.db, empty, byOf(c))
    return c.redirect(`/admin/digests/${id}`, 303)
  })
  .post('/from-last', async c => {
    const { db } = c.var.services
    const last = await latestDispatched(db)
    const { subject = '', preheader = '', newsletters = [] } = last ?? {}
    // As it was composed: its slots fill themselves anew.
    const blocks = (last && (await findVersion(db, last.id, last.version))?.blocks) ?? last?.blocks ?? []
    const text = {
      subject,
      preheader,
      blocks,
      newsletterIds: newsletters.map(one => one.id),
    }
    const id = await beginDigest(db, text, byOf(c))
    return c.redirect(`/admin/digests/${id}`, 303)
  })
  .get('/:id/discard', async c => {
    const digest = await digestOf(c)
    if (digest?.state !== 'draft') return missing(c)
    const frame = await workspaceFrame(c)
    const words = composeWords[frame.language]
    return c.html(
      <WorkspacePage {...frame} title={words.discardTitle} current="digests">
        <p>{digest.subject}</p>
        <p>{words.discardText}</p>
        <form method="post" action={`/admin/digests/${digest.id}/discard`}>
          <Buttons>
            <Button kind="danger">{words.discardAct}</Button>
            <ButtonLink href={`/admin/digests/${digest.id}`}>{words.keep}</ButtonLink>
          </Buttons>
        </form>
      </WorkspacePage>,
    )
  })
  .post('/:id/discard', async c => {
    const digest = await digestOf(c)
    if (digest?.state === 'draft') await removeDigest(c.var.services.db, digest.id)
    return c.redirect('/admin/digests', 303)
  })
