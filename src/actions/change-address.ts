import { parseEmailAddress } from '../domain/email-address.ts'
import { blocksConfirmation } from '../domain/suppression.ts'
import { readToken } from '../domain/tokens.ts'
import { type Wording, wordingOf } from '../domain/wording.ts'
import { findAddressChange } from '../store/address-changes.ts'
import type { Queryable } from '../store/client.ts'
import { databaseTime } from '../store/clock.ts'
import { recordConsent } from '../store/consents.ts'
import { queueNotice } from '../store/notices.ts'
import { readPublication } from '../store/publication.ts'
import {
  findSubscriber,
  findSubscriberByKey,
  lockSubscriber,
  moveSubscriber,
  type Subscriber,
} from '../store/subscribers.ts'
import { subscriptionsOf } from '../store/subscriptions.ts'
import { liftByProof, suppressionCauses } from '../store/suppressions.ts'
import type { Services } from './services.ts'
import type { TokenFault } from './token-fault.ts'

/** How a link to a new address stands. */
export type AddressChange =
  | { kind: 'open'; subscriber: Subscriber; newAddress: string; wording: Wording }
  /** The reader has this address now. */
  | { kind: 'changed'; subscriber: Subscriber; newAddress: string }
  /** Another reader has it: told only to who proved to read there. */
  | { kind: 'taken'; subscriber: Subscriber; newAddress: string }
  /** It objected or complained before; only an owner may take it on again. */
  | { kind: 'barred'; subscriber: Subscriber; newAddress: string }
  /** Older than an hour, or another change was asked for or made since. */
  | { kind: 'expired'; subscriber: Subscriber }
  | { kind: 'gone' }
  | TokenFault

type AddressToken = { subscriber: number; notice: number; expires: number }

/** What the link mailed to a new address would do; changes nothing. */
export async function readAddressChange(
  { db, keys }: Pick<Services, 'db' | 'keys'>,
  token: string,
): Promise<AddressChange> {
  const reading = readToken(keys, ['address'], token)
  if (reading.kind !== 'valid') return reading
  const subscriber = await findSubscriber(db, reading.token.subscriber)
  return subscriber ? standOf(db, keys, reading.token, subscriber) : { kind: 'gone' }
}

/** Moves a reader to the address that they proved, and tells both addresses. A repeat changes nothing. */
export async function changeAddress(
  { db, keys, config, wake }: Pick<Services, 'db' | 'keys' | 'config' | 'wake'>,
  token: string,
  network: string,
): Promise<AddressChange> {
  const reading = readToken(keys, ['address'], token)
  if (reading.kind !== 'valid') return reading
  const outcome = await db.transaction(async (tx): Promise<AddressChange> => {
    const subscriber = await lockSubscriber(tx, reading.token.subscriber)
    if (!subscriber) return { kind: 'gone' }
    const stand = await standOf(tx, keys, reading.token, subscriber)
    if (stand.kind !== 'open') return stand
    const { newAddress, wording } = stand
    const addressKey = newAddress.toLowerCase()
    if (!(await moveSubscriber(tx, subscriber.id, { address: newAddress, addressKey })))
      return { ...stand, kind: 'taken' }
    await liftByProof(tx, keys, addressKey)
    const theirs = await subscriptionsOf(tx, subscriber.id)
    await recordConsent(tx, {
      subscriberId: subscriber.id,
      kind: 'address_changed',
      newsletterIds: theirs.map(row => row.newsletter.id),
      wording: wording.text,
      wordingVersion: wording.version,
      form: 'new address page',
      origin: '/new-address',
      network,
    })
    for (const recipient of [subscriber.address, newAddress])
      await queueNotice(tx, {
        kind: 'address_changed',
        recipient,
        language: subscriber.locale,
        transport: config.transport.kind,
        content: { subscriberId: subscriber.id, oldAddress: subscriber.address, newAddress },
        subscriberId: subscriber.id,
      })
    return { kind: 'changed', subscriber: { ...subscriber, address: newAddress, addressKey }, newAddress }
  })
  if (outcome.kind === 'changed') wake()
  return outcome
}

async function standOf(
  db: Queryable,
  keys: Services['keys'],
  token: AddressToken,
  subscriber: Subscriber,
): Promise<AddressChange> {
  const change = await findAddressChange(db, subscriber.id, token.notice)
  if (!change) return { kind: 'expired', subscriber }
  const address = parseEmailAddress(change.newAddress)
  if (address.kind !== 'address') return { kind: 'expired', subscriber }
  const { address: newAddress, key } = address.address
  if (subscriber.address === newAddress) return { kind: 'changed', subscriber, newAddress }
  const now = await databaseTime(db)
  if (token.expires * 1000 < now.getTime() || change.superseded) return { kind: 'expired', subscriber }
  if (blocksConfirmation(await suppressionCauses(db, keys, key)))
    return { kind: 'barred', subscriber, newAddress }
  const other = await findSubscriberByKey(db, key)
  if (other && other.id !== subscriber.id) return { kind: 'taken', subscriber, newAddress }
  const { name } = await readPublication(db)
  const wording = wordingOf('address', subscriber.locale, { publication: name, newsletters: [] })
  return { kind: 'open', subscriber, newAddress, wording }
}
