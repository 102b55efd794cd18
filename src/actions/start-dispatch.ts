import { articleIdsOf } from '../domain/blocks.ts'
import { deliverFor, lateAfter, type PauseReason } from '../domain/dispatch.ts'
import { momentIn } from '../domain/local-time.ts'
import { errorsOf, type Finding } from '../domain/preflight/finding.ts'
import { renderingFindings } from '../domain/preflight/rendering.ts'
import type { Rendering } from '../domain/rendering.ts'
import { closedFor } from '../domain/sending-hours.ts'
import type { Readership } from '../store/audience.ts'
import type { Tx } from '../store/client.ts'
import { noteDigestEvent } from '../store/digest-events.ts'
import { fixBlocks } from '../store/digest-texts.ts'
import { type Digest, findDigest } from '../store/digests.ts'
import { type Dispatch, lockDue, markStarted } from '../store/dispatches.ts'
import { analyzePartition, type DueByZone, ensurePartition, fixAudience, zonesOf } from '../store/ledger.ts'
import { findNewslettersById, type Newsletter } from '../store/newsletters.ts'
import { readPublication } from '../store/publication.ts'
import { addRenderings } from '../store/renderings.ts'
import { noteSentArticles } from '../store/sent-articles.ts'
import { approvalFindings } from './approval-check.ts'
import { fillSlots } from './fill-slots.ts'
import { keepSentStories } from './keep-sent-stories.ts'
import { pauseForFault } from './pause-for-fault.ts'
import { contentFindings } from './preflight.ts'
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
    const pause = (reason: PauseReason, evidence = {}) =>
      pauseForFault(services.config, tx, id, reason, evidence)
    // By readers' own clocks its time is the first on earth: whether that is late is seen when their zones are known.
    if (!due.dispatch.localTime && due.lateBy > lateAfter) return pause('late')
    const saved = await findDigest(tx, due.dispatch.digestId)
    if (!saved) throw new Error(`dispatch ${id} has no digest`)
    const reach = { config: services.config, db: tx }
    const errors = errorsOf([
      ...(await contentFindings(reach, saved)),
      ...(await approvalFindings(reach, saved)),
    ])
    if (errors.length) return pause('not-ready', { errors })
    const digest = { ...saved, blocks: await fillSlots(tx, saved) }
    const newsletters = await findNewslettersById(
      tx,
      digest.newsletters.map(newsletter => newsletter.id),
    )
    const rendered = await renderAll(services, tx, id, { digest, newsletters })
    if (rendered.kind === 'failed') return pause('rendering', rendered.evidence)
    if (rendered.errors.length) return pause('not-ready', { errors: rendered.errors })
    const readership = {
      newsletterIds: newsletters.map(newsletter => newsletter.id),
      audience: saved.audience,
    }
    const zones = await dueByZone(tx, due.dispatch, readership)
    if (zones && isLate(zones, due.dispatch)) return pause('late')
    await fixBlocks(tx, digest.id, digest.blocks)
    await noteSentArticles(tx, id, articleIdsOf(digest.blocks))
    await keepSentStories(services, tx, digest, rendered.renderings)
    return start(tx, due.dispatch, { newsletters, renderings: rendered.renderings, readership, zones })
  })
  if (outcome.kind === 'started' && outcome.intended > 0) await analyzePartition(db, id)
  return outcome
}

async function renderAll(
  services: Deps,
  tx: Tx,
  id: number,
  { digest, newsletters }: { digest: Digest; newsletters: readonly Newsletter[] },
): Promise<
  | { kind: 'rendered'; renderings: Rendering[]; errors: Finding[] }
  | { kind: 'failed'; evidence: Record<string, unknown> }
> {
  const renderings: Rendering[] = []
  const findings: Finding[] = []
  const { postalAddress } = await readPublication(tx)
  const date = new Date()
  try {
    for (const newsletter of newsletters) {
      const outcome = await renderDigest({ ...services, db: tx }, digest, newsletter, {
        date,
        dispatchId: id,
        keys: services.keys,
      })
      if (outcome.kind === 'faults') return { kind: 'failed', evidence: { faults: outcome.faults } }
      renderings.push(outcome.rendering)
      findings.push(...renderingFindings({ ...outcome.rendering, ...outcome, postalAddress }))
    }
    return { kind: 'rendered', renderings, errors: errorsOf(findings) }
  } catch (error) {
    services.log.error({ err: error, dispatch: id }, 'a digest could not be compiled')
    const { message } = error as Error
    return { kind: 'failed', evidence: { error: message.slice(0, 500).toWellFormed() } }
  }
}

type Zones = { zones: DueByZone; otherwise: string }

/** When the readers of each zone get it, where that is by their own clocks. */
async function dueByZone(
  tx: Tx,
  { localTime }: Dispatch,
  readership: Readership,
): Promise<Zones | undefined> {
  if (!localTime) return undefined
  const { timeZone } = await readPublication(tx)
  const zones = await zonesOf(tx, readership, timeZone)
  return {
    zones: zones.map(zone => ({ zone, at: momentIn(localTime, zone, timeZone) })),
    otherwise: timeZone,
  }
}

/** Somebody's time passed over an hour ago, and it was there to be sent then. Said once: who goes on knows. */
function isLate({ zones }: Zones, { createdAt, pauseReason, dueAt }: Dispatch): boolean {
  const since = Math.max(createdAt.getTime(), dueAt.getTime())
  const overdue = Date.now() - lateAfter
  return pauseReason !== 'late' && zones.some(({ at }) => at.getTime() >= since && at.getTime() < overdue)
}

async function start(
  tx: Tx,
  { id, digestId }: Dispatch,
  {
    newsletters,
    renderings,
    readership,
    zones,
  }: { newsletters: readonly Newsletter[]; renderings: Rendering[]; readership: Readership; zones?: Zones },
): Promise<StartOutcome> {
  await addRenderings(tx, id, renderings)
  const intended = await fixAudience(tx, id, readership, zones)
  // What goes out in the morning is no older for having been started at night, nor what waits for its readers' clocks.
  const now = new Date()
  const last = Math.max(0, ...(zones?.zones ?? []).map(({ at }) => at.getTime() - now.getTime()))
  const closed = Math.max(0, ...newsletters.map(newsletter => closedFor(newsletter, now)))
  const cadences = newsletters.map(newsletter => newsletter.cadence)
  await markStarted(tx, id, Math.max(last, closed) + deliverFor(cadences))
  await noteDigestEvent(tx, digestId, { kind: 'started', readers: intended }, { kind: 'service' })
  return { kind: 'started', intended }
}
