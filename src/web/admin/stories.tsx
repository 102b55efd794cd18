import { type Context, Hono } from 'hono'
import { type ArticleInput, articleInput } from '../../domain/article.ts'
import { storyWords } from '../../domain/words/stories.ts'
import { momentAt, wallTime } from '../../domain/zoned-time.ts'
import { type Article, addArticle, findArticle, updateArticle } from '../../store/articles.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { pathId } from '../path-id.ts'
import { feeds } from './feeds.tsx'
import { type WorkspaceFrame, workspaceFrame } from './frame.ts'
import { refusalPage } from './refusal.tsx'
import type { StoryErrors, StoryField } from './story-form.tsx'
import { EditStory, NewStory } from './story-pages.tsx'
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
    const fields = await formFields(c)
    const reading = readStory(fields, frame)
    if (reading.kind === 'refused')
      return c.html(<NewStory frame={frame} values={fields} errors={reading.errors} />, 422)
    const article = await addArticle(c.var.services.db, reading.article)
    return c.redirect(`/admin/stories/${article.id}?saved`, 303)
  })
  .get('/:id', async c => {
    const article = await storyOf(c)
    if (!article) return missing(c)
    const frame = await workspaceFrame(c)
    const done = (['imported', 'known', 'saved'] as const).find(done => c.req.query(done) !== undefined)
    return c.html(
      <EditStory
        frame={frame}
        id={article.id}
        values={fieldsOf(article, frame.publication.timeZone)}
        done={done}
      />,
    )
  })
  .post('/:id', async c => {
    const article = await storyOf(c)
    if (!article) return missing(c)
    const frame = await workspaceFrame(c)
    const fields = await formFields(c)
    const reading = readStory(fields, frame)
    if (reading.kind === 'refused')
      return c.html(<EditStory frame={frame} id={article.id} values={fields} errors={reading.errors} />, 422)
    await updateArticle(c.var.services.db, article.id, { ...emptied, ...filled(reading.article) })
    return c.redirect(`/admin/stories/${article.id}?saved`, 303)
  })

// A field that was cleared is null, not left as it was.
const emptied = { publishedAt: null, embargoUntil: null, imageUrl: null, sponsor: null, language: null }

const filled = (article: ArticleInput) =>
  Object.fromEntries(Object.entries(article).filter(([, value]) => value !== undefined))

const missing = (c: C) => refusalPage(c, 404, words => words.missing)

async function storyOf(c: C): Promise<Article | undefined> {
  const id = pathId(c)
  return id === undefined ? undefined : findArticle(c.var.services.db, id)
}

type Reading = { kind: 'read'; article: ArticleInput } | { kind: 'refused'; errors: StoryErrors }

function readStory(fields: Fields, { language, publication }: WorkspaceFrame): Reading {
  const errors = storyWords[language].errors
  const { publishedAt, embargoUntil, ...rest } = fields
  const times = Object.entries({ publishedAt, embargoUntil }).map(([name, typed = '']) => ({
    name: name as StoryField,
    typed,
    at: typed === '' ? undefined : momentAt(typed, publication.timeZone),
  }))
  const reading = articleInput.safeParse({
    ...rest,
    standfirst: rest.standfirst?.replaceAll('\n', ' '),
    ...Object.fromEntries(times.map(({ name, at }) => [name, at?.toISOString()])),
  })
  const wrong = reading.success ? [] : reading.error.issues.map(issue => issue.path[0] as StoryField)
  wrong.push(...times.flatMap(({ name, typed, at }) => (typed !== '' && !at ? [name] : [])))
  if (reading.success && !wrong.length) return { kind: 'read', article: reading.data }
  return { kind: 'refused', errors: Object.fromEntries(wrong.map(name => [name, errors[name]])) }
}

const fieldsOf = (article: Article, zone: string): Fields => ({
  ...Object.fromEntries(
    Object.entries(article).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  ),
  publishedAt: article.publishedAt ? wallTime(article.publishedAt, zone) : '',
  embargoUntil: article.embargoUntil ? wallTime(article.embargoUntil, zone) : '',
})
