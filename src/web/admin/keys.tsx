import { type Context, Hono } from 'hono'
import { createKey } from '../../actions/create-key.ts'
import { keyEnd, keyInput } from '../../domain/api-key.ts'
import { findApiKeyById, listApiKeys, removeApiKey } from '../../store/api-keys.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { pathId } from '../path-id.ts'
import { type FormErrors, readForm } from '../read-form.ts'
import { editorOf, workspaceFrame } from './frame.ts'
import { KeysPage, NewKeyPage, RevokeKeyPage } from './keys-page.tsx'
import { refusalPage } from './refusal.tsx'

type C = Context<AppEnv>

/** The keys with which programs use the API. Only owners come here. */
export const keys = new Hono<AppEnv>()
  .use(requireRole('owner'))
  .get('/', c => keysPage(c))
  .post('/', async c => {
    const fields = await formFields(c)
    const reading = readForm(keyInput, fields, editorOf(c).language)
    if (reading.kind === 'refused') return keysPage(c, { fields, errors: reading.errors })
    const { name, role, lasts } = reading.data
    const { key } = await createKey(c.var.services, { name, role, expiresAt: keyEnd(lasts) })
    return c.html(
      <NewKeyPage
        {...(await workspaceFrame(c))}
        name={name}
        secret={key}
        publicUrl={c.var.services.config.publicUrl}
      />,
      201,
    )
  })
  .get('/:id/revoke', async c => {
    const key = await theKey(c)
    if (!key) return refusalPage(c, 404, words => words.missing)
    return c.html(<RevokeKeyPage {...(await workspaceFrame(c))} apiKey={key} />)
  })
  .post('/:id/revoke', async c => {
    const key = await theKey(c)
    if (key) await removeApiKey(c.var.services.db, key.id)
    return c.redirect('/admin/settings/keys?done=revoked', 303)
  })

async function theKey(c: C) {
  const id = pathId(c)
  return id === undefined ? undefined : findApiKeyById(c.var.services.db, id)
}

async function keysPage(c: C, failed?: { fields: Fields; errors: FormErrors }) {
  return c.html(
    <KeysPage
      {...(await workspaceFrame(c))}
      list={await listApiKeys(c.var.services.db)}
      fields={failed?.fields ?? { role: 'writer', lasts: '365' }}
      errors={failed?.errors ?? {}}
      revoked={c.req.query('done') === 'revoked'}
    />,
    failed ? 422 : 200,
  )
}
