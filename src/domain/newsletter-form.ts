import { z } from 'zod'
import { senderAddress } from './address-fields.ts'
import { languages } from './languages.ts'
import { type Cadence, newsletterFields, withWholeHours } from './newsletter.ts'
import { timeZone } from './publication.ts'
import { line } from './text.ts'
import { wholeNumberOrNone } from './whole-number.ts'

/** What an owner sets for a newsletter in the workspace; empty sender fields are the publication's. Its slug stays. */
export const newsletterSettings = withDay(
  withWholeHours(
    newsletterFields.omit({ slug: true, state: true }).extend({
      senderName: line(200).transform(text => text || null),
      senderAddress: senderAddress.transform(address => address || null),
      replyTo: senderAddress.transform(address => address || null),
      language: z.enum(languages),
      timeZone,
      /** When an edition is to have gone out; empty: nobody is told when it has not. */
      expectedAt: newsletterFields.shape.sendsFrom,
      /** Of a weekly, from Monday, 1. */
      expectedWeekday: wholeNumberOrNone(1, 7).default(null),
      /** Of a monthly, a day that every month has. */
      expectedDate: wholeNumberOrNone(1, 28).default(null),
    }),
  ),
)

type Expected = {
  cadence: Cadence
  expectedAt: string | null
  expectedWeekday: number | null
  expectedDate: number | null
}

/** A time needs the day that goes with the cadence, and what comes when there is news has none. */
function withDay<T extends z.ZodType<Expected>>(schema: T): T {
  const needs = (cadence: Cadence, field: 'expectedWeekday' | 'expectedDate') => (given: Expected) =>
    given.cadence !== cadence || given.expectedAt === null || given[field] !== null
  return schema
    .refine(needs('weekly', 'expectedWeekday'), {
      path: ['expectedWeekday'],
      error: 'must not be empty',
      when: isRead('expectedWeekday'),
    })
    .refine(needs('monthly', 'expectedDate'), {
      path: ['expectedDate'],
      error: 'must not be empty',
      when: isRead('expectedDate'),
    })
    .refine(({ cadence, expectedAt }) => cadence !== 'irregular' || expectedAt === null, {
      path: ['expectedAt'],
      error: 'must be empty for what comes irregularly',
      when: isRead('expectedAt'),
    })
}

// Other fields may be wrong too: all faults of a form are told at once.
function isRead(field: string) {
  return ({ value, issues }: z.core.ParsePayload) =>
    typeof value === 'object' &&
    value !== null &&
    !issues.some(({ path }) => [field, 'cadence', 'expectedAt'].includes(String(path?.[0])))
}

/** The same as a newsletter keeps it: one day, of the week or of the month. */
export function asKept<S extends Expected>({ expectedWeekday, expectedDate, ...settings }: S) {
  const days: Partial<Record<Cadence, number | null>> = { weekly: expectedWeekday, monthly: expectedDate }
  return {
    ...settings,
    expectedDay: settings.expectedAt === null ? null : (days[settings.cadence] ?? null),
  }
}
