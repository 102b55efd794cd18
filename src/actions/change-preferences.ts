import type { AddressRefusal } from '../domain/email-address.ts'
import type { PreferenceChange } from '../domain/preference-change.ts'
import { pauses } from '../domain/subscription.ts'
import { readToken } from '../domain/tokens.ts'
import type { Tx } from '../store/client.ts'
import { findNewslettersById, holdNewsletters, type Newsletter } from '../store/newsletters.ts'
import { lockSubscriber, type Subscriber, updateSubscriber } from '../store/subscribers.ts'
import { pauseSubscription, startSubscriptions, subscriptionsOf } from '../store/subscriptions.ts'
import { liftByProof } from '../store/suppressions.ts'
import { askForNewAddress } from './ask-for-new-address.ts'
import { leave, recordDecision, undoLeaving } from './leave.ts'
import { openPreferences, type Preferences, type PreferencesReading } from './preferences.ts'
import { requestLink } from './request-link.ts'
import type { Services } from './services.ts'
import type { TokenFault } from './token-fault.ts'

export type Changed =
  | { kind: 'left' | 'paused' | 'resumed' | 'joined' | 'undone'; newsletters: Newsletter[] }
  | { kind: 'saved' }
  | { kind: 'link-mailed' }
  /** A mail went to the new address, if it may be written to. */
  | { kind: 'address-asked'; address: string }
  | { kind: 'address-refused'; reason: AddressRefusal | 'same' }
  | { kind: 'too-many'; retryAfter: number }
  /** The state was different by then; nothing changed. */
  | { kind: 'nothing' }
  /** A digest's link may only lessen: this needs a fresh one. */
  | { kind: 'needs-fresh-link' }
  /** The address is barred: only an owner may take it on again. */
  | { kind: 'barred' }

type Outcome = { changed: Changed; now: PreferencesReading }

/**
 * Does what a reader asks of the preferences page, as far as the link may: from a digest it only lessens and takes
 * that back. Answers what changed, and how things stand then.
 */
export async function changePreferences(
  services: Services,
  token: string,
  change: PreferenceChange,
  network: string,
): Promise<Outcome | TokenFault | Exclude<PreferencesReading, Preferences>> {
  const { db, keys } = services
  const reading = readToken(keys, ['manage', 'preferences'], token)
  if (reading.kind !== 'valid') return reading
  const before = await openPreferences(db, keys, reading.token)
  if (before.kind !== 'open') return before
  const changed = await act(services, before, change, network)
  return { changed, now: await openPreferences(db, keys, reading.token) }
}

async function act(
  services: Services,
  { token, subscriber: { id, address }, scope, barred }: Preferences,
  change: PreferenceChange,
  network: string,
): Promise<Changed> {
  const { db, keys } = services
  const inTurn = (work: (tx: Tx, subscriber: Subscriber) => Promise<Changed>) =>
    db.transaction(async (tx): Promise<Changed> => {
      const subscriber = await lockSubscriber(tx, id)
      return subscriber ? work(tx, subscriber) : { kind: 'nothing' }
    })

  switch (change.kind) {
    case 'leave':
    case 'leave-all':
      return inTurn(async (tx, subscriber) => {
        const newsletterIds =
          change.kind === 'leave'
            ? [change.newsletterId]
            : (await subscriptionsOf(tx, id)).map(row => row.newsletter.id)
        return answer('left', await leave(tx, { subscriber, token, newsletterIds, by: 'page', network }))
      })
    case 'undo':
      return inTurn(async (tx, subscriber) =>
        answer('undone', await undoLeaving(tx, { subscriber, token, network })),
      )
    case 'pause':
    case 'resume':
      return inTurn(async (tx, subscriber) => {
        const days = change.kind === 'resume' ? 'resume' : pauses[change.span]
        if (!(await pauseSubscription(tx, id, change.newsletterId, days))) return { kind: 'nothing' }
        const newsletters = await findNewslettersById(tx, [change.newsletterId])
        const kind = change.kind === 'resume' ? 'resumed' : 'paused'
        await recordDecision(tx, change.kind, kind, { subscriber, token, network, newsletters })
        return { kind, newsletters }
      })
    case 'link': {
      const outcome = await requestLink(services, { email: address, network })
      return outcome.kind === 'too-many' ? outcome : { kind: 'link-mailed' }
    }
  }
  if (scope === 'lessen') return { kind: 'needs-fresh-link' }
  switch (change.kind) {
    case 'join':
      if (barred) return { kind: 'barred' }
      return inTurn(async (tx, subscriber) => {
        const newsletters = (await holdNewsletters(tx, [change.newsletterId])).filter(
          newsletter => newsletter.state === 'open',
        )
        if (!newsletters.length) return { kind: 'nothing' }
        const decision = { subscriber, token, network, newsletters }
        const consentId = await recordDecision(tx, 'join', 'joined', decision)
        await startSubscriptions(tx, id, [change.newsletterId], consentId)
        await liftByProof(tx, keys, subscriber.addressKey)
        return { kind: 'joined', newsletters }
      })
    case 'profile':
      await updateSubscriber(db, id, { name: change.name, locale: change.language })
      return { kind: 'saved' }
    case 'address':
      return askForNewAddress(services, id, change.email)
  }
}

const answer = (kind: 'left' | 'undone', newsletters: Newsletter[]): Changed =>
  newsletters.length ? { kind, newsletters } : { kind: 'nothing' }
