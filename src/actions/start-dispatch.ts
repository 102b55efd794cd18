import { deliverFor, lateAfter, type PauseReason } from '../domain/dispatch.ts'
import type { Rendering } from '../domain/rendering.ts'
import type { Tx } from '../store/client.ts'
import { type Digest, findDigest } from '../store/digests.ts'
import { type Dispatch, lockDue, markStarted, pauseDispatch } from '../store/dispatches.ts'
import { analyzePartition, ensurePartition, fixAudience } from '../store/ledger.ts'
import { findNewslettersById } from '../store/newsletters.ts'
import { addRenderings } from '../store/renderings.ts'
import { checkDigest } from './check-dispatch.ts'
import { renderDigest } from './render-digest.ts'
import type { Services } from './services.ts'

export type StartOutcome =
  | { kind: 'started'; intended: number }
  /** It asks an editor first: found late, not fit to be sent, or not to be compiled. */
  | { kind: 'paused'; reason: PauseReason }
  /** Another sender starts it, or it is not due any more. */
  | { kind: 'not-due' }

type Deps = Pick<Services, 'config' | 'db' | 'keys' | 'log' | 'templates'>

/**
 * Starts a dispatch that is due, in one transaction: what it says and who gets it are fixed now, from the last saved
 * text. One found late asks first.
 */
export async function startDispatch(services: Deps, id: number): Promise<StartOutcome> {
  const { db } = services
  await ensurePartition(db, id)
  const outcome = await db.transaction(async (tx): Promise<StartOutcome> => {
    const due = await lockDue(tx, id)
    if (!due) return { kind: 'not-due' }
    if (due.lateBy > lateAfter) return pause(tx, id, 'late')
    const digest = await findDigest(tx, due.dispatch.digestId)
    if (!digest) throw new Error(`dispatch ${id} has no digest`)
    const { errors } = await checkDigest({ config: services.config, db: tx }, digest)
    if (errors.length) return pause(tx, id, 'not-ready', { errors })
    const rendered = await renderAll(services, digest)
    if (rendered.kind === 'failed') return pause(tx, id, 'rendering', { error: rendered.error })
    return start(tx, due.dispatch, digest, rendered.renderings)
  })
  if (outcome.kind === 'started' && outcome.intended > 0) await analyzePartition(db, id)
  return outcome
}

async function pause(
  tx: Tx,
  id: number,
  reason: PauseReason,
  evidence?: Record<string, unknown>,
): Promise<StartOutcome> {
  await pauseDispatch(tx, id, reason, evidence)
  return { kind: 'paused', reason }
}

async function renderAll(
  services: Deps,
  digest: Digest,
): Promise<{ kind: 'rendered'; renderings: Rendering[] } | { kind: 'failed'; error: string }> {
  const newsletters = await findNewslettersById(
    services.db,
    digest.newsletters.map(newsletter => newsletter.id),
  )
  try {
    const renderings: Rendering[] = []
    for (const newsletter of newsletters) renderings.push(await renderDigest(services, digest, newsletter))
    return { kind: 'rendered', renderings }
  } catch (error) {
    services.log.error({ err: error, digest: digest.id }, 'a digest could not be compiled')
    return { kind: 'failed', error: error instanceof Error ? error.message.slice(0, 500) : 'unknown' }
  }
}

async function start(
  tx: Tx,
  dispatch: Dispatch,
  digest: Digest,
  renderings: Rendering[],
): Promise<StartOutcome> {
  const newsletters = await findNewslettersById(
    tx,
    digest.newsletters.map(newsletter => newsletter.id),
  )
  await addRenderings(tx, dispatch.id, renderings)
  const intended = await fixAudience(
    tx,
    dispatch.id,
    newsletters.map(newsletter => newsletter.id),
  )
  await markStarted(tx, dispatch.id, deliverFor(newsletters.map(newsletter => newsletter.cadence)))
  return { kind: 'started', intended }
}
