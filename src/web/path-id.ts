import type { Context } from 'hono'

/** The number in a path, `:id` where no other name is given; undefined where it is none, so that nothing is there. */
export function pathId(c: Context, name = 'id'): number | undefined {
  const text = c.req.param(name) ?? ''
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
}
