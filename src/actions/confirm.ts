import { linksOf } from '../domain/publication.ts'
import { blocksConfirmation } from '../domain/suppression.ts'
import { readToken } from '../domain/tokens.ts'
import { confirmWording, type Wording, wordingOf } from '../domain/wording.ts'
import type { Queryable, Tx } from '../store/client.ts'
import { recordConsent } from '../store/consents.ts'
import { type LatestEdition, latestEditionFor } from '../store/latest-edition.ts'
import { findNewslettersById, holdNewsletters, type Newsletter } from '../store/newsletters.ts'
import { readPublication } from '../store/publication.ts'
import { findSignUp, markConfirmed, mergedInto, type SignUp } from '../store/sign-ups.ts'
import { findSubscriberByKey, provenSubscriber } from '../store/subscribers.ts'
import { startSubscriptions, subscriptionsOf } from '../store/subscriptions.ts'
import { liftByProof, suppressionCauses } from '../store/suppressions.ts'
import type { Services } from './services.ts'
import type { TokenFault } from './token-fault.ts'

type Deps = Pick<Services, 'db' | 'keys'>

/** How a confirmation's link stands. */
export type Confirmation =
  /** Not confirmed yet; `wording` is what the button agrees to. */
  | { kind: 'open'; signUp: SignUp; newsletters: Newsletter[]; wording: Wording }
  /** Confirmed, now or before, and still reading these. */
  | { kind: 'confirmed'; signUp: SignUp; newsletters: Newsletter[]; latest: LatestEdition | undefined }
  /** Confirmed once; the reader left since, or has another address. */
  | { kind: 'used'; signUp: SignUp }
  | { kind: 'expired'; signUp: SignUp }
  /** The address asked never to be written to, or complained: only an owner may take it on again. */
  | { kind: 'barred'; signUp: SignUp }
  /** Its newsletters exist no more. */
  | { kind: 'ended'; signUp: SignUp }
  /** The sign-up was removed: after 30 days, or with its reader. */
  | { kind: 'gone' }
  | TokenFault

/** What a confirmation's link would do; changes nothing. */
export async function readConfirmation({ db, keys }: Deps, token: string): Promise<Confirmation> {
  const reading = readToken(keys, ['confirm'], token)
  if (reading.kind !== 'valid') return reading
  const signUp = await findSignUp(db, reading.token.signUp)
  return signUp ? standOf(db, keys, signUp) : { kind: 'gone' }
}

/**
 * Confirms what the link's mail asked, once: the reader comes to be, the subscriptions become active, the proof is
 * written. A repeat answers how things stand and changes nothing; least of all it brings back somebody who left.
 */
export async function confirm({ db, keys }: Deps, token: string, network: string): Promise<Confirmation> {
  const reading = readToken(keys, ['confirm'], token)
  if (reading.kind !== 'valid') return reading
  return db.transaction(async tx => {
    const signUp = await findSignUp(tx, reading.token.signUp, 'lock')
    if (!signUp) return { kind: 'gone' }
    const stand = await standOf(tx, keys, signUp)
    if (stand.kind !== 'open') return stand
    const newsletters = await holdNewsletters(tx, signUp.newsletterIds)
    if (!newsletters.length) return { kind: 'ended', signUp }
    await write(tx, keys, { ...stand, newsletters }, network)
    return standOf(tx, keys, { ...signUp, state: 'confirmed' })
  })
}

async function standOf(
  db: Queryable,
  keys: Services['keys'],
  signUp: SignUp & { expired: boolean },
): Promise<Confirmation> {
  switch (signUp.state) {
    case 'objected':
    case 'refused':
      return { kind: 'barred', signUp }
    case 'confirmed':
      return confirmedStand(db, signUp)
    case 'waiting':
    case 'asked':
    case 'merged': {
      if (signUp.expired) return { kind: 'expired', signUp }
      const causes = await suppressionCauses(db, keys, signUp.addressKey)
      if (blocksConfirmation(causes)) return { kind: 'barred', signUp }
      const newsletters = await findNewslettersById(db, signUp.newsletterIds)
      if (!newsletters.length) return { kind: 'ended', signUp }
      const publication = await readPublication(db)
      const { name } = publication
      return {
        kind: 'open',
        signUp,
        newsletters,
        wording: wordingOf(confirmWording[linksOf(publication)], signUp.language, {
          publication: name,
          newsletters,
        }),
      }
    }
  }
}

async function confirmedStand(db: Queryable, signUp: SignUp): Promise<Confirmation> {
  const subscriber = await findSubscriberByKey(db, signUp.addressKey)
  const theirs = subscriber ? await subscriptionsOf(db, subscriber.id) : []
  const newsletters = theirs
    .filter(row => row.subscription.state === 'active' && signUp.newsletterIds.includes(row.newsletter.id))
    .map(row => row.newsletter)
  if (!subscriber || !newsletters.length) return { kind: 'used', signUp }
  const inOrder = signUp.newsletterIds.filter(id => newsletters.some(newsletter => newsletter.id === id))
  return {
    kind: 'confirmed',
    signUp,
    newsletters,
    latest: await latestEditionFor(db, subscriber.id, inOrder),
  }
}

type Open = Extract<Confirmation, { kind: 'open' }>

async function write(
  tx: Tx,
  keys: Services['keys'],
  { signUp, newsletters, wording }: Open,
  network: string,
) {
  const subscriberId = await provenSubscriber(tx, {
    address: { address: signUp.address, key: signUp.addressKey },
    name: signUp.name ?? undefined,
    language: signUp.language,
  })
  await recordAsked(tx, subscriberId, signUp)
  const consentId = await recordConsent(tx, {
    subscriberId,
    kind: 'confirmed',
    newsletterIds: newsletters.map(newsletter => newsletter.id),
    wording: wording.text,
    wordingVersion: wording.version,
    form: 'confirm page',
    origin: '/confirm',
    network,
  })
  await startSubscriptions(
    tx,
    subscriberId,
    newsletters.map(newsletter => newsletter.id),
    consentId,
  )
  await liftByProof(tx, keys, signUp.addressKey)
  await markConfirmed(tx, signUp.id)
}

/**
 * Who asked, where and in which words: of the requests that one mail answered, those that added a newsletter. The head
 * comes last, since it took on the newsletters of the others.
 */
async function recordAsked(tx: Tx, subscriberId: number, signUp: SignUp) {
  const told = new Set<number>()
  for (const request of [...(await mergedInto(tx, signUp.id)), signUp]) {
    const fresh = request.newsletterIds.filter(id => !told.has(id))
    if (!fresh.length) continue
    for (const id of fresh) told.add(id)
    await recordConsent(tx, {
      subscriberId,
      kind: 'asked',
      newsletterIds: fresh,
      wording: request.wording,
      wordingVersion: request.wordingVersion,
      form: request.form,
      origin: request.origin,
      network: request.network,
      at: request.createdAt,
    })
  }
}
