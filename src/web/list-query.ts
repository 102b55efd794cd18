import type { Context } from 'hono'
import { idIn } from './path-id.ts'

/** `?before=`, the last id of the page before; undefined on the first page and for what is no id. */
export const pageBefore = (c: Context): number | undefined => idIn(c.req.query('before'))

/** `?q=`, what is sought: at most 254 characters, an address's length, and no NUL, which no text column takes. */
export const searchOf = (c: Context): string =>
  (c.req.query('q') ?? '').replaceAll('\0', '').trim().slice(0, 254)
