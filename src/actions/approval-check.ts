import type { When } from '../domain/approval.ts'
import { error, type Finding } from '../domain/preflight/finding.ts'
import { liveApproval } from '../store/approvals.ts'
import type { Queryable } from '../store/client.ts'
import type { Digest } from '../store/digests.ts'
import { findNewslettersById } from '../store/newsletters.ts'
import { hashOf } from './proposal.ts'
import type { Services } from './services.ts'

/** Those of a digest's newsletters that demand a second person. */
export async function newslettersThatAsk(db: Queryable, digest: Digest): Promise<string[]> {
  const newsletters = await findNewslettersById(
    db,
    digest.newsletters.map(one => one.id),
  )
  return newsletters.filter(one => one.needsApproval).map(one => one.name)
}

/**
 * The error that keeps a digest from going out: one of its newsletters demands approval, and nobody approved of just this,
 * for just that time. `when` absent: for whatever time was approved.
 */
export async function approvalFindings(
  reach: { config: Services['config']; db: Queryable },
  digest: Digest,
  when?: When,
): Promise<Finding[]> {
  const newsletters = await newslettersThatAsk(reach.db, digest)
  if (!newsletters.length) return []
  const live = await liveApproval(reach.db, digest.id)
  const holds =
    live?.state === 'approved' && live.hash === (await hashOf(reach, digest, when ?? live.proposal.when))
  return holds ? [] : [error({ code: 'not-approved', newsletters, waits: live?.state === 'asked' })]
}
