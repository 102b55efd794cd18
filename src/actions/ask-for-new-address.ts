import { type AddressRefusal, parseEmailAddress } from '../domain/email-address.ts'
import { mailLimits } from '../domain/mail-limits.ts'
import { blocksConfirmation } from '../domain/suppression.ts'
import { countAddressChanges } from '../store/address-changes.ts'
import { queueNotice } from '../store/notices.ts'
import { lockSubscriber } from '../store/subscribers.ts'
import { suppressionCauses } from '../store/suppressions.ts'
import type { Services } from './services.ts'

export type NewAddressRequest =
  | { kind: 'address-asked'; address: string }
  | { kind: 'address-refused'; reason: AddressRefusal | 'same' }
  | { kind: 'too-many'; retryAfter: number }
  | { kind: 'nothing' }

/**
 * Mails a link to a reader's new address, so that whoever reads there proves it; three in 24 hours. The answer tells
 * nothing about that address: one that objected is not written to, and one that another reader has is refused only
 * to who proves it.
 */
export async function askForNewAddress(
  { db, keys, config, wake }: Pick<Services, 'db' | 'keys' | 'config' | 'wake'>,
  subscriberId: number,
  typed: string,
): Promise<NewAddressRequest> {
  const reading = parseEmailAddress(typed)
  if (reading.kind === 'refused') return { kind: 'address-refused', reason: reading.reason }
  const { address, key } = reading.address
  const outcome = await db.transaction(async (tx): Promise<NewAddressRequest> => {
    const subscriber = await lockSubscriber(tx, subscriberId)
    if (!subscriber) return { kind: 'nothing' }
    if (subscriber.address === address) return { kind: 'address-refused', reason: 'same' }
    if ((await countAddressChanges(tx, subscriberId)) >= mailLimits.perDay)
      return { kind: 'too-many', retryAfter: 24 * 3600 }
    if (!blocksConfirmation(await suppressionCauses(tx, keys, key)))
      await queueNotice(tx, {
        kind: 'address_change',
        recipient: address,
        language: subscriber.locale,
        transport: config.transport.kind,
        content: { subscriberId },
        subscriberId,
      })
    return { kind: 'address-asked', address }
  })
  if (outcome.kind === 'address-asked') wake()
  return outcome
}
