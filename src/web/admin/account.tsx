import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { languages } from '../../domain/languages.ts'
import { relyingParty } from '../../domain/relying-party.ts'
import { line, optional } from '../../domain/text.ts'
import { findEditor, updateEditor } from '../../store/editors.ts'
import { listPasskeys } from '../../store/passkeys.ts'
import {
  endOtherSessions,
  endSession,
  endSessionById,
  endSessions,
  listSessions,
} from '../../store/sessions.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { sessionCookie } from '../middleware/session-cookie.ts'
import { pathId } from '../path-id.ts'
import { type FormErrors, readForm } from '../read-form.ts'
import { AccountPage } from './account-page.tsx'
import { editorOf, workspaceFrame } from './frame.ts'
import { passkeys } from './passkeys.tsx'

const path = '/admin/settings/you'

const accountInput = z.object({
  name: line(200, 1),
  language: optional(z.enum(languages)).transform(language => language ?? null),
})

/** An editor's own page: name, language, passkeys, and where they are signed in. */
export const account = new Hono<AppEnv>()
  .use(requireRole('writer'))
  .get('/', c => accountPage(c))
  .post('/', async c => {
    const fields = await formFields(c)
    const reading = readForm(accountInput, fields, editorOf(c).language)
    if (reading.kind === 'refused') return accountPage(c, { fields, errors: reading.errors })
    await updateEditor(c.var.services.db, editorOf(c).id, reading.data)
    return c.redirect(`${path}?done=saved`, 303)
  })
  .post('/sessions/others/end', async c => {
    await endOtherSessions(c.var.services.db, editorOf(c).id, sessionCookie.read(c)!)
    return c.redirect(`${path}?done=others-ended`, 303)
  })
  .post('/sessions/:id/end', async c => {
    const id = pathId(c)
    if (id !== undefined) await endSessionById(c.var.services.db, editorOf(c).id, id)
    return c.redirect(`${path}?done=session-ended`, 303)
  })
  .post('/sign-out-everywhere', async c => {
    await endSessions(c.var.services.db, editorOf(c).id)
    sessionCookie.clear(c)
    return c.redirect('/admin/sign-in', 303)
  })
  .route('/passkeys', passkeys)

async function accountPage(c: Context<AppEnv>, failed?: { fields: Fields; errors: FormErrors }) {
  const { db, config } = c.var.services
  const frame = await workspaceFrame(c)
  const [editor, sessions, theirs] = await Promise.all([
    findEditor(db, frame.actor.id),
    listSessions(db, frame.actor.id, sessionCookie.read(c)!),
    listPasskeys(db, frame.actor.id),
  ])
  const adding = c.var.fresh ? 'possible' : 'after-proof'
  return c.html(
    <AccountPage
      {...frame}
      sessions={sessions}
      passkeys={theirs}
      adding={relyingParty(config.publicUrl) ? adding : 'not-here'}
      done={c.req.query('done')}
      fields={failed?.fields ?? { name: frame.actor.name, language: editor?.language ?? '' }}
      errors={failed?.errors ?? {}}
    />,
    failed ? 422 : 200,
  )
}

/** Ends this session only. */
export const signOut = new Hono<AppEnv>().post('/', async c => {
  await endSession(c.var.services.db, sessionCookie.read(c)!)
  sessionCookie.clear(c)
  return c.redirect('/admin/sign-in', 303)
})
