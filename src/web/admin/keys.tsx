import { type Context, Hono } from 'hono'
import { createKey, revokeKey } from '../../actions/create-key.ts'
import { keyEnd, keyInput } from '../../domain/api-key.ts'
import { findApiKeyById, listApiKeys } from '../../store/api-keys.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireFresh } from '../middleware/require-fresh.ts'
import { requireRole } from '../middleware/require-role.ts'
import { pathId } from '../path-id.ts'
import { type FormErrors, readForm } from '../read-form.ts'
import { actingOf, editorOf, workspaceFrame } from './frame.ts'
import { KeysPage, NewKeyPage, RevokeKeyPage } from './keys-page.tsx'
import { refusalPage } from './refusal.tsx'

type C = Context<AppEnv>

/** The keys with which programs use the API. Only owners come here. */
export const keys = new Hono<AppEnv>()
  .use(requireRole('owner'))
  .get('/', requireFresh(), c => keysPage(c))
  .post('/', async c => {
    const fields = await formFields(c)
    const reading = readForm(keyInput, fields, editorOf(c).language)
    if (reading.kind === 'refused') return keysPage(c, { fields, errors: reading.errors })
    if (!c.var.fresh) return keysPage(c, { fields, errors: {}, unproven: true })
    const { name, role, lasts } = reading.data
    const values = { name, role, expiresAt: keyEnd(lasts) }
    const { key } = await createKey(c.var.services, values, actingOf(c))
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
  .get('/:id/revoke', requireFresh(), async c => {
    const key = await theKey(c)
    if (!key) return refusalPage(c, 404, words => words.missing)
    return c.html(<RevokeKeyPage {...(await workspaceFrame(c))} apiKey={key} />)
  })
  .post('/:id/revoke', requireFresh(), async c => {
    const key = await theKey(c)
    if (key) await revokeKey(c.var.services, key, actingOf(c))
    return c.redirect('/admin/settings/keys?done=revoked', 303)
  })

async function theKey(c: C) {
  const id = pathId(c)
  return id === undefined ? undefined : findApiKeyById(c.var.services.db, id)
}

async function keysPage(c: C, failed?: { fields: Fields; errors: FormErrors; unproven?: boolean }) {
  return c.html(
    <KeysPage
      {...(await workspaceFrame(c))}
      list={await listApiKeys(c.var.services.db)}
      fields={failed?.fields ?? { role: 'writer', lasts: '365' }}
      errors={failed?.errors ?? {}}
      revoked={c.req.query('done') === 'revoked'}
      unproven={failed?.unproven ?? false}
    />,
    failed?.unproven ? 403 : failed ? 422 : 200,
  )
}
