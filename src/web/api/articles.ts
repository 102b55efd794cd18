import { Hono } from 'hono'
import { z } from 'zod'
import { importArticle } from '../../actions/import-article.ts'
import { articleInput, isEmbargoed } from '../../domain/article.ts'
import { line } from '../../domain/text.ts'
import { importRefusal } from '../../domain/words/import-refusals.ts'
import { type Article, addArticle, findArticle, listArticles } from '../../store/articles.ts'
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
  imageUrl: z.string().nullable(),
  imageAlt: z.string(),
  imageCredit: z.string(),
  kind: z.enum(['editorial', 'partner']),
  sponsor: z.string().nullable(),
  note: z.string(),
  language: z.string().nullable(),
  embargoUntil: z.string().nullable(),
})

const show = ({
  source,
  feedId,
  feedKey,
  dismissedAt,
  pictureHash,
  imageDecorative,
  createdAt,
  updatedAt,
  ...article
}: Article) => article

/** Before its time a story tells its id, its address and when its time is. */
const showReleased = (article: Article) =>
  isEmbargoed(article) ? { ...show(article), ...withheld } : show(article)

const withheld = {
  title: '',
  standfirst: '',
  section: '',
  byline: '',
  publishedAt: null,
  imageUrl: null,
  imageAlt: '',
  imageCredit: '',
  sponsor: null,
  note: '',
  language: null,
}

const embargo =
  'An article whose `embargoUntil` is still to come is answered with its id, url, kind and embargoUntil; its texts are empty and its picture is absent until then, and no search finds it.'

// `{url}` alone imports; anything else beside it is a story that is typed in.
const newArticle = z.looseObject({ url: line(2000, 1) })

export const articlesApi = new Hono<AppEnv>()
  .get(
    '/',
    requireKeyRole('writer'),
    endpoint(
      'List the articles',
      { status: 200, body: listOf(articleBody), what: `The newest first. ${embargo}` },
      401,
      422,
    ),
    queryBy(paging.extend({ search: line(200).optional() })),
    async c => {
      const { after, limit, search } = c.req.valid('query')
      const rows = await listArticles(c.var.services.db, { limit: limit + 1, before: after, search })
      return c.json(page(c.req.url, rows.map(showReleased), limit))
    },
  )
  .get(
    '/:id',
    requireKeyRole('writer'),
    endpoint(
      'Read an article',
      { status: 200, body: articleBody, what: `The article. ${embargo}` },
      401,
      404,
    ),
    idParam,
    async c => {
      const article = await findArticle(c.var.services.db, c.req.valid('param').id)
      return article ? c.json(showReleased(article)) : problem(404, 'There is no such article')
    },
  )
  .post(
    '/',
    requireKeyRole('writer'),
    endpoint(
      'Add an article, or import it from its address with {"url": …} alone',
      {
        status: 201,
        body: articleBody,
        what: 'The article; the one that was there already, where its address was.',
      },
      401,
      422,
    ),
    jsonBody(newArticle),
    async c => {
      const body = c.req.valid('json')
      if (Object.keys(body).length === 1) {
        const outcome = await importArticle(c.var.services, body.url)
        return outcome.kind === 'refused'
          ? refusedField('url', importRefusal('en', outcome.refusal))
          : c.json(showReleased(outcome.article), 201)
      }
      const reading = articleInput.safeParse(body)
      if (!reading.success) return refused(reading.error.issues)
      return c.json(show(await addArticle(c.var.services.db, reading.data)), 201)
    },
  )
