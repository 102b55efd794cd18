import { type Context, Hono } from 'hono'
import { readResults } from '../../actions/read-results.ts'
import { cancelDigest, pauseDigest, readersToCome, resumeDigest } from '../../actions/steer-dispatch.ts'
import { staleAfter } from '../../domain/dispatch.ts'
import { mayAct } from '../../domain/roles.ts'
import type { Digest } from '../../store/digests.ts'
import { listDomains } from '../../store/dispatch-domains.ts'
import { type Dispatch, findDispatchOf } from '../../store/dispatches.ts'
import { findNewslettersById } from '../../store/newsletters.ts'
import type { AppEnv } from '../env.ts'
import { formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { CancelPage } from './cancel-page.tsx'
import { digestOf, missing } from './digest-of.ts'
import { DomainsPage } from './domains-page.tsx'
import { byOf, workspaceFrame } from './frame.ts'
import { type Asks, isMoving } from './progress.tsx'
import { liveFor, progressEvents } from './progress-events.tsx'
import { LiveProgress, ResultPage, type ResultProps } from './result-page.tsx'
import { waitsOf } from './waits.ts'

type C = Context<AppEnv>

const domainsShown = 10

/** A digest that goes out or has gone: its progress, pausing, going on, cancelling. */
export const result = new Hono<AppEnv>()
  .get('/:id/progress', requireRole('writer'), async c => {
    const digest = await digestOf(c)
    const props = digest && (await resultProps(c, digest, Number(c.req.query('until')) || undefined))
    // Once it stands still the page is read anew: it has other buttons then.
    if (!props || !isMoving(props.dispatch)) c.header('hx-refresh', 'true')
    return props ? c.html(<LiveProgress {...props} />) : missing(c)
  })
  .get('/:id/progress/events', requireRole('writer'), async c => {
    const { live } = c.var.services
    const digest = await digestOf(c)
    if (!digest || live.kind !== 'stream') return missing(c)
    return progressEvents(c, { frame: await workspaceFrame(c), digest }, live.stopping)
  })
  .get('/:id/domains', requireRole('writer'), async c => {
    const { db } = c.var.services
    const digest = await digestOf(c)
    const dispatch = digest && (await findDispatchOf(db, digest.id))
    if (!dispatch?.startedAt) return missing(c)
    const [frame, rows] = await Promise.all([workspaceFrame(c), listDomains(db, dispatch.id, domainsShown)])
    return c.html(<DomainsPage frame={frame} digest={digest!} rows={rows} />)
  })
  .post('/:id/pause', requireRole('editor'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    await pauseDigest(c.var.services, digest.id, byOf(c))
    return c.redirect(`/admin/digests/${digest.id}`, 303)
  })
  .post('/:id/resume', requireRole('editor'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    const confirmed = (await formFields(c)).confirmed === 'true'
    await resumeDigest(c.var.services, digest.id, { confirmed, by: byOf(c) })
    return c.redirect(`/admin/digests/${digest.id}`, 303)
  })
  .get('/:id/cancel', requireRole('editor'), async c => {
    const digest = await digestOf(c)
    const dispatch = digest && (await findDispatchOf(c.var.services.db, digest.id))
    if (!dispatch) return missing(c)
    if (dispatch.state === 'finished' || dispatch.state === 'cancelled')
      return c.redirect(`/admin/digests/${digest.id}`, 303)
    return c.html(<CancelPage frame={await workspaceFrame(c)} digest={digest} dispatch={dispatch} />)
  })
  .post('/:id/cancel', requireRole('editor'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    await cancelDigest(c.var.services, digest.id, byOf(c))
    return c.redirect(`/admin/digests/${digest.id}`, 303)
  })

/** The page of a digest that has started, or is about to. */
export async function resultPage(c: C, digest: Digest) {
  const props = await resultProps(c, digest)
  if (!props) return missing(c)
  const { startedAt } = props.dispatch
  const results =
    startedAt && (await readResults(c.var.services.db, digest, { ...props.dispatch, startedAt }))
  return c.html(<ResultPage {...props} {...(results && { results })} />)
}

async function resultProps(
  c: C,
  digest: Digest,
  until = Date.now() + liveFor,
): Promise<ResultProps | undefined> {
  const { db, live } = c.var.services
  const dispatch = await findDispatchOf(db, digest.id)
  if (!dispatch) return undefined
  const ids = digest.newsletters.map(one => one.id)
  const { startedAt } = dispatch
  const [frame, newsletters, asks, waits] = await Promise.all([
    workspaceFrame(c),
    findNewslettersById(db, ids),
    asksOf(c, dispatch),
    waitsOf(db, ids),
  ])
  const shown = newsletters.find(one => one.archivePublic)
  return {
    frame,
    digest,
    dispatch,
    asks,
    waits,
    live: live.kind === 'stream' ? { kind: 'stream' } : { kind: 'poll', until },
    maySend: mayAct(c.var.actor.role, 'editor'),
    isOwner: mayAct(c.var.actor.role, 'owner'),
    done: doneOf(c),
    ...(shown && startedAt && !digest.withdrawnAt && { archive: `/archive/${shown.slug}/${digest.id}` }),
    tooLate: c.req.query('late') !== undefined,
  }
}

function doneOf(c: C): ResultProps['done'] {
  const { done } = c.req.query()
  return done === 'corrected' || done === 'put-back' ? done : undefined
}

/** What stood still for too long asks before it goes on; one that has not begun goes to whoever would get it now. */
async function asksOf(c: C, dispatch: Dispatch): Promise<Asks | undefined> {
  if (dispatch.state !== 'paused' || !dispatch.pausedAt) return undefined
  const { pauseReason } = dispatch
  const stale = Date.now() - dispatch.pausedAt.getTime() > staleAfter
  const why = pauseReason === 'late' || pauseReason === 'interrupted' ? pauseReason : 'stale'
  if (why === 'stale' && !stale) return undefined
  return { why, readers: await readersToCome(c.var.services.db, dispatch) }
}
