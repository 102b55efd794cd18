import { z } from 'zod'
import { parseEmailAddress } from './email-address.ts'

const refusal = 'must be an e-mail address'

/** An address as a person types it into a form, parsed. */
export const emailAddress = z.string().transform((typed, context) => {
  const reading = parseEmailAddress(typed)
  if (reading.kind === 'address') return reading.address
  context.addIssue({ code: 'custom', message: refusal })
  return z.NEVER
})

/** An address that stands in From or Reply-To: ASCII, since not every server takes another (RFC 6531). Empty: none. */
export const senderAddress = z.string().transform((typed, context) => {
  if (typed.trim() === '') return ''
  const reading = parseEmailAddress(typed)
  if (reading.kind === 'address' && !reading.address.needsUtf8) return reading.address.address
  context.addIssue({ code: 'custom', message: refusal })
  return z.NEVER
})
