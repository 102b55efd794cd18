import { type Context, Hono } from 'hono'
import { accentColours, isColour } from '../domain/accent.ts'
import type { AppEnv } from './env.ts'

const forEver = 'public, max-age=31536000, immutable'

/** Static files, and the stylesheet of a publication's colour. On Workers the platform serves the files itself. */
export const assets = new Hono<AppEnv>()
  .get('/assets/accent.css', c => {
    const colour = `#${c.req.query('colour') ?? ''}`
    if (!isColour(colour)) return c.notFound()
    const { light, dark } = accentColours(colour)
    const css = `:root{--accent:${light}}@media (prefers-color-scheme:dark){:root{--accent:${dark}}}`
    return c.body(css, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': forEver })
  })
  .get('/assets/:name', sendAsset)

async function sendAsset(c: Context<AppEnv, '/assets/:name'>) {
  const asset = c.var.services.assets.get(c.req.param('name'))
  if (!asset) return c.notFound()
  const tag = `"${asset.hash}"`
  // An address with another hash is an older page's, or a file just edited: right today, not for ever.
  const headers = {
    'content-type': asset.type,
    'cache-control': c.req.query('v') === asset.hash ? forEver : 'no-cache',
    etag: tag,
  }
  if (c.req.header('if-none-match') === tag) return c.body(null, 304, headers)
  return c.body(asset.body, 200, headers)
}
