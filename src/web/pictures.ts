import { type Context, Hono } from 'hono'
import { namedPicture } from '../domain/picture.ts'
import { readPicture } from '../store/pictures.ts'
import type { AppEnv } from './env.ts'

/** The pictures that mails and pages name, for everybody. One never changes: its name says what is in it. */
export const pictures = new Hono<AppEnv>().get('/pictures/:name', sendPicture)

async function sendPicture(c: Context<AppEnv, '/pictures/:name'>) {
  const named = namedPicture(c.req.param('name'))
  if (!named) return c.notFound()
  const tag = `"${named.hash}"`
  const headers = {
    'content-type': named.type,
    'cache-control': 'public, max-age=31536000, immutable',
    etag: tag,
  }
  // Whoever has it by this name has it as it is; nothing needs to be read for that.
  const had = c.req.header('if-none-match')?.split(',')
  if (had?.some(one => one.trim().replace(/^W\//, '') === tag)) return c.body(null, 304, headers)
  const body = await readPicture(c.var.services.db, named)
  return body ? c.body(new Uint8Array(body), 200, headers) : c.notFound()
}
