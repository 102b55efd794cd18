import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { liftMany, liftOne } from '../../actions/lift-suppressions.ts'
import { suppressByHand } from '../../actions/suppress-by-hand.ts'
import { emailAddress } from '../../domain/address-fields.ts'
import { mayAct } from '../../domain/roles.ts'
import { sees } from '../../domain/sight.ts'
import { line } from '../../domain/text.ts'
import { databaseClock } from '../../store/clock.ts'
import { countBounced, listSuppressions } from '../../store/suppression-list.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { pageBefore } from '../list-query.ts'
import { requireRole } from '../middleware/require-role.ts'
import { pathId } from '../path-id.ts'
import { type FormErrors, readForm } from '../read-form.ts'
import { actingOf, editorOf, workspaceFrame } from './frame.ts'
import { LiftPage } from './lift-page.tsx'
import { SuppressedPage } from './suppressed-page.tsx'
import { mayLiftTogether, soughtSuppressions, suppressionQuery } from './suppression-filter.ts'

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
  .get('/lift', requireRole('owner'), async c => {
    const { db } = c.var.services
    const frame = await workspaceFrame(c)
    const sought = soughtSuppressions(c, frame.publication.timeZone, sees(c.var.actor))
    const asOf = await databaseClock(db)
    const count = mayLiftTogether(sought) ? await countBounced(db, sought.filter) : 0
    return c.html(<LiftPage {...{ frame, sought, count, asOf }} />)
  })
  .post('/lift', requireRole('owner'), async c => {
    const { publication } = await workspaceFrame(c)
    const sought = soughtSuppressions(c, publication.timeZone, sees(c.var.actor))
    const asOf = new Date((await formFields(c)).asOf ?? '')
    if (!mayLiftTogether(sought) || Number.isNaN(asOf.getTime()))
      return c.redirect(path + suppressionQuery(sought.typed), 303)
    // What came after the page was shown was not meant.
    const to = sought.filter.to && sought.filter.to < asOf ? sought.filter.to : asOf
    const count = await liftMany(c.var.services, { ...sought.filter, to }, actingOf(c))
    return c.redirect(`${path}?lifted=${count}`, 303)
  })
  .post('/:id/lift', requireRole('owner'), async c => {
    const id = pathId(c)
    if (id !== undefined) await liftOne(c.var.services, id, actingOf(c))
    return c.redirect(`${path}?done=lifted`, 303)
  })

async function suppressedPage(c: C, failed?: { fields: Fields; errors: FormErrors }) {
  const { db } = c.var.services
  const before = pageBefore(c)
  const frame = await workspaceFrame(c)
  const sought = soughtSuppressions(c, frame.publication.timeZone, sees(c.var.actor))
  const mayLift = mayAct(frame.actor.role, 'owner') && mayLiftTogether(sought)
  const [found, liftable] = await Promise.all([
    listSuppressions(db, { limit: perPage + 1, before, ...sought.filter }),
    mayLift ? countBounced(db, sought.filter) : 0,
  ])
  const rows = found.slice(0, perPage)
  return c.html(
    <SuppressedPage
      {...{ frame, rows, sought, liftable }}
      first={before === undefined ? undefined : path + suppressionQuery(sought.typed)}
      older={
        found.length > perPage
          ? path + suppressionQuery(sought.typed, { before: String(rows.at(-1)!.id) })
          : undefined
      }
      fields={failed?.fields ?? {}}
      errors={failed?.errors ?? {}}
      done={c.req.query('done')}
      lifted={Number(c.req.query('lifted')) || undefined}
    />,
    failed ? 422 : 200,
  )
}
