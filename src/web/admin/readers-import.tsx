import { type Context, Hono } from 'hono'
import { type ImportReport, importSubscribers } from '../../actions/import-subscribers.ts'
import { CsvError, readCsv } from '../../domain/subscriber-csv.ts'
import { capital, line } from '../../domain/text.ts'
import { importReason } from '../../domain/words/import-reasons.ts'
import { readerImportWords } from '../../domain/words/reader-import.ts'
import { listNewsletters } from '../../store/newsletters.ts'
import type { AppEnv } from '../env.ts'
import { formBody } from '../form-body.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import type { FormErrors } from '../read-form.ts'
import { readForm } from '../read-form.ts'
import { editorOf, workspaceFrame } from './frame.ts'
import { ImportPage } from './readers-import-page.tsx'

type C = Context<AppEnv>
type Shown = { fields?: Fields; errors?: FormErrors; report?: ImportReport; tried?: boolean }

/** Adds readers from a file. Only owners come here: where consent came from is theirs to say. */
export const readersImport = new Hono<AppEnv>()
  .use(requireRole('owner'))
  .get('/', c => importPage(c, {}))
  .post('/', async c => {
    const { services } = c.var
    const { language } = editorOf(c)
    const words = readerImportWords[language]
    const fields = await formFields(c)
    const file = (await formBody(c)).get('file')?.at(-1)
    const consent = readForm(line(1000), fields.consent ?? '', language)
    const newsletter = (await listNewsletters(services.db)).find(one => one.slug === fields.newsletter)
    const errors: FormErrors = {}
    if (!newsletter) errors.newsletter = words.noNewsletter
    if (!(file instanceof File) || file.size === 0) errors.file = words.noFile
    if (consent.kind === 'refused') errors.consent = Object.values(consent.errors)[0]!
    else if (consent.data === '') errors.consent = words.noConsent
    if (!newsletter || !(file instanceof File) || consent.kind === 'refused' || Object.keys(errors).length)
      return importPage(c, { fields, errors })
    const tried = fields.write !== 'all'
    try {
      const report = await importSubscribers(services, {
        newsletter,
        consent: consent.data,
        source: file.name.replace(/[^\p{L}\p{N} ._-]/gu, '').slice(0, 100),
        rows: readCsv(file.stream()),
        mode: fields.update === undefined ? 'add' : 'update',
        write: tried ? 'nothing' : 'all',
      })
      return importPage(c, { fields: tried ? fields : {}, report, tried })
    } catch (error) {
      if (!(error instanceof CsvError)) throw error
      return importPage(c, {
        fields,
        errors: { file: capital(importReason(language, error.message)) },
      })
    }
  })

async function importPage(c: C, shown: Shown) {
  const [frame, newsletters] = await Promise.all([workspaceFrame(c), listNewsletters(c.var.services.db)])
  return c.html(
    <ImportPage
      {...frame}
      newsletters={newsletters}
      fields={shown.fields ?? {}}
      errors={shown.errors ?? {}}
      report={shown.report}
      tried={shown.tried ?? false}
    />,
    shown.errors ? 422 : 200,
  )
}
