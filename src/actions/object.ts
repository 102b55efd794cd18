import { readToken } from '../domain/tokens.ts'
import type { Queryable } from '../store/client.ts'
import { findSignUp, type SignUp, updateSignUps, withdrawConfirmations } from '../store/sign-ups.ts'
import { findSubscriberByKey } from '../store/subscribers.ts'
import { subscriptionsOf } from '../store/subscriptions.ts'
import { suppress, suppressionCauses } from '../store/suppressions.ts'
import type { Services } from './services.ts'
import type { TokenFault } from './token-fault.ts'

type Deps = Pick<Services, 'db' | 'keys'>

/** How a "This wasn't me" link stands. */
export type Objection =
  /** `reads`: names of newsletters that the address gets now; they stop too. */
  | { kind: 'open'; signUp: SignUp; reads: string[] }
  | { kind: 'objected'; signUp: SignUp }
  | { kind: 'gone' }
  | TokenFault

/** What a "This wasn't me" link would do; changes nothing. */
export async function readObjection({ db, keys }: Deps, token: string): Promise<Objection> {
  const reading = readToken(keys, ['objection'], token)
  if (reading.kind !== 'valid') return reading
  const signUp = await findSignUp(db, reading.token.signUp)
  if (!signUp) return { kind: 'gone' }
  const causes = await suppressionCauses(db, keys, signUp.addressKey)
  if (causes.includes('objected')) return { kind: 'objected', signUp }
  return { kind: 'open', signUp, reads: await newslettersOf(db, signUp.addressKey) }
}

/**
 * "This wasn't me, never write again": nothing goes to this address any more, not even what a reader of it signed up
 * for before, until an owner lifts it. Confirmations that wait are taken back. Subscriptions stand as they are: the
 * suppression is what holds, and the page says so.
 */
export async function object({ db, keys }: Deps, token: string, network: string): Promise<Objection> {
  const reading = readToken(keys, ['objection'], token)
  if (reading.kind !== 'valid') return reading
  const found = await findSignUp(db, reading.token.signUp)
  if (!found) return { kind: 'gone' }
  return db.transaction(async tx => {
    // Before the sign-up is locked: whoever notes a mail as sent locks in this order too.
    await withdrawConfirmations(tx, found.addressKey)
    const signUp = await findSignUp(tx, found.id, 'lock')
    if (!signUp) return { kind: 'gone' }
    await suppress(tx, keys, {
      addressKey: signUp.addressKey,
      cause: 'objected',
      evidence: { signUp: signUp.id, network },
    })
    if (signUp.state !== 'confirmed')
      await updateSignUps(tx, [signUp.id], { state: 'objected', mergedInto: null })
    return { kind: 'objected', signUp }
  })
}

async function newslettersOf(db: Queryable, addressKey: string): Promise<string[]> {
  const subscriber = await findSubscriberByKey(db, addressKey)
  if (!subscriber) return []
  return (await subscriptionsOf(db, subscriber.id))
    .filter(row => row.subscription.state === 'active')
    .map(row => row.newsletter.name)
}
