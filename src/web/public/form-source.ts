import type { Context } from 'hono'
import type { AppEnv } from '../env.ts'

/** Where a form stood: on a page of ours (its path), or elsewhere (that site's origin, where the browser tells it). */
export type FormSource = { form: 'page' | 'embed'; origin: string }

/** Only the proof looks at it: nothing is refused by it, since anybody can send these headers. */
export function formSource(c: Context<AppEnv>): FormSource {
  const ours = [new URL(c.var.services.config.publicUrl).origin, new URL(c.req.url).origin]
  const referrer = c.req.header('referer') ?? ''
  const from = URL.canParse(referrer) ? new URL(referrer) : undefined
  const origin = c.req.header('origin') ?? from?.origin ?? ''
  if (ours.includes(origin) || c.req.header('sec-fetch-site') === 'same-origin') {
    const path = from && ours.includes(from.origin) ? from.pathname : c.req.path
    return { form: 'page', origin: path.slice(0, 200) }
  }
  return { form: 'embed', origin: URL.canParse(origin) ? new URL(origin).origin.slice(0, 200) : '' }
}
