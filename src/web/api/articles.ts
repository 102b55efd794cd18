import { Hono } from 'hono'
import { z } from 'zod'
import { importArticle } from '../../actions/import-article.ts'
import type { Services } from '../../actions/services.ts'
import { articleInput, isEmbargoed } from '../../domain/article.ts'
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
  embargoUntil: z.string().nullable(),
})

type Shown = Pick<Services, 'db' | 'config'>

/** Articles as they are answered, each with its kept picture. Before its time a story tells its id, its address and when its time is. */
async function showAll({ db, config }: Shown, rows: readonly Article[]) {
  const pictures = await findPictures(
    db,
    rows.map(article => article.pictureHash),
  )
  return rows.map(article => {
    const shown = show(article, pictures.get(article.pictureHash ?? ''), config.publicUrl)
    return isEmbargoed(article) ? { ...shown, ...withheld } : shown
  })
}

const showOne = async (services: Shown, article: Article) => (await showAll(services, [article]))[0]!

function show(
  { source, feedId, feedKey, dismissedAt, pictureHash, createdAt, updatedAt, ...article }: Article,
  picture: Picture | undefined,
  publicUrl: string,
) {
  return {
    ...article,
    picture: picture
      ? { url: links.picture(publicUrl, picture), width: picture.width, height: picture.height }
      : null,
  }
}

const withheld = {
  title: '',
  standfirst: '',
  section: '',
  byline: '',
  publishedAt: null,
  imageUrl: null,
  picture: null,
  imageAlt: '',
  imageDecorative: false,
  imageCredit: '',
  sponsor: null,
  note: '',
  language: null,
}

const embargo =
  'An article whose `embargoUntil` is still to come is answered with its id, url, kind and embargoUntil; its texts are empty and its picture is absent until then, and no search finds it.'

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
    endpoint('List the articles', {
      status: 200,
      body: listOf(articleBody),
      what: `The newest first. ${embargo}`,
    }),
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
    endpoint('Read an article', { status: 200, body: articleBody, what: `The article. ${embargo}` }, 404),
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
    endpoint('Add an article, or import it from its address with {"url": …} alone', {
      status: 201,
      body: articleBody,
      what: 'The article; the one that was there already, where its address was.',
    }),
    jsonBody(newArticle),
    async c => {
      const body = c.req.valid('json')
      if (Object.keys(body).length === 1) {
        const outcome = await importArticle(c.var.services, body.url)
        return outcome.kind === 'refused'
          ? refusedField('url', importRefusal('en', outcome.refusal))
          : c.json(await showOne(c.var.services, outcome.article), 201)
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
