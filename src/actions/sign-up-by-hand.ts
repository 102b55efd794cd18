import type { Language } from '../domain/languages.ts'
import { sayList } from '../domain/say-list.ts'
import { readSignUp, type SignUpFaults, type TypedSignUp } from '../domain/sign-up.ts'
import { blocksConfirmation, type SuppressionCause } from '../domain/suppression.ts'
import { addSignUp } from '../store/sign-ups.ts'
import { findSubscriberByKey } from '../store/subscribers.ts'
import { subscriptionsOf } from '../store/subscriptions.ts'
import { suppressionCauses } from '../store/suppressions.ts'
import { askWithinLimit } from './ask-within-limit.ts'
import type { Services } from './services.ts'
import type { Offer } from './sign-up.ts'

export type HandSignUp = TypedSignUp & {
  /** Where the consent came from, in the editor's words: kept as the proof. */
  consent: string
  network: string
}

export type HandSignUpOutcome =
  | { kind: 'taken' }
  | { kind: 'refused'; faults: SignUpFaults }
  /** Only an owner may write to it again. */
  | { kind: 'barred'; causes: SuppressionCause[] }
  /** Reads all of these. */
  | { kind: 'reads'; subscriberId: number }
  /** Too much from this network; `retryAfter` in seconds. */
  | { kind: 'too-many'; retryAfter: number }

// A changed sentence needs a new number: the proof names it.
const sentences: Record<Language, (publication: string, newsletters: string, consent: string) => string> = {
  en: (publication, newsletters, consent) =>
    `An editor of ${publication} asked for: ${newsletters}. Where the consent came from: ${consent}`,
  de: (publication, newsletters, consent) =>
    `Die Redaktion von ${publication} bestellte: ${newsletters}. Woher die Einwilligung kommt: ${consent}`,
}

/**
 * Asks a person whom an editor names, by the same row and the same limits as their own sign-up: nothing but the
 * confirmation is sent, and they are no reader until they confirm. Unlike a stranger, an editor is told why not.
 */
export async function signUpByHand(
  services: Services,
  { publication, newsletters }: Offer,
  request: HandSignUp,
): Promise<HandSignUpOutcome> {
  const { db, keys, config } = services
  const reading = readSignUp(request, newsletters)
  if (reading.kind === 'refused') return reading
  const { address, newsletters: chosen, name } = reading
  const causes = await suppressionCauses(db, keys, address.key)
  if (blocksConfirmation(causes)) return { kind: 'barred', causes }
  const known = await findSubscriberByKey(db, address.key)
  const theirs = known ? await subscriptionsOf(db, known.id) : []
  const active = new Set(
    theirs.filter(row => row.subscription.state === 'active').map(row => row.newsletter.id),
  )
  if (known && chosen.every(newsletter => active.has(newsletter.id)))
    return { kind: 'reads', subscriberId: known.id }
  const language = chosen[0]!.language
  const names = sayList(
    chosen.map(newsletter => newsletter.name),
    language,
  )
  const wait = await askWithinLimit(services, request.network, tx =>
    addSignUp(tx, {
      address: address.address,
      addressKey: address.key,
      limitKey: address.limitKey,
      name,
      newsletterIds: chosen.map(newsletter => newsletter.id),
      form: 'editor',
      origin: '/admin/readers/add',
      wording: sentences[language](publication.name, names, request.consent),
      wordingVersion: `by-editor/${language}/1`,
      language,
      network: request.network,
      transport: config.transport.kind,
    }),
  )
  return wait === undefined ? { kind: 'taken' } : { kind: 'too-many', retryAfter: wait }
}
