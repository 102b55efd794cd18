import { type Context, Hono } from 'hono'
import { fetchPicture } from '../../actions/fetch-picture.ts'
import { type ArticleInput, articleInput } from '../../domain/article.ts'
import { storyWords } from '../../domain/words/stories.ts'
import { momentAt, wallTime } from '../../domain/zoned-time.ts'
import { type Article, addArticle, findArticle, updateArticle } from '../../store/articles.ts'
import { findPicture } from '../../store/pictures.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { pathId } from '../path-id.ts'
import { feeds } from './feeds.tsx'
import { type WorkspaceFrame, workspaceFrame } from './frame.ts'
import { refusalPage } from './refusal.tsx'
import type { StoryErrors, StoryField } from './story-form.tsx'
import { type Done, EditStory, NewStory } from './story-pages.tsx'
import { type PictureReading, readPicture } from './story-picture.ts'
import { storyTray } from './story-tray.tsx'

type C = Context<AppEnv>

/** The stories that digests are made of: from feeds, imported, written by hand, edited. */
export const stories = new Hono<AppEnv>()
  .use(requireRole('writer'))
  .route('/feeds', feeds)
  .route('/', storyTray)
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
    const reading = readStory(fields, frame, errors, article)
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
  embargoUntil: article.embargoUntil ?? null,
  imageUrl: article.imageUrl ?? null,
  pictureHash: article.pictureHash ?? null,
  sponsor: article.sponsor ?? null,
  language: article.language ?? null,
})

/** A picture that stands on the web is fetched now; what was saved before stays, whatever comes of it. */
async function saved(c: C, id: number) {
  const { services } = c.var
  const { kind } = await fetchPicture(services, id).catch(error => {
    services.log.error({ err: error, article: id }, 'a story’s picture could not be taken in')
    return { kind: 'not-had' as const }
  })
  const done: Done = kind === 'not-had' || kind === 'refused' ? 'picture-not-had' : 'saved'
  return c.redirect(`/admin/stories/${id}?${done}`, 303)
}

const doneOn = (c: C) =>
  (['imported', 'known', 'saved', 'picture-not-had'] as const).find(done => c.req.query(done) !== undefined)

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
  stored?: Article,
): Reading {
  const errors = storyWords[language].errors
  const { publishedAt, embargoUntil, imageDecorative = '', ...rest } = fields
  // A time that was left as it was keeps its seconds, and in a doubled hour its side.
  const momentOf = (typed: string, kept: Date | null | undefined) =>
    kept && wallTime(kept, publication.timeZone) === typed ? kept : momentAt(typed, publication.timeZone)
  const times = Object.entries({ publishedAt, embargoUntil }).map(([name, typed = '']) => ({
    name: name as StoryField,
    typed,
    at: typed === '' ? undefined : momentOf(typed, stored?.[name as 'publishedAt' | 'embargoUntil']),
  }))
  const reading = articleInput.safeParse({
    ...rest,
    standfirst: rest.standfirst?.replaceAll('\n', ' '),
    imageDecorative: imageDecorative !== '',
    ...Object.fromEntries(times.map(({ name, at }) => [name, at?.toISOString()])),
  })
  const wrong = reading.success ? [] : reading.error.issues.map(issue => issue.path[0] as keyof typeof errors)
  wrong.push(...times.flatMap(({ name, typed, at }) => (typed !== '' && !at ? [name] : [])))
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
  embargoUntil: article.embargoUntil ? wallTime(article.embargoUntil, zone) : '',
})
