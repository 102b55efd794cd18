import { type Subscription, subscriptionOf } from '../domain/subscription.ts'
import { blocksConfirmation } from '../domain/suppression.ts'
import { readToken, type Token } from '../domain/tokens.ts'
import type { Queryable } from '../store/client.ts'
import { databaseTime } from '../store/clock.ts'
import { listNewsletters, type Newsletter } from '../store/newsletters.ts'
import { findSubscriber, type Subscriber } from '../store/subscribers.ts'
import { subscriptionsOf } from '../store/subscriptions.ts'
import { suppressionCauses } from '../store/suppressions.ts'
import { undoable } from './leave.ts'
import type { Services } from './services.ts'
import type { TokenFault } from './token-fault.ts'

type Deps = Pick<Services, 'db' | 'keys'>
export type PreferencesToken = Extract<Token, { purpose: 'manage' | 'preferences' }>

/** A reader's preferences, as far as the link opens them. */
export type Preferences = {
  kind: 'open'
  /** `lessen`: from a digest, which may have been forwarded. `all`: mailed in the last hour. */
  scope: 'lessen' | 'all'
  token: PreferencesToken
  subscriber: Subscriber
  /** What the reader has or had, in the order of the front page. */
  subscriptions: { newsletter: Newsletter; subscription: Subscription }[]
  /** Open ones that the reader does not have; only where the link may add. */
  joinable: Newsletter[]
  /** What this link ended in the last 24 hours. */
  undoable: Newsletter[]
  /** The address gets nothing, whatever is chosen here, until an owner lifts it. */
  barred: boolean
}

export type PreferencesReading =
  | Preferences
  | { kind: 'expired'; subscriber: Subscriber }
  /** The reader was erased. */
  | { kind: 'gone' }
  | TokenFault

/** What a preferences link opens; changes nothing. */
export async function readPreferences({ db, keys }: Deps, token: string): Promise<PreferencesReading> {
  const reading = readToken(keys, ['manage', 'preferences'], token)
  if (reading.kind !== 'valid') return reading
  return openPreferences(db, keys, reading.token)
}

/** The same for a token that was read already. */
export async function openPreferences(
  db: Queryable,
  keys: Services['keys'],
  token: PreferencesToken,
): Promise<Exclude<PreferencesReading, TokenFault>> {
  const subscriber = await findSubscriber(db, token.subscriber)
  if (!subscriber) return { kind: 'gone' }
  const now = await databaseTime(db)
  if (token.purpose === 'preferences' && token.expires * 1000 < now.getTime())
    return { kind: 'expired', subscriber }
  const scope = token.purpose === 'manage' ? 'lessen' : 'all'
  const subscriptions = (await subscriptionsOf(db, subscriber.id)).map(row => ({
    newsletter: row.newsletter,
    subscription: subscriptionOf(row.subscription, now),
  }))
  const has = (id: number) =>
    subscriptions.some(row => row.newsletter.id === id && row.subscription.state !== 'ended')
  const newsletters = scope === 'all' ? await listNewsletters(db) : []
  return {
    kind: 'open',
    scope,
    token,
    subscriber,
    subscriptions,
    joinable: newsletters.filter(newsletter => newsletter.state === 'open' && !has(newsletter.id)),
    undoable: await undoable(db, token),
    barred: blocksConfirmation(await suppressionCauses(db, keys, subscriber.addressKey)),
  }
}
