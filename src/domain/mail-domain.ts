import { z } from 'zod'
import { parseDomain } from './email-address.ts'
import { wholeNumberOrNone } from './whole-number.ts'

/** Why nothing is sent to a domain for a while. */
export type DomainPauseReason =
  /** It said "not now, you are too much" again and again. */
  | 'slow-down'
  /** It refuses us by its policy. */
  | 'policy'
  /** It called more than a tenth of its readers unknown, which is rarely true. */
  | 'unknown-mailboxes'

const mailDomain = z.string().transform((typed, context) => {
  const domain = parseDomain(typed)
  if (domain) return domain
  context.addIssue({ code: 'custom', message: 'must be a domain such as example.com' })
  return z.NEVER
})

/** What an owner allows for the readers of a domain: one limit at least. */
export const domainLimit = z
  .object({
    domain: mailDomain,
    connections: wholeNumberOrNone(1, 1000),
    perMinute: wholeNumberOrNone(1, 100_000),
  })
  .refine(({ connections, perMinute }) => connections !== null || perMinute !== null, {
    path: ['connections'],
    error: 'must have one limit at least',
  })
