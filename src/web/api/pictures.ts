import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { keepPicture } from '../../actions/keep-picture.ts'
import { links } from '../../domain/links.ts'
import { pictureFault } from '../../domain/words/pictures.ts'
import type { AppEnv } from '../env.ts'
import { requireKeyRole } from '../middleware/api-actor.ts'
import { problem } from '../middleware/failures.ts'
import { endpoint, refused } from './contract.ts'

const pictureBody = z.object({
  id: z.string(),
  url: z.string(),
  width: z.number(),
  height: z.number(),
})

// Beyond 15 MB a picture is refused with words of its own; beyond this it is not read.
const limit = bodyLimit({
  maxSize: 16 * 1024 * 1024,
  onError: () => problem(413, 'A picture may have 15 MB'),
})

const media = Object.fromEntries(
  ['jpeg', 'png', 'webp', 'gif', 'avif'].map(type => [
    `image/${type}`,
    { schema: { type: 'string' as const, format: 'binary' } },
  ]),
)

/** Pictures to be named by articles. */
export const picturesApi = new Hono<AppEnv>().post(
  '/',
  requireKeyRole('writer'),
  limit,
  endpoint(
    'Keep a picture, and name it when an article is created',
    {
      status: 201,
      body: pictureBody,
      what: 'The picture as it is kept: JPEG or PNG, at most 1,200 pixels and 200 KB, without metadata.',
    },
    503,
  ),
  describeRoute({ requestBody: { required: true, description: 'The file itself.', content: media } }),
  async c => {
    const { services } = c.var
    const outcome = await keepPicture(services, new Uint8Array(await c.req.arrayBuffer()))
    if (outcome.kind === 'refused') {
      const message = pictureFault('en', outcome)
      if (outcome.reason !== 'busy') return refused([{ message }])
      const answer = problem(503, message)
      answer.headers.set('retry-after', '10')
      return answer
    }
    const { hash, width, height } = outcome
    const url = links.picture(services.config.publicUrl, outcome)
    return c.json({ id: hash, url, width, height }, 201)
  },
)
