import type { Context } from 'hono'

/** An id as an address holds it: a positive whole number; undefined for anything else, which names nothing. */
export const idIn = (text: string | undefined): number | undefined =>
  text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined

/** The id in a path, `:id` where no other name is given. */
export const pathId = (c: Context, name = 'id'): number | undefined => idIn(c.req.param(name))
