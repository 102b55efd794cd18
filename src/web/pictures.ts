import { type Context, Hono } from 'hono'
import { namedPicture } from '../domain/picture.ts'
import { readPicture } from '../store/pictures.ts'
import type { AppEnv } from './env.ts'

/** The pictures that mails and pages name, for everybody. One never changes: its name says what is in it. */
export const pictures = new Hono<AppEnv>().get('/pictures/:name', sendPicture)

async function sendPicture(c: Context<AppEnv, '/pictures/:name'>) {
  const name = c.req.param('name')
  const named = namedPicture(name)
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
  const { db, recentPictures } = c.var.services
  const recent = recentPictures.get(name)
  if (recent) return c.body(recent, 200, headers)
  const body = await readPicture(db, named)
  if (!body) return c.notFound()
  const octets = new Uint8Array(body)
  recentPictures.set(name, octets)
  return c.body(octets, 200, headers)
}
