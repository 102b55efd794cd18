import { type EmailAddress, suggestAddress } from '../domain/email-address.ts'
import type { Language } from '../domain/languages.ts'
import { readSignUp, type SignUpFaults, type TypedSignUp } from '../domain/sign-up.ts'
import { wordingOf } from '../domain/wording.ts'
import type { Newsletter } from '../store/newsletters.ts'
import type { Publication } from '../store/publication.ts'
import { addSignUp, type NewSignUp } from '../store/sign-ups.ts'
import { askWithinLimit } from './ask-within-limit.ts'
import type { Services } from './services.ts'

/** What there is to sign up for: all newsletters, closed ones too. */
export type Offer = { publication: Publication; newsletters: readonly Newsletter[] }

export type SignUpRequest = TypedSignUp & {
  /** The field that nobody sees: what fills it is a machine. */
  trap: string
  form: 'page' | 'embed' | 'api'
  /** Our path, or the other site's origin. */
  origin: string
  /** In which the form was shown, or the browser's wish. */
  language: Language
  network: string
}

export type SignUpOutcome =
  | { kind: 'taken'; address: EmailAddress; suggestion: string | undefined; newsletters: Newsletter[] }
  | { kind: 'refused'; faults: SignUpFaults }
  /** Too much from this network; `retryAfter` in seconds. */
  | { kind: 'too-many'; retryAfter: number }

/**
 * Takes a stranger's request: one row, alike for every address, and nothing else. Who subscribes already, is
 * suppressed, or asked a minute ago is decided later, from the row (`decideSignUps`).
 */
export async function signUp(
  services: Services,
  { publication, newsletters }: Offer,
  request: SignUpRequest,
): Promise<SignUpOutcome> {
  const reading = readSignUp(request, newsletters)
  if (reading.kind === 'refused') return reading
  const { address, newsletters: chosen, name } = reading
  const taken: SignUpOutcome = {
    kind: 'taken',
    address,
    newsletters: chosen,
    suggestion: suggestAddress(address),
  }
  if (request.trap) return taken
  const wording = wordingOf(request.form === 'page' ? 'sign-up' : 'elsewhere', request.language, {
    publication: publication.name,
    newsletters: chosen,
  })
  const row: NewSignUp = {
    address: address.address,
    addressKey: address.key,
    limitKey: address.limitKey,
    name,
    newsletterIds: chosen.map(newsletter => newsletter.id),
    form: request.form,
    origin: request.origin,
    wording: wording.text,
    wordingVersion: wording.version,
    language: languageOf(chosen, request.language),
    network: request.network,
    transport: services.config.transport.kind,
  }
  const wait = await askWithinLimit(services, request.network, tx => addSignUp(tx, row))
  return wait === undefined ? taken : { kind: 'too-many', retryAfter: wait }
}

/** Mails speak the newsletters' language; where those differ, the browser's among them, else the first one's. */
const languageOf = (newsletters: readonly Newsletter[], wish: Language): Language =>
  newsletters.some(newsletter => newsletter.language === wish) ? wish : newsletters[0]!.language
