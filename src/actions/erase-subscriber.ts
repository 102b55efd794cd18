import type { Acting } from '../domain/access-event.ts'
import { blankReplies, formerAddressKeys, removeLinkRequestsOf, removeNoticesOf } from '../store/erasure.ts'
import { lockAllSignUpsOf, removeSignUpsOf } from '../store/sign-ups.ts'
import { findSubscriber, lockSubscriber, removeSubscriber } from '../store/subscribers.ts'
import { suppressErased } from '../store/suppressions.ts'
import { noteAccess } from './note-access.ts'
import type { Services } from './services.ts'

/**
 * Erases a reader (GDPR 17): of the address only its keyed hash stays, among the suppressions; subscriptions, proofs,
 * sign-ups and notices go, those under a former address too; the ledger keeps numbers. Signing up again later works. Answers whether there was one.
 * `acting`: somebody did it for the reader, which is noted.
 */
export async function eraseSubscriber(
  services: Pick<Services, 'db' | 'keys' | 'config' | 'wake'>,
  id: number,
  acting?: Acting,
): Promise<'erased' | 'unknown'> {
  const { db, keys } = services
  const reader = await findSubscriber(db, id)
  if (!reader) return 'unknown'
  const { addressKey } = reader
  const outcome = await db.transaction(async tx => {
    const addressKeys = [addressKey, ...(await formerAddressKeys(tx, { id, addressKey }))].sort()
    // Notices, sign-ups, reader: the order in which whoever sends or confirms locks them too.
    for (const key of addressKeys) await removeNoticesOf(tx, { id, addressKey: key })
    for (const key of addressKeys) await lockAllSignUpsOf(tx, key)
    const locked = await lockSubscriber(tx, id)
    if (!locked) return 'unknown'
    if (locked.addressKey !== addressKey) return 'moved'
    await suppressErased(tx, keys, addressKey)
    for (const key of addressKeys) {
      await removeSignUpsOf(tx, key)
      await removeLinkRequestsOf(tx, key)
    }
    await blankReplies(tx, id)
    await removeSubscriber(tx, id)
    if (acting) await noteAccess(tx, services, { kind: 'reader-erased', reader: id }, acting)
    return 'erased'
  })
  if (outcome === 'moved') return eraseSubscriber(services, id, acting)
  // What was queued while the transaction waited.
  await removeNoticesOf(db, { id, addressKey })
  services.wake()
  return outcome
}
