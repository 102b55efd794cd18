import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { suppressByHand } from '../../actions/suppress-by-hand.ts'
import { emailAddress } from '../../domain/address-fields.ts'
import { line } from '../../domain/text.ts'
import { liftSuppression, listSuppressions } from '../../store/suppressions.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { pageBefore } from '../list-query.ts'
import { requireRole } from '../middleware/require-role.ts'
import { pathId } from '../path-id.ts'
import { type FormErrors, readForm } from '../read-form.ts'
import { editorOf, workspaceFrame } from './frame.ts'
import { SuppressedPage } from './suppressed-page.tsx'

type C = Context<AppEnv>

const path = '/admin/readers/suppressed'
const perPage = 50

const byHand = z.object({ email: emailAddress, why: line(500, 1) })

/** The addresses that get no digest: editors add to them, only owners lift. */
export const suppressed = new Hono<AppEnv>()
  .use(requireRole('editor'))
  .get('/', c => suppressedPage(c))
  .post('/', async c => {
    const fields = await formFields(c)
    const reading = readForm(byHand, fields, editorOf(c).language)
    if (reading.kind === 'refused') return suppressedPage(c, { fields, errors: reading.errors })
    const { email, why } = reading.data
    await suppressByHand(c.var.services, { email: email.address, why, editorId: editorOf(c).id })
    return c.redirect(`${path}?done=suppressed`, 303)
  })
  .post('/:id/lift', requireRole('owner'), async c => {
    const id = pathId(c)
    if (id !== undefined) await liftSuppression(c.var.services.db, id)
    return c.redirect(`${path}?done=lifted`, 303)
  })

async function suppressedPage(c: C, failed?: { fields: Fields; errors: FormErrors }) {
  const before = pageBefore(c)
  const [frame, found] = await Promise.all([
    workspaceFrame(c),
    listSuppressions(c.var.services.db, { limit: perPage + 1, before }),
  ])
  const rows = found.slice(0, perPage)
  return c.html(
    <SuppressedPage
      {...{ ...frame, rows }}
      first={before === undefined ? undefined : path}
      older={found.length > perPage ? `${path}?before=${rows.at(-1)!.id}` : undefined}
      fields={failed?.fields ?? {}}
      errors={failed?.errors ?? {}}
      done={c.req.query('done')}
    />,
    failed ? 422 : 200,
  )
}
