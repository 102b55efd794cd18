import { type Context, Hono } from 'hono'
import { fetchPicture } from '../../actions/fetch-picture.ts'
import { importArticle } from '../../actions/import-article.ts'
import { type ArticleInput, articleInput } from '../../domain/article.ts'
import { storyWords } from '../../domain/words/stories.ts'
import { momentAt, wallTime } from '../../domain/zoned-time.ts'
import { type Article, addArticle, findArticle, listArticles, updateArticle } from '../../store/articles.ts'
import { findPicture } from '../../store/pictures.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { pageBefore, searchOf } from '../list-query.ts'
import { requireRole } from '../middleware/require-role.ts'
import { pathId } from '../path-id.ts'
import { type WorkspaceFrame, workspaceFrame } from './frame.ts'
import { refusalPage } from './refusal.tsx'
import type { StoryErrors } from './story-form.tsx'
import { type FailedImport, StoryList } from './story-list.tsx'
import { type Done, EditStory, NewStory } from './story-pages.tsx'
import { type PictureReading, readPicture } from './story-picture.ts'

type C = Context<AppEnv>

const perPage = 50

/** The stories that digests are made of: listed, imported from a link, written by hand, edited. */
export const stories = new Hono<AppEnv>()
  .use(requireRole('writer'))
  .get('/', c => listPage(c))
  .post('/import', async c => {
    const fields = await formFields(c)
    const outcome = await importArticle(c.var.services, (fields.url ?? '').slice(0, 2000))
    if (outcome.kind === 'imported') return c.redirect(`/admin/stories/${outcome.article.id}?imported`, 303)
    return listPage(c, { url: fields.url ?? '', refusal: outcome.refusal })
  })
  .get('/new', async c => {
    const frame = await workspaceFrame(c)
    return c.html(<NewStory frame={frame} values={{}} />)
  })
  .post('/', async c => {
    const frame = await workspaceFrame(c)
    const { fields, errors } = await readPicture(c, await formFields(c))
    const reading = readStory(fields, frame, errors)
    if (reading.kind === 'refused')
      return c.html(
        <NewStory
          frame={frame}
          values={fields}
          picture={await pictureOf(c, fields.pictureHash)}
          errors={reading.errors}
        />,
        422,
      )
    return saved(c, (await addArticle(c.var.services.db, reading.article)).id)
  })
  .get('/:id', async c => {
    const article = await storyOf(c)
    if (!article) return missing(c)
    const frame = await workspaceFrame(c)
    return c.html(
      <EditStory
        frame={frame}
        id={article.id}
        values={fieldsOf(article, frame.publication.timeZone)}
        picture={await pictureOf(c, article.pictureHash)}
        done={doneOn(c)}
      />,
    )
  })
  .post('/:id', async c => {
    const article = await storyOf(c)
    if (!article) return missing(c)
    const frame = await workspaceFrame(c)
    const { fields, errors } = await readPicture(c, await formFields(c), article)
    const reading = readStory(fields, frame, errors)
    if (reading.kind === 'refused')
      return c.html(
        <EditStory
          frame={frame}
          id={article.id}
          values={fields}
          picture={await pictureOf(c, fields.pictureHash)}
          errors={reading.errors}
        />,
        422,
      )
    await updateArticle(c.var.services.db, article.id, withNulls(reading.article))
    return saved(c, article.id)
  })

/** A field that was cleared is null, not left as it was. */
const withNulls = (article: ArticleInput) => ({
  ...article,
  publishedAt: article.publishedAt ?? null,
  imageUrl: article.imageUrl ?? null,
  pictureHash: article.pictureHash ?? null,
  sponsor: article.sponsor ?? null,
  language: article.language ?? null,
})

/** A picture that stands on the web is fetched now; what was saved before stays, whatever comes of it. */
async function saved(c: C, id: number) {
  const { kind } = await fetchPicture(c.var.services, id)
  const done: Done = kind === 'not-had' || kind === 'refused' ? 'picture-not-had' : 'saved'
  return c.redirect(`/admin/stories/${id}?${done}`, 303)
}

const doneOn = (c: C) =>
  (['imported', 'saved', 'picture-not-had'] as const).find(done => c.req.query(done) !== undefined)

const pictureOf = (c: C, hash: string | null | undefined) =>
  hash ? findPicture(c.var.services.db, hash) : undefined

const missing = (c: C) => refusalPage(c, 404, words => words.missing)

async function storyOf(c: C): Promise<Article | undefined> {
  const id = pathId(c)
  return id === undefined ? undefined : findArticle(c.var.services.db, id)
}

type Reading = { kind: 'read'; article: ArticleInput } | { kind: 'refused'; errors: StoryErrors }

function readStory(
  fields: Fields,
  { language, publication }: WorkspaceFrame,
  picture: PictureReading['errors'],
): Reading {
  const errors = storyWords[language].errors
  const { publishedAt: typed = '', imageDecorative = '', ...rest } = fields
  const publishedAt = typed === '' ? undefined : momentAt(typed, publication.timeZone)
  const reading = articleInput.safeParse({
    ...rest,
    standfirst: rest.standfirst?.replaceAll('\n', ' '),
    publishedAt: publishedAt?.toISOString(),
    imageDecorative: imageDecorative !== '',
  })
  const wrong = reading.success ? [] : reading.error.issues.map(issue => issue.path[0] as keyof typeof errors)
  if (typed !== '' && !publishedAt) wrong.push('publishedAt')
  if (reading.success && !wrong.length && !Object.keys(picture).length)
    return { kind: 'read', article: reading.data }
  return {
    kind: 'refused',
    errors: { ...picture, ...Object.fromEntries(wrong.map(name => [name, errors[name]])) },
  }
}

const fieldsOf = (article: Article, zone: string): Fields => ({
  ...Object.fromEntries(
    Object.entries(article).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  ),
  imageDecorative: article.imageDecorative ? 'on' : '',
  publishedAt: article.publishedAt ? wallTime(article.publishedAt, zone) : '',
})

async function listPage(c: C, failed?: FailedImport) {
  const frame = await workspaceFrame(c)
  const search = searchOf(c)
  const before = pageBefore(c)
  const rows = await listArticles(c.var.services.db, {
    limit: perPage + 1,
    before,
    search: search || undefined,
  })
  const shown = rows.slice(0, perPage)
  const older =
    rows.length > perPage
      ? `/admin/stories?${new URLSearchParams({ ...(search && { q: search }), before: String(shown.at(-1)!.id) })}`
      : undefined
  return c.html(
    <StoryList frame={frame} rows={shown} search={search} older={older} first={!before} failed={failed} />,
    failed ? 422 : 200,
  )
}
