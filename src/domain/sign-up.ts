import { type AddressRefusal, type EmailAddress, parseEmailAddress } from './email-address.ts'
import { type NameRefusal, parseName } from './reader-name.ts'

/** A sign-up as it was typed, or sent. */
export type TypedSignUp = { email: string; newsletters: readonly string[]; name: string }

export type NewsletterRefusal = 'none' | 'unknown' | 'closed'

/** What is wrong, by field. */
export type SignUpFaults = { email?: AddressRefusal; newsletter?: NewsletterRefusal; name?: NameRefusal }

export type SignUpReading<N> =
  | { kind: 'sign-up'; address: EmailAddress; newsletters: N[]; name: string | undefined }
  | { kind: 'refused'; faults: SignUpFaults }

/** Reads a sign-up against all newsletters that there are; every fault is named at once. */
export function readSignUp<N extends { slug: string; state: 'open' | 'closed' }>(
  typed: TypedSignUp,
  all: readonly N[],
): SignUpReading<N> {
  const address = parseEmailAddress(typed.email)
  const name = parseName(typed.name)
  const slugs = [...new Set(typed.newsletters)]
  const chosen = slugs.flatMap(slug => all.filter(newsletter => newsletter.slug === slug))
  const newsletter = faultOf(slugs, chosen)
  if (address.kind === 'refused' || name.kind === 'refused' || newsletter)
    return {
      kind: 'refused',
      faults: {
        ...(address.kind === 'refused' && { email: address.reason }),
        ...(newsletter && { newsletter }),
        ...(name.kind === 'refused' && { name: name.reason }),
      },
    }
  return { kind: 'sign-up', address: address.address, newsletters: chosen, name: name.name || undefined }
}

function faultOf(slugs: string[], chosen: { state: string }[]): NewsletterRefusal | undefined {
  if (!slugs.length) return 'none'
  if (chosen.length < slugs.length) return 'unknown'
  return chosen.some(newsletter => newsletter.state === 'closed') ? 'closed' : undefined
}
