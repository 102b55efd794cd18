import { type AddressRefusal, parseEmailAddress } from '../domain/email-address.ts'
import { addLinkRequest } from '../store/link-requests.ts'
import { askWithinLimit } from './ask-within-limit.ts'
import type { Services } from './services.ts'

export type LinkRequestOutcome =
  | { kind: 'taken'; address: string }
  | { kind: 'refused'; reason: AddressRefusal }
  | { kind: 'too-many'; retryAfter: number }

/**
 * Asks for a fresh link to the preferences of an address: one row, alike for every address. Whether it is a reader's is
 * decided later (`decideLinkRequests`), so that nobody learns it here.
 */
export async function requestLink(
  services: Services,
  { email, network }: { email: string; network: string },
): Promise<LinkRequestOutcome> {
  const reading = parseEmailAddress(email)
  if (reading.kind === 'refused') return reading
  const { address, key, limitKey } = reading.address
  const wait = await askWithinLimit(services, network, tx =>
    addLinkRequest(tx, {
      address,
      addressKey: key,
      limitKey,
      network,
      transport: services.config.transport.kind,
    }),
  )
  return wait === undefined ? { kind: 'taken', address } : { kind: 'too-many', retryAfter: wait }
}
