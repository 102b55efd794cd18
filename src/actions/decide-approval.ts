import { whenStill, wishOf } from '../domain/approval.ts'
import { type By, byName } from '../domain/by.ts'
import {
  type Approval,
  findApproval,
  liveApproval,
  noteApprovalSeen,
  settleApproval,
} from '../store/approvals.ts'
import type { Tx } from '../store/client.ts'
import { databaseClock } from '../store/clock.ts'
import { noteDigestEvent } from '../store/digest-events.ts'
import { type Digest, findDigest, lockDigest } from '../store/digests.ts'
import { type DispatchOutcome, dispatchDigest } from './dispatch-digest.ts'
import { hashOf } from './proposal.ts'
import type { Services } from './services.ts'
import { tellAboutApproval } from './tell-about-approval.ts'
import { voidApproval } from './void-approval.ts'

type Deps = Pick<Services, 'config' | 'db' | 'templates' | 'wake'>
type Person = Extract<By, { kind: 'editor' }>

/** It is not what it was: taken back, decided by another, edited, or changed around; whoever decides looks again. */
type Gone = { kind: 'gone' }

/**
 * A second person approves of what was asked for, as they saw it. With a time it is scheduled for it, also one that passed
 * less than an hour ago; one that passed before is approved to be sent by the button.
 */
export async function approve(
  services: Deps,
  approvalId: number,
  { by, comment }: { by: Person; comment: string },
): Promise<{ kind: 'approved'; dispatch?: DispatchOutcome } | { kind: 'own-work' } | Gone> {
  const { config } = services
  const outcome = await decide(services, approvalId, by, async (tx, { live, digest }) => {
    if (digest.editedBy === by.id) return { kind: 'own-work' as const }
    if ((await hashOf({ config, db: tx }, digest, live.proposal.when)) !== live.hash) {
      await voidApproval(tx, config, digest.id, { why: 'changed-around', by: { kind: 'service' } })
      return { kind: 'gone' as const }
    }
    const when = whenStill(live.proposal.when, await databaseClock(tx))
    const hash = (await hashOf({ config, db: tx }, digest, when))!
    const proposal = { ...live.proposal, when }
    const settled = await settleApproval(tx, live.id, { state: 'approved', decidedBy: by.id, hash, proposal })
    await noteDigestEvent(tx, digest.id, { kind: 'approved', when, comment }, by)
    await tellAboutApproval(tx, config, settled!, { event: 'approved', by: byName(by), comment, except: by })
    return { kind: 'approved' as const, when, digestId: digest.id }
  })
  services.wake()
  if (outcome.kind !== 'approved' || outcome.when.kind === 'now')
    return outcome.kind === 'approved' ? { kind: 'approved' } : outcome
  return {
    kind: 'approved',
    dispatch: await dispatchDigest(services, outcome.digestId, { ...wishOf(outcome.when), by }),
  }
}

/** Back to who asked, with what is to be done. */
export async function sendBack(
  services: Deps,
  approvalId: number,
  { by, comment }: { by: Person; comment: string },
): Promise<{ kind: 'sent-back' } | Gone> {
  const outcome = await decide(services, approvalId, by, async (tx, { live, digest }) => {
    const settled = await settleApproval(tx, live.id, { state: 'sent_back', decidedBy: by.id })
    await noteDigestEvent(tx, digest.id, { kind: 'sent_back', comment }, by)
    await tellAboutApproval(tx, services.config, settled!, {
      event: 'sent_back',
      by: byName(by),
      comment,
      except: by,
    })
    return { kind: 'sent-back' as const }
  })
  services.wake()
  return outcome
}

/** What was asked for, or approved and not sent, is a draft again. */
export const takeBackApproval = ({ config, db }: Pick<Services, 'config' | 'db'>, digestId: number, by: By) =>
  db.transaction(async tx => {
    await lockDigest(tx, digestId)
    return voidApproval(tx, config, digestId, { why: 'withdrawn', by })
  })

/** Within one transaction, with the digest locked, and only where it still waits. */
function decide<Outcome>(
  { db }: Deps,
  approvalId: number,
  by: Person,
  act: (tx: Tx, found: { live: Approval; digest: Digest }) => Promise<Outcome>,
): Promise<Outcome | Gone> {
  return db.transaction(async tx => {
    const asked = await findApproval(tx, approvalId)
    if (!asked || !(await lockDigest(tx, asked.digestId))) return { kind: 'gone' }
    const [live, digest] = [await liveApproval(tx, asked.digestId), await findDigest(tx, asked.digestId)]
    if (live?.id !== approvalId || live.state !== 'asked' || !digest) return { kind: 'gone' }
    await noteApprovalSeen(tx, approvalId, by.id)
    return act(tx, { live, digest })
  })
}
