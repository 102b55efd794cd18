import { leavingLink } from '../domain/leaving.ts'
import { undoHours } from '../domain/subscription.ts'
import type { Token } from '../domain/tokens.ts'
import { type WordingKind, wordingOf } from '../domain/wording.ts'
import type { Queryable, Tx } from '../store/client.ts'
import { recordConsent } from '../store/consents.ts'
import { findNewslettersById, type Newsletter } from '../store/newsletters.ts'
import { readPublication } from '../store/publication.ts'
import type { Subscriber } from '../store/subscribers.ts'
import { endedByLink, endSubscriptions, reviveSubscriptions } from '../store/subscriptions.ts'

type LinkToken = Extract<Token, { purpose: 'unsubscribe' | 'manage' | 'preferences' }>

type Leaving = {
  subscriber: Subscriber
  token: LinkToken
  newsletterIds: readonly number[]
  /** One click of a mail client, or a page's button. */
  by: 'one-click' | 'page'
  network: string
}

/** Ends what is active among the newsletters, with its proof; answers what it ended. The reader is locked already. */
export async function leave(tx: Tx, leaving: Leaving): Promise<Newsletter[]> {
  const { subscriber, token, by } = leaving
  const reason = token.purpose === 'unsubscribe' ? (by === 'one-click' ? 'one_click' : 'left') : 'preferences'
  const ended = await endSubscriptions(tx, subscriber.id, leaving.newsletterIds, reason)
  if (!ended.length) return []
  const newsletters = await findNewslettersById(
    tx,
    leaving.newsletterIds.filter(id => ended.includes(id)),
  )
  await recordDecision(tx, by === 'one-click' ? 'one-click' : 'leave', 'left', { ...leaving, newsletters })
  return newsletters
}

/** What the link ended in the last 24 hours and can bring back. */
export async function undoable(db: Queryable, token: LinkToken): Promise<Newsletter[]> {
  return findNewslettersById(db, await endedByLink(db, leavingLink(token), undoHours))
}

/** Brings back what the link ended in the last 24 hours, as it was, with its proof; answers what it brought back. */
export async function undoLeaving(
  tx: Tx,
  { subscriber, token, network }: Pick<Leaving, 'subscriber' | 'token' | 'network'>,
): Promise<Newsletter[]> {
  const newsletters = await undoable(tx, token)
  if (!newsletters.length) return []
  const consentId = await recordDecision(tx, 'undo', 'undone', { subscriber, token, network, newsletters })
  await reviveSubscriptions(
    tx,
    subscriber.id,
    newsletters.map(newsletter => newsletter.id),
    consentId,
  )
  return newsletters
}

type Decision = {
  subscriber: Subscriber
  token: LinkToken
  network: string
  newsletters: Newsletter[]
  reason?: string
}

/** Writes the proof of what a reader decided by a link, in the words that stood there. */
export async function recordDecision(
  tx: Tx,
  wordingKind: WordingKind,
  kind: 'left' | 'undone' | 'joined' | 'paused' | 'resumed' | 'reason',
  { subscriber, token, network, newsletters, reason }: Decision,
): Promise<number> {
  const { name } = await readPublication(tx)
  const language = newsletters[0]?.language ?? subscriber.locale
  const wording = wordingOf(wordingKind, language, { publication: name, newsletters })
  const { origin, dispatchId } = leavingLink(token)
  return recordConsent(tx, {
    subscriberId: subscriber.id,
    kind,
    newsletterIds: newsletters.map(newsletter => newsletter.id),
    wording: wording.text,
    wordingVersion: wording.version,
    form: wordingKind === 'one-click' ? 'one-click' : `${token.purpose} page`,
    origin,
    network,
    dispatchId,
    ...(reason !== undefined && { reason }),
  })
}
