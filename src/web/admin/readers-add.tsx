import { type Context, Hono } from 'hono'
import { type HandSignUpOutcome, signUpByHand } from '../../actions/sign-up-by-hand.ts'
import type { Language } from '../../domain/languages.ts'
import { line } from '../../domain/text.ts'
import { addingWords } from '../../domain/words/adding-readers.ts'
import { joiningWords } from '../../domain/words/joining.ts'
import { suppressionWords } from '../../domain/words/suppressions.ts'
import { listNewsletters } from '../../store/newsletters.ts'
import type { AppEnv } from '../env.ts'
import { formBody, isText } from '../form-body.ts'
import { formFields } from '../form-fields.ts'
import { network } from '../middleware/network.ts'
import { requireRole } from '../middleware/require-role.ts'
import { readForm } from '../read-form.ts'
import { editorOf, workspaceFrame } from './frame.ts'
import { type AddErrors, AddReaderPage, type TypedReader } from './readers-add-page.tsx'

type C = Context<AppEnv>

/** Asks a person to confirm, whom an editor names: nobody becomes a reader by an editor's word alone. */
export const addReader = new Hono<AppEnv>()
  .use(requireRole('editor'))
  .get('/', c => addPage(c, {}))
  .post('/', network(), async c => {
    const { services } = c.var
    const { language } = editorOf(c)
    const typed = await typedReader(c)
    const consent = readForm(line(500), typed.consent, language)
    const fault =
      consent.kind === 'refused'
        ? Object.values(consent.errors)[0]!
        : consent.data === '' && addingWords[language].noConsent
    const [frame, newsletters] = await Promise.all([workspaceFrame(c), listNewsletters(services.db)])
    if (fault || consent.kind === 'refused') return addPage(c, { typed, errors: { consent: fault || '' } })
    const outcome = await signUpByHand(
      services,
      { publication: frame.publication, newsletters },
      { ...typed, consent: consent.data, network: c.var.network },
    )
    if (outcome.kind === 'taken') return c.redirect('/admin/readers/sign-ups?done=asked', 303)
    if (outcome.kind === 'too-many') c.header('retry-after', String(outcome.retryAfter))
    return addPage(c, { typed, errors: errorsOf(outcome, language) }, outcome.kind === 'too-many' ? 429 : 422)
  })

async function typedReader(c: C): Promise<TypedReader> {
  const { email = '', name = '', consent = '' } = await formFields(c)
  const newsletters = ((await formBody(c)).get('newsletter') ?? []).filter(isText)
  return { email, name, consent, newsletters }
}

function errorsOf(outcome: Exclude<HandSignUpOutcome, { kind: 'taken' }>, language: Language): AddErrors {
  const words = addingWords[language]
  const joining = joiningWords[language]
  switch (outcome.kind) {
    case 'refused': {
      const { email, newsletter, name } = outcome.faults
      return {
        ...(email && { email: [joining.faults.email[email]] }),
        ...(newsletter && { newsletter: joining.faults.newsletter[newsletter] }),
        ...(name && { name: joining.faults.name[name] }),
      }
    }
    case 'barred': {
      const causes = outcome.causes.map(cause => suppressionWords[language].causes[cause]).join(', ')
      return {
        email: [
          <>
            {words.barred(causes)} <a href="/admin/readers/suppressed">{words.toSuppressed}</a>
          </>,
        ],
      }
    }
    case 'reads':
      return {
        email: [
          <>
            {words.reads} <a href={`/admin/readers/${outcome.subscriberId}`}>{words.toReader}</a>
          </>,
        ],
      }
    case 'too-many':
      return {
        email: [joining.tooMany.text(joining.tooMany.minutes(Math.ceil(outcome.retryAfter / 60)))],
      }
  }
}

type Shown = { typed?: TypedReader; errors?: AddErrors }

async function addPage(c: C, { typed, errors }: Shown, status: 200 | 422 | 429 = errors ? 422 : 200) {
  const [frame, newsletters] = await Promise.all([workspaceFrame(c), listNewsletters(c.var.services.db)])
  return c.html(
    <AddReaderPage
      {...frame}
      newsletters={newsletters.filter(newsletter => newsletter.state === 'open')}
      typed={typed}
      errors={errors ?? {}}
    />,
    status,
  )
}
