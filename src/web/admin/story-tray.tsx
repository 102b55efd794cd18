import { type Context, Hono } from 'hono'
import { importArticles, mostImports } from '../../actions/import-articles.ts'
import { picturedStories } from '../../actions/pictured-stories.ts'
import { workspacePath } from '../../domain/workspace-path.ts'
import { findArticle, setDismissed } from '../../store/articles.ts'
import { listTray } from '../../store/tray.ts'
import type { AppEnv } from '../env.ts'
import { formFields } from '../form-fields.ts'
import { pageBefore, searchOf } from '../list-query.ts'
import { idIn, pathId } from '../path-id.ts'
import { workspaceFrame } from './frame.ts'
import { refusalPage } from './refusal.tsx'
import type { Imports } from './story-imports.tsx'
import { StoryList, type TrayDone } from './story-list.tsx'

type C = Context<AppEnv>

const perPage = 50
const mostTyped = 2000

/** The stories that wait for a digest: listed, sought, imported from links, put out and brought back. */
export const storyTray = new Hono<AppEnv>()
  .get('/', c => listPage(c))
  .post('/import', async c => {
    const { url: typed = '' } = await formFields(c)
    const urls = typed
      .split('\n')
      .map(line => line.trim().slice(0, mostTyped))
      .filter(Boolean)
    if (!urls.length) return listPage(c, { typed, refused: 'empty' })
    if (urls.length > mostImports) return listPage(c, { typed, refused: 'many' })
    const lines = await importArticles(c.var.services, urls)
    const [only, second] = lines
    if (only && !second && only.outcome.kind !== 'refused')
      return c.redirect(`/admin/stories/${only.outcome.article.id}?${only.outcome.kind}`, 303)
    const failed = lines.filter(({ outcome }) => outcome.kind === 'refused')
    return listPage(c, { typed: failed.map(line => line.typed).join('\n'), lines })
  })
  .post('/:id/dismiss', c => moveStory(c, 'dismissed'))
  .post('/:id/restore', c => moveStory(c, 'restored'))

/** Comes back to the page that the form names (`to`), with a notice there that undoes it. */
async function moveStory(c: C, done: TrayDone['kind']) {
  const id = pathId(c)
  const { db } = c.var.services
  const moved =
    id !== undefined && (await setDismissed(db, id, done === 'dismissed' ? 'dismissed' : 'in-tray'))
  if (!moved) return refusalPage(c, 404, words => words.missing)
  const to = new URL(workspacePath((await formFields(c)).to) ?? '/admin/stories', 'http://workspace.invalid')
  for (const name of ['dismissed', 'restored']) to.searchParams.delete(name)
  to.searchParams.set(done, String(moved.id))
  return c.redirect(to.pathname + to.search, 303)
}

async function listPage(c: C, imports?: Imports) {
  const frame = await workspaceFrame(c)
  const search = searchOf(c)
  const before = pageBefore(c)
  const { db } = c.var.services
  const [rows, done] = await Promise.all([
    listTray(db, { limit: perPage + 1, before, search: search || undefined }),
    doneIn(c),
  ])
  const page = new Map(rows.slice(0, perPage).map(row => [row.id, row]))
  // By addresses without a host: the browser is here.
  const shown = [...(await picturedStories(db, page, '')).values()]
  const last = rows.length > perPage ? shown.at(-1) : undefined
  const wrong = imports?.refused || imports?.lines?.some(({ outcome }) => outcome.kind === 'refused')
  return c.html(
    <StoryList
      frame={frame}
      rows={shown}
      search={search}
      here={pathOf({ q: search, before: before?.toString() })}
      older={last && pathOf({ q: search, before: String(last.id) })}
      newer={before ? pathOf({ q: search }) : undefined}
      imports={imports}
      done={done}
    />,
    wrong ? 422 : 200,
  )
}

/** What was just done, as its address says; the story must be as that says. */
async function doneIn(c: C): Promise<TrayDone | undefined> {
  for (const kind of ['dismissed', 'restored'] as const) {
    const id = idIn(c.req.query(kind))
    const article = id === undefined ? undefined : await findArticle(c.var.services.db, id)
    if (article && (article.dismissedAt !== null) === (kind === 'dismissed')) return { kind, article }
  }
  return undefined
}

function pathOf(query: { q: string; before?: string }): string {
  const params = new URLSearchParams(Object.entries(query).filter(([, value]) => value))
  return params.size ? `/admin/stories?${params}` : '/admin/stories'
}
