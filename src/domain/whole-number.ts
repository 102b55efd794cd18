import { z } from 'zod'

// "6,000", "6.000", "6 000": as tables show them, so as they are typed.
const separators = /(?<=\d)[.,\s](?=\d{3}(\D|$))/g

/** A whole number within these bounds, as typed into a form. Empty: null. */
export const wholeNumberOrNone = (least: number, most: number) =>
  z
    .string()
    .transform(typed => typed.trim().replace(separators, ''))
    .refine(
      text => text === '' || (/^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most),
      `must be a whole number from ${least} to ${most}`,
    )
    .transform(text => (text === '' ? null : Number(text)))
