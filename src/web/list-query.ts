import type { Context } from 'hono'
import { domainOf, parseEmailAddress } from '../domain/email-address.ts'
import type { Sight } from '../domain/sight.ts'
import type { Chosen } from '../store/failures.ts'
import type { Place } from '../store/place.ts'
import { idIn } from './path-id.ts'

/** `?before=`, the last id of the page before; undefined on the first page and for what is no id. */
export const pageBefore = (c: Context): number | undefined => idIn(c.req.query('before'))

/** `?before=` of a list by time: where the page before ended. Undefined like `pageBefore`. */
export function placeBefore(c: Context): Place | undefined {
  const match = /^(\d{1,15})-(\d+)$/.exec(c.req.query('before') ?? '')
  const id = idIn(match?.[2])
  const at = new Date(Number(match?.[1]))
  return id !== undefined && at.getUTCFullYear() < 9999 ? { at, id } : undefined
}

/** What `placeBefore` reads. */
export const placeText = ({ at, id }: Place): string => `${at.getTime()}-${id}`

/** `?after=`, the same where a list begins with the least id. */
export const pageAfter = (c: Context): number | undefined => idIn(c.req.query('after'))

/** `?domain=`, as addresses are stored: its labels in ASCII, no `@` before it. */
export function domainSought(c: Context): string {
  const typed = (c.req.query('domain') ?? '').replaceAll('\0', '').trim().replace(/^@/, '').slice(0, 253)
  const reading = parseEmailAddress(`x@${typed}`)
  return reading.kind === 'address' ? domainOf(reading.address.key) : typed.toLowerCase()
}

/** `?q=`, what is sought: at most 254 characters, an address's length, and no NUL, which no text column takes. */
export const searchOf = (c: Context): string =>
  (c.req.query('q') ?? '').replaceAll('\0', '').trim().slice(0, 254)

/** What is typed to find somebody: owners by any part of address or reply, editors by the whole address, others by words. */
export function soughtBy(q: string, sight: Sight): Pick<Chosen, 'search' | 'words' | 'addressKey'> {
  if (sight === 'all') return { search: q }
  const reading = parseEmailAddress(q)
  if (sight === 'one' && reading.kind === 'address') return { addressKey: reading.address.key }
  return { words: q }
}
