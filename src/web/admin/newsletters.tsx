import { type Context, Hono } from 'hono'
import { createNewsletter, saveNewsletter } from '../../actions/save-newsletter.ts'
import { newsletterFields, slugOf } from '../../domain/newsletter.ts'
import { asKept, newsletterSettings } from '../../domain/newsletter-form.ts'
import { senderChanges } from '../../domain/sender.ts'
import { newsletterWords } from '../../domain/words/newsletters.ts'
import {
  findNewslettersById,
  listNewsletters,
  moveNewsletter,
  type Newsletter,
  removeNewsletter,
  updateNewsletter,
} from '../../store/newsletters.ts'
import { countReaders } from '../../store/reader-counts.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { pathId } from '../path-id.ts'
import { type FormErrors, readForm } from '../read-form.ts'
import { actingOf, editorOf, workspaceFrame } from './frame.ts'
import { filledIn } from './newsletter-fields.ts'
import { EditNewsletterPage, NewNewsletterPage } from './newsletter-form.tsx'
import { NewslettersPage, RemoveNewsletterPage } from './newsletters-page.tsx'
import { refusalPage } from './refusal.tsx'
import { proofState, unproven } from './sender-proof.tsx'

type C = Context<AppEnv>
type Failed = { fields: Fields; errors: FormErrors }

const list = '/admin/newsletters'

/** The newsletters: everybody in the workspace sees them with their numbers of readers, owners rule them. */
export const newsletters = new Hono<AppEnv>()
  .get('/', requireRole('writer'), c => listPage(c))
  .use(requireRole('owner'))
  .get('/new', c => newPage(c))
  .post('/', async c => {
    const fields = await formFields(c)
    const { language } = editorOf(c)
    const slug = readForm(
      newsletterFields.pick({ slug: true, name: true }),
      { ...fields, slug: fields.slug?.trim() || slugOf(fields.name ?? '') },
      language,
    )
    const rest = readForm(newsletterSettings, withChecks(fields), language)
    if (slug.kind === 'refused' || rest.kind === 'refused') {
      const errors = {
        ...(slug.kind === 'refused' && slug.errors),
        ...(rest.kind === 'refused' && rest.errors),
      }
      return newPage(c, { fields, errors })
    }
    const settings = asKept(rest.data)
    const changed = senderChanges({}, settings)
    if (changed.length && !c.var.fresh) return newPage(c, { fields, errors: unproven(c, changed) }, 403)
    const values = { ...settings, slug: slug.data.slug }
    const made = await createNewsletter(c.var.services, values, actingOf(c))
    if (!made) return newPage(c, { fields, errors: { slug: newsletterWords[language].slugTaken } })
    return c.redirect(`${list}?done=added&which=${made.id}`, 303)
  })
  .get('/:id', async c => {
    const newsletter = await theNewsletter(c)
    return newsletter ? editPage(c, newsletter) : missing(c)
  })
  .post('/:id', async c => {
    const newsletter = await theNewsletter(c)
    if (!newsletter) return missing(c)
    const fields = await formFields(c)
    const reading = readForm(newsletterSettings, withChecks(fields), editorOf(c).language)
    if (reading.kind === 'refused') return editPage(c, newsletter, { fields, errors: reading.errors })
    const settings = asKept(reading.data)
    const changed = senderChanges(newsletter, settings)
    if (changed.length && !c.var.fresh)
      return editPage(c, newsletter, { fields, errors: unproven(c, changed) }, 403)
    await saveNewsletter(c.var.services, newsletter.id, settings, actingOf(c))
    return c.redirect(`${list}/${newsletter.id}?done=saved`, 303)
  })
  .post('/:id/state', async c => {
    const newsletter = await theNewsletter(c)
    if (!newsletter) return missing(c)
    const state = (await formFields(c)).state === 'closed' ? 'closed' : 'open'
    await updateNewsletter(c.var.services.db, newsletter.id, { state })
    return c.redirect(`${list}/${newsletter.id}`, 303)
  })
  .post('/:id/move', async c => {
    const id = pathId(c)
    const direction = (await formFields(c)).direction === 'up' ? 'up' : 'down'
    if (id !== undefined) await moveNewsletter(c.var.services.db, id, direction)
    return c.redirect(list, 303)
  })
  .get('/:id/remove', async c => {
    const newsletter = await theNewsletter(c)
    if (!newsletter) return missing(c)
    const readers = (await countReaders(c.var.services.db)).get(newsletter.id)?.active ?? 0
    return c.html(<RemoveNewsletterPage {...(await workspaceFrame(c))} {...{ newsletter, readers }} />)
  })
  .post('/:id/remove', async c => {
    const newsletter = await theNewsletter(c)
    if (newsletter) await removeNewsletter(c.var.services.db, newsletter.id)
    return c.redirect(`${list}?done=removed`, 303)
  })

const missing = (c: C) => refusalPage(c, 404, words => words.missing)

// A browser leaves out what is not ticked.
const withChecks = (fields: Fields) => ({
  ...fields,
  carriesAdvertising: fields.carriesAdvertising !== undefined,
  archivePublic: fields.archivePublic !== undefined,
  needsApproval: fields.needsApproval !== undefined,
})

async function theNewsletter(c: C): Promise<Newsletter | undefined> {
  const id = pathId(c)
  return id === undefined ? undefined : (await findNewslettersById(c.var.services.db, [id]))[0]
}

async function listPage(c: C) {
  const { db } = c.var.services
  const [frame, rows, readers] = await Promise.all([workspaceFrame(c), listNewsletters(db), countReaders(db)])
  return c.html(<NewslettersPage {...frame} rows={rows} readers={readers} done={doneWords(c, rows)} />)
}

function doneWords(c: C, rows: Newsletter[]): string | undefined {
  const words = newsletterWords[editorOf(c).language]
  const added = rows.find(row => String(row.id) === c.req.query('which'))
  if (c.req.query('done') === 'added') return added && words.added(added.name)
  return c.req.query('done') === 'removed' ? words.removed : undefined
}

async function newPage(c: C, failed?: Failed, status: 403 | 422 = 422) {
  const frame = await workspaceFrame(c)
  const fields = failed?.fields ?? filledIn.fresh(frame.publication)
  return c.html(
    <NewNewsletterPage
      {...frame}
      fields={fields}
      errors={failed?.errors ?? {}}
      proof={proofState(c, status)}
    />,
    failed ? status : 200,
  )
}

async function editPage(c: C, newsletter: Newsletter, failed?: Failed, status: 403 | 422 = 422) {
  return c.html(
    <EditNewsletterPage
      {...(await workspaceFrame(c))}
      newsletter={newsletter}
      fields={failed?.fields ?? filledIn.of(newsletter)}
      errors={failed?.errors ?? {}}
      saved={c.req.query('done') === 'saved'}
      proof={proofState(c, status)}
    />,
    failed ? status : 200,
  )
}
