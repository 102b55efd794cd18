import { type AddressRefusal, parseEmailAddress } from '../domain/email-address.ts'
import { suppress } from '../store/suppressions.ts'
import type { Services } from './services.ts'

export type SuppressOutcome =
  | { kind: 'suppressed'; addressKey: string }
  | { kind: 'refused'; reason: AddressRefusal }

/** An owner's word that an address gets no digest; `why` is kept as the evidence. The caller has checked the role. */
export async function suppressByHand(
  { db, keys }: Pick<Services, 'db' | 'keys'>,
  { email, why, editorId }: { email: string; why: string; editorId?: number },
): Promise<SuppressOutcome> {
  const reading = parseEmailAddress(email)
  if (reading.kind === 'refused') return reading
  const addressKey = reading.address.key
  await suppress(db, keys, {
    addressKey,
    cause: 'manual',
    evidence: { why, ...(editorId !== undefined && { editor: editorId }) },
  })
  return { kind: 'suppressed', addressKey }
}
