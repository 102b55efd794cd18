import { z } from 'zod'

// Half a character (a lone surrogate) is no Unicode: text columns would replace it, and jsonb throws.
const mended = (text: string) => text.toWellFormed()

/** Text of one line: no CR, LF or other control character, so that it may stand in a header. Outer white space goes. */
export const line = (max: number, min = 0) =>
  z
    .string()
    .max(max + 100, `must be at most ${max} characters`)
    .overwrite(mended)
    .trim()
    .min(min, 'must not be empty')
    .max(max, `must be at most ${max} characters`)
    .refine(text => !/\p{Cc}/u.test(text), 'must be one line without control characters')

/** Text of several lines. */
export const paragraphs = (max: number) =>
  z
    .string()
    .overwrite(mended)
    .max(max, `must be at most ${max} characters`)
    .refine(text => !/[^\P{Cc}\r\n\t]/u.test(text), 'must not have control characters')

/** As the beginning of a sentence. */
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** An address on the web: http or https, with a host, without a password. */
export const webUrl = z
  .string()
  .trim()
  .max(2000, 'must be at most 2000 characters')
  .refine(isWebUrl, 'must be an address that starts with https:// or http://')

export function isWebUrl(text: string): boolean {
  if (!URL.canParse(text) || /[\s\p{Cc}\p{Cs}<>"]/u.test(text)) return false
  const url = new URL(text)
  return (
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.hostname !== '' &&
    url.username === '' &&
    url.password === ''
  )
}

/** Absent, null, or empty for "none". */
export const optional = <T extends z.ZodType>(schema: T) =>
  schema
    .or(z.literal(''))
    .nullish()
    .transform(value => (value === '' || value === null ? undefined : value) as z.output<T> | undefined)
