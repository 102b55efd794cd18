import { z } from 'zod'

// "6,000", "6.000", "6 000": as tables show them, so as they are typed.
const separators = /(?<=\d)[.,\s](?=\d{3}(\D|$))/g

const typed = z.string().transform(text => text.trim().replace(separators, ''))

const isWithin = (text: string, least: number, most: number) =>
  /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most

const refusal = (least: number, most: number) => `must be a whole number from ${least} to ${most}`

/** A whole number within these bounds, as typed into a form. */
export const wholeNumber = (least: number, most: number) =>
  typed
    .refine(text => text !== '', { error: 'must not be empty', abort: true })
    .refine(text => isWithin(text, least, most), refusal(least, most))
    .transform(Number)

/** The same where it may be left out. Empty: null. */
export const wholeNumberOrNone = (least: number, most: number) =>
  typed
    .refine(text => text === '' || isWithin(text, least, most), refusal(least, most))
    .transform(text => (text === '' ? null : Number(text)))
