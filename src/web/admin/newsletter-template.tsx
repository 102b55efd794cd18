import { type Context, Hono } from 'hono'
import { renderSample } from '../../actions/render-sample.ts'
import { readMailView } from '../../domain/look.ts'
import { TemplateError, type TemplateFault, templateInput } from '../../domain/template.ts'
import { checkTemplate } from '../../mail/render/check-template.ts'
import { templateToStartFrom } from '../../mail/render/own-template.ts'
import { findNewsletter, type Newsletter, updateNewsletter } from '../../store/newsletters.ts'
import { readPublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { readForm } from '../read-form.ts'
import { editorOf, workspaceFrame } from './frame.ts'
import { DropTemplatePage, TemplatePage } from './newsletter-template-page.tsx'
import { refusalPage } from './refusal.tsx'
import { sampleDocument } from './sample-document.ts'

type C = Context<AppEnv>
type Shown = { template: string; faults?: readonly TemplateFault[]; error?: string }

/** A newsletter's own template: edited, checked before it is kept, shown, and dropped again. */
export const newsletterTemplate = new Hono<AppEnv>()
  .get('/:slug/template', requireRole('editor'), async c => {
    const newsletter = await theNewsletter(c)
    if (!newsletter) return missing(c)
    const fresh = c.req.query('from') === 'broadsheet'
    const template = fresh ? templateToStartFrom(c.var.services.templates) : (newsletter.template ?? '')
    return templatePage(c, newsletter, { template })
  })
  .post('/:slug/template', requireRole('editor'), async c => {
    const newsletter = await theNewsletter(c)
    if (!newsletter) return missing(c)
    const typed = await readTemplate(c)
    if (typed.faults || typed.error) return templatePage(c, newsletter, typed, 422)
    await updateNewsletter(c.var.services.db, newsletter.id, { template: typed.template })
    return c.redirect(`${pathOf(newsletter)}?done=saved`, 303)
  })
  .post('/:slug/template/sample', requireRole('editor'), async c => {
    const newsletter = await theNewsletter(c)
    if (!newsletter) return missing(c)
    const typed = await readTemplate(c)
    if (typed.faults || typed.error) return templatePage(c, newsletter, typed, 422)
    return sample(c, { ...newsletter, template: typed.template })
  })
  .get('/:slug/template/sample', requireRole('editor'), async c => {
    const newsletter = await theNewsletter(c)
    return newsletter ? sample(c, newsletter) : missing(c)
  })
  .get('/:slug/template/drop', requireRole('editor'), async c => {
    const newsletter = await theNewsletter(c)
    if (!newsletter || newsletter.template === null) return missing(c)
    return c.html(<DropTemplatePage {...(await workspaceFrame(c))} newsletter={newsletter} />)
  })
  .post('/:slug/template/drop', requireRole('editor'), async c => {
    const newsletter = await theNewsletter(c)
    if (!newsletter) return missing(c)
    await updateNewsletter(c.var.services.db, newsletter.id, { template: null })
    return c.redirect(`${pathOf(newsletter)}?done=dropped`, 303)
  })

const missing = (c: C) => refusalPage(c, 404, words => words.missing)

const theNewsletter = (c: C): Promise<Newsletter | undefined> =>
  findNewsletter(c.var.services.db, c.req.param('slug') ?? '')

const pathOf = ({ slug }: Newsletter) => `/admin/newsletters/${slug}/template`

/** What was typed, and all that is wrong with it. */
async function readTemplate(c: C): Promise<Shown> {
  const fields = await formFields(c)
  const reading = readForm(templateInput, fields, editorOf(c).language)
  const template = fields.template ?? ''
  if (reading.kind === 'refused') return { template, error: reading.errors.template }
  const faults = await checkTemplate(reading.data.template)
  return faults.length ? { template, faults } : { template: reading.data.template }
}

async function templatePage(c: C, newsletter: Newsletter, shown: Shown, status: 200 | 422 = 200) {
  const done = c.req.query('done')
  return c.html(
    <TemplatePage
      {...(await workspaceFrame(c))}
      {...{ newsletter, ...shown }}
      started={c.req.query('from') === 'broadsheet' && status === 200}
      done={status === 200 && (done === 'saved' || done === 'dropped') ? done : undefined}
    />,
    status,
  )
}

/** The sample as this newsletter's readers would get it. A template may fit the check, and yet not this publication. */
async function sample(c: C, newsletter: Newsletter) {
  const publication = await readPublication(c.var.services.db)
  try {
    const mail = await renderSample(c.var.services, publication, newsletter)
    return sampleDocument(c, mail, readMailView(c.req.query('view')))
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    return templatePage(c, newsletter, { template: newsletter.template ?? '', faults: error.faults }, 422)
  }
}
