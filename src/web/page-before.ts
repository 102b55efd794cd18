import type { Context } from 'hono'

/** `?before=`, the last id of the page before; undefined on the first page and for what is no id. */
export function pageBefore(c: Context): number | undefined {
  const text = c.req.query('before') ?? ''
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
}
