import type { By } from '../domain/by.ts'
import { noteDigestEvent } from '../store/digest-events.ts'
import { findDigest, lockDigest } from '../store/digests.ts'
import { cancelStartedDispatch, findDispatchOf } from '../store/dispatches.ts'
import { markPutBack, markWithdrawn } from '../store/withdrawals.ts'
import type { Services } from './services.ts'

type Wish = { digestId: number; by: By }

/**
 * Takes an edition out of the archive, the feeds and the mails of the latest edition, and says why there; what is unsent
 * is cancelled in the same step. What was mailed can't be called back. A repeat changes nothing, the reason least.
 */
export const withdrawEdition = (
  { db }: Pick<Services, 'db'>,
  { digestId, reason, by }: Wish & { reason: string },
): Promise<{ kind: 'withdrawn'; at: Date; reason: string; cancelled: boolean } | { kind: 'not-sent' }> =>
  db.transaction(async tx => {
    if (!(await lockDigest(tx, digestId))) return { kind: 'not-sent' }
    const [digest, dispatch] = [await findDigest(tx, digestId), await findDispatchOf(tx, digestId)]
    if (!digest || digest.hiddenAt || !dispatch?.startedAt) return { kind: 'not-sent' }
    const { withdrawnAt, withdrawnFor } = digest
    if (withdrawnAt && withdrawnFor !== null)
      return { kind: 'withdrawn', at: withdrawnAt, reason: withdrawnFor, cancelled: false }
    const at = await markWithdrawn(tx, digestId, reason)
    const cancelled = (await cancelStartedDispatch(tx, dispatch.id)) !== undefined
    if (cancelled) await noteDigestEvent(tx, digestId, { kind: 'cancelled' }, by)
    await noteDigestEvent(tx, digestId, { kind: 'withdrawn', reason }, by)
    return { kind: 'withdrawn', at, reason, cancelled }
  })

/** Puts a withdrawn edition back where it stood; what was cancelled with it stays so. Repeatable. */
export const putBackEdition = (
  { db }: Pick<Services, 'db'>,
  { digestId, by }: Wish,
): Promise<{ kind: 'put-back' } | { kind: 'not-sent' }> =>
  db.transaction(async tx => {
    if (!(await lockDigest(tx, digestId))) return { kind: 'not-sent' }
    const digest = await findDigest(tx, digestId)
    if (!digest || digest.hiddenAt) return { kind: 'not-sent' }
    if (!digest.withdrawnAt) return { kind: 'put-back' }
    await markPutBack(tx, digestId)
    await noteDigestEvent(tx, digestId, { kind: 'put_back' }, by)
    return { kind: 'put-back' }
  })
