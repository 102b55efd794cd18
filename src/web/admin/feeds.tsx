import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type AddFeedOutcome, addFeed } from '../../actions/add-feed.ts'
import { checkFeed } from '../../actions/poll-feeds.ts'
import { line } from '../../domain/text.ts'
import { feedFault } from '../../domain/words/feed-faults.ts'
import { type Feed, findFeed, listFeeds, removeFeed, setFeedSection } from '../../store/feeds.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { idIn, pathId } from '../path-id.ts'
import { type FormErrors, readForm } from '../read-form.ts'
import type { AddForm } from './feed-forms.tsx'
import { EditFeed } from './feed-page.tsx'
import { type FeedDone, FeedList } from './feeds-page.tsx'
import { workspaceFrame } from './frame.ts'
import { refusalPage } from './refusal.tsx'

type C = Context<AppEnv>

const path = '/admin/stories/feeds'
const feedInput = z.object({ section: line(200).default('') })

/** The feeds that stories come from: all see them, editors add, ask, change and remove them. */
export const feeds = new Hono<AppEnv>()
  .get('/', c => listPage(c))
  .post('/', requireRole('editor'), async c => {
    const fields = await formFields(c)
    const { language } = await workspaceFrame(c)
    const reading = readForm(feedInput, fields, language)
    if (reading.kind === 'refused') return listPage(c, { fields, errors: reading.errors })
    const url = (fields.choice || fields.url || '').slice(0, 2000)
    const outcome = await addFeed(c.var.services, { url, section: reading.data.section })
    if (outcome.kind === 'added') return answer(c, 'added', outcome.feed, outcome.added)
    if (outcome.kind === 'known') return answer(c, 'known', outcome.feed)
    if (outcome.kind === 'several')
      return listPage(c, { fields, errors: {}, candidates: outcome.candidates }, 200)
    return listPage(c, { fields: { ...fields, url }, errors: { url: feedFault(language, faultOf(outcome)) } })
  })
  .post('/:id/check', requireRole('editor'), async c => {
    const id = pathId(c)
    const outcome = id === undefined ? undefined : await checkFeed(c.var.services, id)
    if (!outcome || outcome.kind === 'unknown') return missing(c)
    return outcome.kind === 'checked'
      ? answer(c, 'checked', outcome.feed, outcome.added)
      : answer(c, 'justChecked', outcome.feed)
  })
  .get('/:id', requireRole('editor'), async c => {
    const feed = await feedOf(c)
    return feed ? editPage(c, feed) : missing(c)
  })
  .post('/:id', requireRole('editor'), async c => {
    const feed = await feedOf(c)
    if (!feed) return missing(c)
    const fields = await formFields(c)
    const { language } = await workspaceFrame(c)
    const reading = readForm(feedInput, fields, language)
    if (reading.kind === 'refused') return editPage(c, feed, { fields, errors: reading.errors })
    await setFeedSection(c.var.services.db, feed.id, reading.data.section)
    return answer(c, 'saved', feed)
  })
  .post('/:id/remove', requireRole('editor'), async c => {
    const feed = await feedOf(c)
    if (!feed || !(await removeFeed(c.var.services.db, feed.id))) return missing(c)
    const { title: name, url, section } = feed
    return c.redirect(`${path}?${new URLSearchParams({ removed: url, name, section })}`, 303)
  })

const missing = (c: C) => refusalPage(c, 404, words => words.missing)

const faultOf = (outcome: Extract<AddFeedOutcome, { kind: 'refused' | 'too-long' }>) =>
  outcome.kind === 'refused' ? outcome.refusal : outcome

async function feedOf(c: C): Promise<Feed | undefined> {
  const id = pathId(c)
  return id === undefined ? undefined : findFeed(c.var.services.db, id)
}

const doneKinds = ['added', 'known', 'checked', 'justChecked', 'saved'] as const

const answer = (c: C, done: (typeof doneKinds)[number], feed: Feed, stories = 0) =>
  c.redirect(`${path}?${new URLSearchParams({ done, feed: String(feed.id), stories: String(stories) })}`, 303)

/** What was just done, as the address says. */
async function doneIn(c: C): Promise<FeedDone | undefined> {
  const { removed: url, name, section = '', done, feed: id, stories } = c.req.query()
  if (url !== undefined) return { kind: 'removed', url, name: name || url, section }
  const kind = doneKinds.find(one => one === done)
  const feed = kind && (await findFeed(c.var.services.db, idIn(id) ?? 0))
  return feed && { kind, feed, stories: idIn(stories) ?? 0 }
}

async function listPage(c: C, form: AddForm = { fields: {}, errors: {} }, status: 200 | 422 = 422) {
  const [frame, rows, done] = await Promise.all([workspaceFrame(c), listFeeds(c.var.services.db), doneIn(c)])
  return c.html(
    <FeedList frame={frame} rows={rows} form={form} done={done} />,
    c.req.method === 'GET' ? 200 : status,
  )
}

async function editPage(c: C, feed: Feed, failed?: { fields: Fields; errors: FormErrors }) {
  const frame = await workspaceFrame(c)
  const { fields, errors } = failed ?? { fields: { section: feed.section }, errors: {} }
  return c.html(<EditFeed {...{ frame, feed, fields, errors }} />, failed ? 422 : 200)
}
