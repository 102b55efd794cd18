import { z } from 'zod'

const ordinary = 'must be of the years 1000 to 9999'

/** Whether a moment is of the years 1000 to 9999, which PostgreSQL, JSON and people write alike. */
export function isOrdinary(at: Date): boolean {
  const year = at.getUTCFullYear()
  return year >= 1000 && year <= 9999
}

/** A moment as a program writes it (ISO 8601), with its zone. */
export const exactMoment = z.iso
  .datetime({ offset: true })
  .transform(text => new Date(text))
  .refine(isOrdinary, ordinary)

/** The same where a day will do, or a time without a zone: that is UTC, never this machine's. */
export const roughMoment = z.iso
  .datetime({ offset: true, local: true })
  .or(z.iso.date())
  .transform(text => new Date(/T.*(Z|[+-]\d\d:\d\d)$/i.test(text) || !text.includes('T') ? text : `${text}Z`))
  .refine(isOrdinary, ordinary)
