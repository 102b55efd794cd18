import { type Context, Hono } from 'hono'
import { savePublication } from '../../actions/save-publication.ts'
import { publicationInput } from '../../domain/publication.ts'
import { mayAct } from '../../domain/roles.ts'
import { senderChanges } from '../../domain/sender.ts'
import { type Publication, readPublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { type FormErrors, readForm } from '../read-form.ts'
import { accessLog } from './access-log.tsx'
import { account } from './account.tsx'
import { delivery } from './delivery.tsx'
import { editors } from './editors.tsx'
import { actingOf, editorOf, workspaceFrame } from './frame.ts'
import { keys } from './keys.tsx'
import { look } from './look.tsx'
import { proofState, unproven } from './sender-proof.tsx'
import { SettingsPage } from './settings-page.tsx'
import { testers } from './testers.tsx'

type C = Context<AppEnv>

/** What owners set for the publication; everybody else has a page of their own here. */
export const settings = new Hono<AppEnv>()
  .get('/', async c =>
    mayAct(c.var.actor.role, 'owner') ? await settingsPage(c) : c.redirect('/admin/settings/you', 303),
  )
  .post('/', requireRole('owner'), async c => {
    const fields = await formFields(c)
    const reading = readForm(publicationInput, fields, editorOf(c).language)
    if (reading.kind === 'refused') return settingsPage(c, { fields, errors: reading.errors })
    const changed = senderChanges(await readPublication(c.var.services.db), reading.data)
    if (changed.length && !c.var.fresh) return settingsPage(c, { fields, errors: unproven(c, changed) }, 403)
    await savePublication(c.var.services, reading.data, actingOf(c))
    return c.redirect('/admin/settings?done=saved', 303)
  })
  .route('/delivery', delivery)
  .route('/editors', editors)
  .route('/keys', keys)
  .route('/log', accessLog)
  .route('/look', look)
  .route('/testers', testers)
  .route('/you', account)

async function settingsPage(c: C, failed?: { fields: Fields; errors: FormErrors }, status: 403 | 422 = 422) {
  const frame = await workspaceFrame(c)
  return c.html(
    <SettingsPage
      {...frame}
      fields={failed?.fields ?? asFields(frame.publication)}
      errors={failed?.errors ?? {}}
      saved={c.req.query('done') === 'saved'}
      proof={proofState(c, status)}
    />,
    failed ? status : 200,
  )
}

const asFields = (publication: Publication): Fields => ({
  name: publication.name,
  tagline: publication.tagline,
  senderName: publication.senderName,
  senderAddress: publication.senderAddress,
  replyTo: publication.replyTo ?? '',
  postalAddress: publication.postalAddress,
  timeZone: publication.timeZone,
  language: publication.language,
  privacyText: publication.privacyText,
  ...(publication.correctableLinks && { correctableLinks: 'on' }),
  ...(publication.countClicks && { countClicks: 'on' }),
})
