import { readToken } from '../domain/tokens.ts'
import { findNewslettersById } from '../store/newsletters.ts'
import { addSignUp, findSignUp } from '../store/sign-ups.ts'
import { askWithinLimit } from './ask-within-limit.ts'
import type { Services } from './services.ts'

export type AskAgainOutcome =
  /** `newsletters` by name: those that still take readers. */
  | { kind: 'taken'; newsletters: string[] }
  | { kind: 'too-many'; retryAfter: number }
  /** None of its newsletters takes readers now. */
  | { kind: 'ended' }
  | { kind: 'unknown' }

/** From a confirmation's link that ran out: the same request anew, under the limits of every sign-up. */
export async function askAgain(services: Services, token: string, network: string): Promise<AskAgainOutcome> {
  const { db, keys } = services
  const reading = readToken(keys, ['confirm'], token)
  if (reading.kind !== 'valid') return { kind: 'unknown' }
  const signUp = await findSignUp(db, reading.token.signUp)
  if (!signUp) return { kind: 'unknown' }
  const newsletters = await findNewslettersById(db, signUp.newsletterIds)
  const open = newsletters.filter(newsletter => newsletter.state === 'open')
  if (!open.length) return { kind: 'ended' }
  const { addressKey, limitKey, name, wording, wordingVersion, language } = signUp
  const wait = await askWithinLimit(services, network, tx =>
    addSignUp(tx, {
      address: signUp.address,
      addressKey,
      limitKey,
      name,
      newsletterIds: open.map(newsletter => newsletter.id),
      form: 'page',
      origin: '/confirm',
      wording,
      wordingVersion,
      language,
      network,
      transport: services.config.transport.kind,
    }),
  )
  const names = open.map(newsletter => newsletter.name)
  return wait === undefined ? { kind: 'taken', newsletters: names } : { kind: 'too-many', retryAfter: wait }
}
