import type { Language } from '../domain/languages.ts'
import { readToken, type Token } from '../domain/tokens.ts'
import type { Queryable, Tx } from '../store/client.ts'
import { findNewslettersById, type Newsletter } from '../store/newsletters.ts'
import { findSubscriber, lockSubscriber, type Subscriber } from '../store/subscribers.ts'
import { subscriptionsOf } from '../store/subscriptions.ts'
import { leave, undoable, undoLeaving } from './leave.ts'
import type { Services } from './services.ts'
import type { TokenFault } from './token-fault.ts'

type Deps = Pick<Services, 'db' | 'keys'>
type UnsubscribeToken = Extract<Token, { purpose: 'unsubscribe' }>

/** How a reader stands with the newsletters of an unsubscribe link. */
export type Leaving = {
  kind: 'known'
  /** Undefined: erased, or never there. The link then says what it says to who has left. */
  subscriber: Subscriber | undefined
  /** Those of the link that the reader has. */
  active: Newsletter[]
  /** Those that this link ended in the last 24 hours. */
  undoable: Newsletter[]
  language: Language | undefined
}

/** What a link would end; changes nothing. It can be read whatever became of digest, dispatch and newsletter. */
export async function readLeaving({ db, keys }: Deps, token: string): Promise<Leaving | TokenFault> {
  const reading = readToken(keys, ['unsubscribe'], token)
  if (reading.kind !== 'valid') return reading
  return standOf(db, reading.token, await findSubscriber(db, reading.token.subscriber))
}

export type LeftOutcome = Leaving & { ended: Newsletter[] }

type Request = { by: 'one-click' | 'page'; keep?: readonly number[]; network: string }

/**
 * Ends every newsletter of the link that the reader has, but those to keep (RFC 8058: the URI alone says who and what).
 * A repeat answers the same.
 */
export async function unsubscribe(
  { db, keys }: Deps,
  token: string,
  { by, keep = [], network }: Request,
): Promise<LeftOutcome | TokenFault> {
  const reading = readToken(keys, ['unsubscribe'], token)
  if (reading.kind !== 'valid') return reading
  return db.transaction(async tx => {
    const subscriber = await lockSubscriber(tx, reading.token.subscriber)
    const newsletterIds = reading.token.newsletters.filter(id => !keep.includes(id))
    const ended = subscriber
      ? await leave(tx, { subscriber, token: reading.token, newsletterIds, by, network })
      : []
    return { ...(await standOf(tx, reading.token, subscriber)), ended }
  })
}

/** Brings back what this link ended, for 24 hours. */
export async function undoUnsubscribe(
  { db, keys }: Deps,
  token: string,
  network: string,
): Promise<(Leaving & { revived: Newsletter[] }) | TokenFault> {
  const reading = readToken(keys, ['unsubscribe'], token)
  if (reading.kind !== 'valid') return reading
  return db.transaction(async tx => {
    const subscriber = await lockSubscriber(tx, reading.token.subscriber)
    const revived = subscriber ? await undoLeaving(tx, { subscriber, token: reading.token, network }) : []
    return { ...(await standOf(tx, reading.token, subscriber)), revived }
  })
}

async function standOf(
  db: Queryable | Tx,
  token: UnsubscribeToken,
  subscriber: Subscriber | undefined,
): Promise<Leaving> {
  const [first] = await findNewslettersById(db, token.newsletters)
  const language = first?.language ?? subscriber?.locale
  if (!subscriber) return { kind: 'known', subscriber, active: [], undoable: [], language }
  const active = (await subscriptionsOf(db, subscriber.id))
    .filter(
      row => row.subscription.state === 'active' && token.newsletters.includes(row.subscription.newsletterId),
    )
    .map(row => row.newsletter)
  return { kind: 'known', subscriber, active, undoable: await undoable(db, token), language }
}
