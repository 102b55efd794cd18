import { type Context, Hono } from 'hono'
import { putBackEdition, withdrawEdition } from '../../actions/withdraw-edition.ts'
import { withdrawalInput } from '../../domain/withdrawal.ts'
import { findDispatchOf } from '../../store/dispatches.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { type FormErrors, readForm } from '../read-form.ts'
import { digestOf, missing } from './digest-of.ts'
import { byOf, editorOf, workspaceFrame } from './frame.ts'
import { WithdrawPage } from './withdraw-page.tsx'

type C = Context<AppEnv>

/** An edition taken back after it began to go out; an owner may put it back. */
export const withdraw = new Hono<AppEnv>()
  .get('/:id/withdraw', requireRole('editor'), c => withdrawPage(c))
  .post('/:id/withdraw', requireRole('editor'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    const fields = await formFields(c)
    const reason = (fields.reason ?? '').replace(/\s*[\r\n]+\s*/g, ' ')
    const reading = readForm(withdrawalInput, { reason }, editorOf(c).language)
    if (reading.kind === 'refused') return withdrawPage(c, { fields, errors: reading.errors })
    const wish = { digestId: digest.id, reason: reading.data.reason, by: byOf(c) }
    const outcome = await withdrawEdition(c.var.services, wish)
    return outcome.kind === 'withdrawn' ? c.redirect(`/admin/digests/${digest.id}`, 303) : missing(c)
  })
  .post('/:id/put-back', requireRole('owner'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    await putBackEdition(c.var.services, { digestId: digest.id, by: byOf(c) })
    return c.redirect(`/admin/digests/${digest.id}?done=put-back`, 303)
  })

async function withdrawPage(c: C, failed?: { fields: Fields; errors: FormErrors }) {
  const digest = await digestOf(c)
  const dispatch = digest && (await findDispatchOf(c.var.services.db, digest.id))
  if (!digest || !dispatch?.startedAt) return missing(c)
  if (digest.withdrawnAt) return c.redirect(`/admin/digests/${digest.id}`, 303)
  return c.html(
    <WithdrawPage
      frame={await workspaceFrame(c)}
      digest={digest}
      dispatch={dispatch}
      fields={failed?.fields ?? {}}
      errors={failed?.errors ?? {}}
    />,
    failed ? 422 : 200,
  )
}
