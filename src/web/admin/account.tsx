import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { languages } from '../../domain/languages.ts'
import { line, optional } from '../../domain/text.ts'
import { findEditor, updateEditor } from '../../store/editors.ts'
import { endSession, endSessions, listSessions } from '../../store/sessions.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { sessionCookie } from '../middleware/session-cookie.ts'
import { type FormErrors, readForm } from '../read-form.ts'
import { AccountPage } from './account-page.tsx'
import { editorOf, workspaceFrame } from './frame.ts'

const accountInput = z.object({
  name: line(200, 1),
  language: optional(z.enum(languages)).transform(language => language ?? null),
})

/** An editor's own page: name, language, and where they are signed in. */
export const account = new Hono<AppEnv>()
  .use(requireRole('writer'))
  .get('/', c => accountPage(c))
  .post('/', async c => {
    const fields = await formFields(c)
    const reading = readForm(accountInput, fields, editorOf(c).language)
    if (reading.kind === 'refused') return accountPage(c, { fields, errors: reading.errors })
    await updateEditor(c.var.services.db, editorOf(c).id, reading.data)
    return c.redirect('/admin/settings/you?done=saved', 303)
  })
  .post('/sign-out-everywhere', async c => {
    await endSessions(c.var.services.db, editorOf(c).id)
    sessionCookie.clear(c)
    return c.redirect('/admin/sign-in', 303)
  })

async function accountPage(c: Context<AppEnv>, failed?: { fields: Fields; errors: FormErrors }) {
  const { db } = c.var.services
  const frame = await workspaceFrame(c)
  const [editor, sessions] = await Promise.all([
    findEditor(db, frame.actor.id),
    listSessions(db, frame.actor.id, sessionCookie.read(c)!),
  ])
  return c.html(
    <AccountPage
      {...frame}
      sessions={sessions}
      saved={c.req.query('done') === 'saved'}
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
