import type { Proposal, When } from '../domain/approval.ts'
import { type By, byName } from '../domain/by.ts'
import { lateAfter } from '../domain/dispatch.ts'
import { error, errorsOf, type Finding, inOrder } from '../domain/preflight/finding.ts'
import { type Approval, addApproval, liveApproval } from '../store/approvals.ts'
import type { Tx } from '../store/client.ts'
import { databaseClock } from '../store/clock.ts'
import { noteDigestEvent } from '../store/digest-events.ts'
import { fixBlocks } from '../store/digest-texts.ts'
import { type Digest, findDigest, lockDigest } from '../store/digests.ts'
import { fillSlots } from './fill-slots.ts'
import { contentFindings, mailFindings } from './preflight.ts'
import { hashOf, proposalOf } from './proposal.ts'
import type { Services } from './services.ts'
import { tellAboutApproval } from './tell-about-approval.ts'
import { voidApproval } from './void-approval.ts'

export type AskOutcome =
  | { kind: 'asked'; approval: Approval }
  /** What keeps it from going out keeps it from being approved. */
  | { kind: 'refused'; errors: Finding[] }
  /** It is dispatched: nothing is left to approve. */
  | { kind: 'dispatched' }
  | { kind: 'not-found' }

type Deps = Pick<Services, 'config' | 'db' | 'templates' | 'wake'>

/**
 * Asks that a digest goes out as it is, and mails those who may approve. Automatic slots are filled now and are plain
 * blocks from then on. What was asked before is taken back; asking the same again changes nothing.
 */
export const askForApproval = (
  services: Deps,
  digestId: number,
  {
    when,
    comment,
    by,
  }: {
    when: When
    /** For whoever approves. */
    comment: string
    by: By
  },
): Promise<AskOutcome> =>
  propose(services, digestId, when, async (tx, digest, said) => {
    const live = await liveApproval(tx, digestId)
    if (live?.state === 'asked' && live.hash === said.hash) return live
    await voidApproval(tx, services.config, digestId, { why: 'withdrawn', by })
    const askedBy = by.kind === 'editor' ? by.id : null
    const approval = await addApproval(tx, { digestId: digest.id, ...said, askedBy })
    await noteDigestEvent(tx, digestId, { kind: 'asked', when, comment }, by)
    await tellAboutApproval(tx, services.config, approval, {
      event: 'asked',
      by: byName(by),
      comment,
      except: by,
    })
    return approval
  })

/** An owner does without a second person, and says why to everybody. Then it may go as if it were approved. */
export const overrideApproval = (
  services: Deps,
  digestId: number,
  { when, reason, by }: { when: When; reason: string; by: Extract<By, { kind: 'editor' }> },
): Promise<AskOutcome> =>
  propose(services, digestId, when, async (tx, digest, said) => {
    await voidApproval(tx, services.config, digestId, { why: 'withdrawn', by })
    const approval = await addApproval(tx, {
      digestId: digest.id,
      ...said,
      state: 'approved',
      override: true,
      askedBy: by.id,
      decidedBy: by.id,
    })
    await noteDigestEvent(tx, digestId, { kind: 'overridden', when, reason }, by)
    await tellAboutApproval(tx, services.config, approval, {
      event: 'overridden',
      by: byName(by),
      comment: reason,
      except: by,
    })
    return approval
  })

/** Fixes what would go out, where it could go out at all, and says it to `add`; both in one transaction. */
async function propose(
  services: Deps,
  digestId: number,
  when: When,
  add: (tx: Tx, digest: Digest, said: { hash: string; proposal: Proposal }) => Promise<Approval>,
): Promise<AskOutcome> {
  const { config, db } = services
  const read = await findDigest(db, digestId)
  // Before the digest is locked: mails take a while to be made. What is saved in between is looked at when it starts.
  const mails = read && !read.hiddenAt ? await mailFindings(services, read) : []
  const outcome = await db.transaction(async (tx): Promise<AskOutcome> => {
    if (!(await lockDigest(tx, digestId))) return { kind: 'not-found' }
    const saved = await findDigest(tx, digestId)
    if (!saved || saved.hiddenAt) return { kind: 'not-found' }
    if (saved.dispatchId !== null) return { kind: 'dispatched' }
    const at = when.kind === 'at' ? new Date(when.at) : undefined
    const now = await databaseClock(tx)
    const errors = errorsOf(inOrder([...(await contentFindings({ config, db: tx }, saved, at)), ...mails]))
    if (at && at.getTime() < now.getTime() - lateAfter)
      errors.push(error({ code: 'time-is-past', at: at.toISOString() }))
    if (errors.length) return { kind: 'refused', errors }
    await fixBlocks(tx, digestId, await fillSlots(tx, saved))
    const digest = (await findDigest(tx, digestId))!
    const hash = await hashOf({ config, db: tx }, digest, when)
    if (!hash) throw new Error(`digest ${digestId} lost a story while approval was asked for`)
    return {
      kind: 'asked',
      approval: await add(tx, digest, { hash, proposal: await proposalOf(tx, digest, when) }),
    }
  })
  if (outcome.kind === 'asked') services.wake()
  return outcome
}
