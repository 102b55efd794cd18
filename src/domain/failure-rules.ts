import { z } from 'zod'
import { wholeNumber } from './whole-number.ts'

/** What becomes of a delivery that was on the wire at a crash: it is sent again, or waits for an editor. */
export const unknownPolicies = ['retry', 'hold'] as const
export type UnknownPolicy = (typeof unknownPolicies)[number]

/** What an owner rules for when sending fails, and how long it is kept who got what. */
export const failureRules = z.object({
  /** A dispatch pauses when more than so many percent of those tried have failed … */
  failureShare: wholeNumber(1, 100),
  /** … once so many were tried. */
  failureLeast: wholeNumber(1, 1_000_000),
  unknownPolicy: z.enum(unknownPolicies),
  ledgerDays: wholeNumber(7, 3650),
})
