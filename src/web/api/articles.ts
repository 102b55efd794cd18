import { Hono } from 'hono'
import { z } from 'zod'
import { importArticle } from '../../actions/import-article.ts'
import type { Services } from '../../actions/services.ts'
import { articleInput } from '../../domain/article.ts'
import { links } from '../../domain/links.ts'
import { namedPicture, type Picture } from '../../domain/picture.ts'
import { line } from '../../domain/text.ts'
import { importRefusal } from '../../domain/words/import-refusals.ts'
import { type Article, addArticle, findArticle, listArticles } from '../../store/articles.ts'
import { findPicture, findPictures } from '../../store/pictures.ts'
import type { AppEnv } from '../env.ts'
import { requireKeyRole } from '../middleware/api-actor.ts'
import { problem } from '../middleware/failures.ts'
import {
  endpoint,
  idParam,
  jsonBody,
  listOf,
  page,
  paging,
  queryBy,
  refused,
  refusedField,
} from './contract.ts'

const articleBody = z.object({
  id: z.number(),
  title: z.string(),
  standfirst: z.string(),
  url: z.string(),
  section: z.string(),
  byline: z.string(),
  publishedAt: z.string().nullable(),
  imageUrl: z.string().nullable().describe('Where its picture came from, or is, where it is not kept here.'),
  picture: z
    .object({ url: z.string(), width: z.number(), height: z.number() })
    .nullable()
    .describe('The picture that is kept here.'),
  imageAlt: z.string(),
  imageDecorative: z.boolean().describe('The picture says nothing that the text does not.'),
  imageCredit: z.string(),
  kind: z.enum(['editorial', 'partner']),
  sponsor: z.string().nullable(),
  note: z.string(),
  language: z.string().nullable(),
})

const show = (
  { source, createdAt, updatedAt, ...article }: Article,
  pictures: ReadonlyMap<string, Picture>,
  publicUrl: string,
) => {
  const picture = pictures.get(article.pictureHash ?? '')
  return {
    ...article,
    picture: picture
      ? { url: links.picture(publicUrl, picture), width: picture.width, height: picture.height }
      : null,
  }
}

async function showAll({ db, config }: Pick<Services, 'db' | 'config'>, rows: readonly Article[]) {
  const pictures = await findPictures(
    db,
    rows.map(article => article.pictureHash),
  )
  return rows.map(article => show(article, pictures, config.publicUrl))
}

const showOne = async (services: Services, article: Article) => (await showAll(services, [article]))[0]!

/** A picture as it was answered: whole, its id, or its address. What is none is refused as a picture's id. */
function givenPicture(picture: unknown): unknown {
  const { id, url } = (typeof picture === 'object' && picture !== null ? picture : {}) as Record<
    string,
    unknown
  >
  const named = id ?? url ?? picture
  return typeof named === 'string' ? (namedPicture(named.split('/').at(-1)!)?.hash ?? named) : named
}

// `{url}` alone imports; anything else beside it is a story that is typed in.
const newArticle = z.looseObject({ url: line(2000, 1) })

export const articlesApi = new Hono<AppEnv>()
  .get(
    '/',
    requireKeyRole('writer'),
    endpoint(
      'List the articles',
      { status: 200, body: listOf(articleBody), what: 'The newest first.' },
      401,
      422,
    ),
    queryBy(paging.extend({ search: line(200).optional() })),
    async c => {
      const { after, limit, search } = c.req.valid('query')
      const rows = await listArticles(c.var.services.db, { limit: limit + 1, before: after, search })
      return c.json(page(c.req.url, await showAll(c.var.services, rows), limit))
    },
  )
  .get(
    '/:id',
    requireKeyRole('writer'),
    endpoint('Read an article', { status: 200, body: articleBody, what: 'The article.' }, 401, 404),
    idParam,
    async c => {
      const article = await findArticle(c.var.services.db, c.req.valid('param').id)
      return article
        ? c.json(await showOne(c.var.services, article))
        : problem(404, 'There is no such article')
    },
  )
  .post(
    '/',
    requireKeyRole('writer'),
    endpoint(
      'Add an article, or import it from its address with {"url": …} alone',
      { status: 201, body: articleBody, what: 'The article.' },
      401,
      422,
    ),
    jsonBody(newArticle),
    async c => {
      const body = c.req.valid('json')
      if (Object.keys(body).length === 1) {
        const outcome = await importArticle(c.var.services, body.url)
        return outcome.kind === 'imported'
          ? c.json(await showOne(c.var.services, outcome.article), 201)
          : refusedField('url', importRefusal('en', outcome.refusal))
      }
      const { services } = c.var
      const { picture, ...story } = body
      const reading = articleInput.safeParse({ pictureHash: givenPicture(picture), ...story })
      if (!reading.success) return refused(reading.error.issues)
      const { pictureHash } = reading.data
      if (pictureHash && !(await findPicture(services.db, pictureHash)))
        return refusedField(body.pictureHash ? 'pictureHash' : 'picture', 'there is no such picture')
      return c.json(await showOne(services, await addArticle(services.db, reading.data)), 201)
    },
  )
