import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { giveRole, removeEditor } from '../../actions/change-editor.ts'
import { inviteEditor } from '../../actions/invite-editor.ts'
import { emailAddress } from '../../domain/address-fields.ts'
import { languages } from '../../domain/languages.ts'
import { type Role, roles } from '../../domain/roles.ts'
import { line, optional } from '../../domain/text.ts'
import { accessWords } from '../../domain/words/access.ts'
import { teamWords } from '../../domain/words/team.ts'
import { type Editor, findEditor, listEditors } from '../../store/editors.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireFresh } from '../middleware/require-fresh.ts'
import { requireRole } from '../middleware/require-role.ts'
import { pathId } from '../path-id.ts'
import { type FormErrors, readForm } from '../read-form.ts'
import { EditorsPage, RemoveEditorPage } from './editors-page.tsx'
import { actingOf, editorOf, workspaceFrame } from './frame.ts'
import { refusalPage } from './refusal.tsx'

type C = Context<AppEnv>

const invitation = z.object({
  email: emailAddress,
  name: line(200, 1),
  role: z.enum(roles),
  language: optional(z.enum(languages)),
})

/** Who may sign in, and as what. Only owners come here. */
export const editors = new Hono<AppEnv>()
  .use(requireRole('owner'))
  .get('/', requireFresh(), c => editorsPage(c))
  .post('/', async c => {
    const fields = await formFields(c)
    const { language } = editorOf(c)
    const reading = readForm(invitation, fields, language)
    if (reading.kind === 'refused') return editorsPage(c, { fields, errors: reading.errors })
    if (!c.var.fresh) return editorsPage(c, { fields, unproven: true })
    const { email, ...rest } = reading.data
    const outcome = await inviteEditor(c.var.services, { ...rest, address: email }, actingOf(c))
    if (outcome.kind === 'known')
      return editorsPage(c, { fields, errors: { email: teamWords[language].editors.known } })
    return c.redirect(`/admin/settings/editors?done=invited&who=${outcome.editor.id}`, 303)
  })
  .post('/:id/role', async c => {
    const editor = await theEditor(c)
    const role = z.enum(roles).safeParse((await formFields(c)).role)
    if (!editor || !role.success) return refusalPage(c, 404, words => words.missing)
    if (!c.var.fresh) return editorsPage(c, { unproven: true, chosen: { id: editor.id, role: role.data } })
    const change = await giveRole(c.var.services, editor.id, role.data, actingOf(c))
    if (change.kind === 'last-owner') return editorsPage(c, { lastOwner: true })
    const stillOwner = editor.id !== editorOf(c).id || role.data === 'owner'
    return c.redirect(
      stillOwner ? `/admin/settings/editors?done=changed&who=${editor.id}` : '/admin/settings/you',
      303,
    )
  })
  .get('/:id/remove', requireFresh(), async c => {
    const editor = await theEditor(c)
    if (!editor) return refusalPage(c, 404, words => words.missing)
    return c.html(<RemoveEditorPage {...(await workspaceFrame(c))} editor={editor} />)
  })
  .post('/:id/remove', requireFresh(), async c => {
    const id = pathId(c)
    const change = id && (await removeEditor(c.var.services, id, actingOf(c)))
    if (!change || change.kind === 'unknown') return refusalPage(c, 404, words => words.missing)
    if (change.kind === 'last-owner') return editorsPage(c, { lastOwner: true })
    if (change.editor.id === editorOf(c).id) return c.redirect('/admin/sign-in', 303)
    return c.redirect('/admin/settings/editors?done=removed', 303)
  })

async function theEditor(c: C): Promise<Editor | undefined> {
  const id = pathId(c)
  return id === undefined ? undefined : findEditor(c.var.services.db, id)
}

type Failed = {
  fields?: Fields
  errors?: FormErrors
  lastOwner?: boolean
  unproven?: boolean
  chosen?: { id: number; role: Role }
}

async function editorsPage(c: C, failed?: Failed) {
  const frame = await workspaceFrame(c)
  const list = await listEditors(c.var.services.db)
  return c.html(
    <EditorsPage
      {...frame}
      list={list}
      fields={failed?.fields ?? { role: 'writer' }}
      errors={failed?.errors ?? {}}
      lastOwner={failed?.lastOwner ?? false}
      unproven={failed?.unproven ?? false}
      chosen={failed?.chosen}
      done={doneWords(c, list)}
    />,
    failed?.lastOwner ? 409 : failed?.unproven ? 403 : failed ? 422 : 200,
  )
}

function doneWords(c: C, list: Editor[]): string | undefined {
  const { language } = editorOf(c)
  const words = teamWords[language].editors
  const who = list.find(editor => String(editor.id) === c.req.query('who'))
  const name = who?.name || who?.address || ''
  switch (c.req.query('done')) {
    case 'invited':
      return who && words.invited(name)
    case 'changed':
      return who && words.changed(name, accessWords[language].roles[who.role])
    case 'removed':
      return words.removed
    default:
      return undefined
  }
}
