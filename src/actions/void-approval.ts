import { type By, byName } from '../domain/by.ts'
import type { DigestEvent } from '../domain/digest-event.ts'
import { type Approval, listLiveApprovals, liveApproval, settleApproval } from '../store/approvals.ts'
import type { Queryable } from '../store/client.ts'
import { noteDigestEvent } from '../store/digest-events.ts'
import { findDigest, lockDigest } from '../store/digests.ts'
import { lockDispatchOf, removeDispatch } from '../store/dispatches.ts'
import { hashOf } from './proposal.ts'
import type { Services } from './services.ts'
import { tellAboutApproval } from './tell-about-approval.ts'

type Why = Extract<DigestEvent, { kind: 'voided' }>['why']

/**
 * What was asked for or approved holds no longer, and what was to go out by it is a draft again. Those concerned are told.
 * Nothing happens where there is none. Call with the digest locked, and `services.wake()` after the commit.
 */
export async function voidApproval(
  tx: Queryable,
  config: Pick<Services['config'], 'transport'>,
  digestId: number,
  { why, by }: { why: Why; by: By },
): Promise<Approval | undefined> {
  const live = await liveApproval(tx, digestId)
  if (!live) return undefined
  const dispatch = await lockDispatchOf(tx, digestId)
  if (dispatch?.startedAt) return undefined
  const voided = await settleApproval(tx, live.id, { state: 'void' })
  if (!voided) return undefined
  await noteDigestEvent(
    tx,
    digestId,
    { kind: 'voided', why, was: live.state === 'approved' ? 'approved' : 'asked' },
    by,
  )
  if (dispatch) {
    await removeDispatch(tx, dispatch.id)
    await noteDigestEvent(tx, digestId, { kind: 'unscheduled' }, by)
  }
  if (why !== 'withdrawn')
    await tellAboutApproval(tx, config, voided, { event: 'voided', by: byName(by), except: by })
  return voided
}

/**
 * Looks whether what was approved is still what would go out: a story, a template or a sender may have changed without
 * the digest. What differs is void. Answers how many. To be asked again and again; the start of a dispatch asks too.
 */
export async function recheckApprovals(services: Pick<Services, 'config' | 'db' | 'wake'>): Promise<number> {
  const { config, db } = services
  let voided = 0
  for (const { digestId, id } of await listLiveApprovals(db)) {
    const differs = await db.transaction(async tx => {
      if (!(await lockDigest(tx, digestId))) return false
      const live = await liveApproval(tx, digestId)
      const digest = await findDigest(tx, digestId)
      if (live?.id !== id || !digest) return false
      if ((await hashOf({ config, db: tx }, digest, live.proposal.when)) === live.hash) return false
      const by: By = { kind: 'service' }
      return (await voidApproval(tx, config, digestId, { why: 'changed-around', by })) !== undefined
    })
    if (differs) voided++
  }
  if (voided) services.wake()
  return voided
}
