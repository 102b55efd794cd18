import { blankReplies, removeLinkRequestsOf, removeNoticesOf } from '../store/erasure.ts'
import { lockAllSignUpsOf, removeSignUpsOf } from '../store/sign-ups.ts'
import { findSubscriber, lockSubscriber, removeSubscriber } from '../store/subscribers.ts'
import { suppressErased } from '../store/suppressions.ts'
import type { Services } from './services.ts'

/**
 * Erases a reader (GDPR 17): of the address only its keyed hash stays, among the suppressions; subscriptions, proofs,
 * sign-ups and notices go; the ledger keeps numbers. Signing up again later works. Answers whether there was one.
 */
export async function eraseSubscriber(
  { db, keys }: Pick<Services, 'db' | 'keys'>,
  id: number,
): Promise<'erased' | 'unknown'> {
  const reader = await findSubscriber(db, id)
  if (!reader) return 'unknown'
  const { addressKey } = reader
  const outcome = await db.transaction(async tx => {
    // Notices, sign-ups, reader: the order in which whoever sends or confirms locks them too.
    await removeNoticesOf(tx, { id, addressKey })
    await lockAllSignUpsOf(tx, addressKey)
    const locked = await lockSubscriber(tx, id)
    if (!locked) return 'unknown'
    if (locked.addressKey !== addressKey) return 'moved'
    await suppressErased(tx, keys, addressKey)
    await removeSignUpsOf(tx, addressKey)
    await removeLinkRequestsOf(tx, addressKey)
    await blankReplies(tx, id)
    await removeSubscriber(tx, id)
    return 'erased'
  })
  if (outcome === 'moved') return eraseSubscriber({ db, keys }, id)
  // What was queued while the transaction waited.
  await removeNoticesOf(db, { id, addressKey })
  return outcome
}
