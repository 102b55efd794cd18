import { z } from 'zod'
import { unknownPolicies } from './delivery.ts'
import { parseEmailAddress } from './email-address.ts'

/** A whole number as a form gives it; `none` is what an empty field means. */
const whole = <None extends null | never = never>(least: number, most: number, ...none: None[]) =>
  z.string().transform((typed, context): number | None => {
    const text = typed.trim()
    if (text === '' && none.length) return none[0]!
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    context.addIssue(`must be a whole number from ${least} to ${most}`)
    return z.NEVER
  })

/** A domain as it stands after the @ of an address: lower case, A-labels. */
const domainName = z.string().transform((typed, context) => {
  const reading = parseEmailAddress(`reader@${typed.trim().replace(/^@/, '')}`)
  if (reading.kind === 'address') return reading.address.domain
  context.addIssue('must be a domain such as example.com')
  return z.NEVER
})

/** How much a domain takes at once, and a minute; empty: as much as goes. */
export const domainLimitInput = z.object({
  domain: domainName,
  connections: whole(1, 1000, null),
  perMinute: whole(1, 100_000, null),
})

/** When a dispatch stops by itself, what becomes of what a crash left unknown, and how long the ledger is kept. */
export const sendRulesInput = z.object({
  failureShare: whole(1, 100),
  failureLeast: whole(1, 1_000_000),
  unknownPolicy: z.enum(unknownPolicies),
  ledgerDays: whole(7, 3650),
})
