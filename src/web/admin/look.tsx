import { type Context, Hono } from 'hono'
import { keepLogo } from '../../actions/keep-logo.ts'
import { renderSample } from '../../actions/render-sample.ts'
import { lookInput, readMailView } from '../../domain/look.ts'
import { pictureFault, pictureWords } from '../../domain/words/pictures.ts'
import { listNewsletters } from '../../store/newsletters.ts'
import { type Publication, readPublication, updatePublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { asTyped, postedFile } from '../form-body.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { type FormErrors, readForm } from '../read-form.ts'
import { editorOf, workspaceFrame } from './frame.ts'
import { LookPage } from './look-page.tsx'
import { sampleDocument } from './sample-document.ts'

type C = Context<AppEnv>
type Typed = { fields: Fields; errors: FormErrors }

const path = '/admin/settings/look'

/** How pages and mails look. What is typed is shown by its address alone, and saved by the form. */
export const look = new Hono<AppEnv>()
  .use(requireRole('owner'))
  .get('/', async c => {
    if (c.req.query('show') === undefined) return lookPage(c)
    const fields = shown(c)
    const reading = readForm(lookInput, fields, editorOf(c).language)
    return lookPage(c, { fields, errors: reading.kind === 'refused' ? reading.errors : {} })
  })
  .post('/', async c => {
    const fields = await formFields(c)
    const reading = readForm(lookInput, fields, editorOf(c).language)
    if (reading.kind === 'refused') return lookPage(c, { fields, errors: reading.errors }, 422)
    await updatePublication(c.var.services.db, reading.data)
    return c.redirect(`${path}?done=saved`, 303)
  })
  .post('/logo', async c => {
    const { language } = editorOf(c)
    const file = await postedFile(c, 'logo')
    const outcome = file && (await keepLogo(c.var.services, file))
    if (outcome?.kind === 'kept') return c.redirect(`${path}?done=saved`, 303)
    const logo = outcome ? pictureFault(language, outcome) : pictureWords[language].logoMissing
    const { publication } = await workspaceFrame(c)
    return lookPage(c, { fields: asFields(publication), errors: { logo } }, 422)
  })
  .post('/logo/remove', async c => {
    await updatePublication(c.var.services.db, { logoUrl: null })
    return c.redirect(`${path}?done=saved`, 303)
  })
  .get('/preview', async c => {
    const { services } = c.var
    const publication = await readPublication(services.db)
    const [first] = await listNewsletters(services.db)
    const mail = await renderSample(
      services,
      { ...publication, ...wellTyped(shown(c)) },
      {
        slug: 'sample',
        name: publication.name,
        archivePublic: true,
        ...first,
        ...own(publication),
        template: null,
      },
    )
    return sampleDocument(c, mail, readMailView(c.req.query('view')))
  })

// The look is the publication's: so are the language and the clock of the sample.
const own = ({ language, timeZone }: Publication) => ({ language, timeZone })

/** The fields as a form sends them in an address. */
const shown = (c: C): Fields =>
  Object.fromEntries(Object.entries(c.req.query()).map(([name, value]) => [name, asTyped(value)]))

/** What can be shown of what was typed; for the rest, what is saved stands. */
function wellTyped(fields: Fields): Partial<Publication> {
  const readings = Object.entries(lookInput.shape).map(([name, schema]) => {
    const reading = schema.safeParse(fields[name])
    return fields[name] !== undefined && reading.success ? [[name, reading.data]] : []
  })
  return Object.fromEntries(readings.flat())
}

async function lookPage(c: C, typed?: Typed, status: 200 | 422 = 200) {
  const frame = await workspaceFrame(c)
  const view = readMailView(typed?.fields.view)
  return c.html(
    <LookPage
      {...frame}
      fields={typed?.fields ?? asFields(frame.publication)}
      errors={typed?.errors ?? {}}
      view={view}
      outcome={status === 422 ? 'failed' : c.req.query('done') === 'saved' ? 'saved' : undefined}
    />,
    status,
  )
}

const asFields = ({ logoUrl, accent, headlineFont, textFont, footer }: Publication): Fields => ({
  logoUrl: logoUrl ?? '',
  accent,
  headlineFont,
  textFont,
  footer,
})
