import { Hono } from 'hono'
import { mayRetry, retryDeliveries } from '../../actions/retry-deliveries.ts'
import { sees } from '../../domain/sight.ts'
import { databaseClock } from '../../store/clock.ts'
import { countRetriable, listMissed, tallyMissed } from '../../store/failures.ts'
import type { AppEnv } from '../env.ts'
import { formFields } from '../form-fields.ts'
import { pageAfter } from '../list-query.ts'
import { requireRole } from '../middleware/require-role.ts'
import { digestOf, missing } from './digest-of.ts'
import { type C, type Started, started } from './failed-digest.ts'
import { chosenBy, type FailureFilter, failureFilter, queryOf } from './failure-filter.ts'
import { failuresExport } from './failures-export.tsx'
import { FailuresPage } from './failures-page.tsx'
import { workspaceFrame } from './frame.ts'
import { RetryPage } from './retry-page.tsx'

const perPage = 50

/** Readers whom a digest did not reach: who, why, and trying them again. */
export const failures = new Hono<AppEnv>()
  .route('/', failuresExport)
  .get('/:id/failures', requireRole('writer'), async c => {
    const about = await started(c)
    return about ? failuresPage(c, about) : missing(c)
  })
  .get('/:id/retry', requireRole('editor'), async c => {
    const about = await started(c)
    if (!about) return missing(c)
    const filter = failureFilter(c)
    const { db } = c.var.services
    const [frame, asOf, counts] = await Promise.all([
      workspaceFrame(c),
      databaseClock(db),
      countRetriable(db, about.dispatch.id, chosenBy(filter, sees(c.var.actor))),
    ])
    return c.html(
      <RetryPage {...{ frame, filter, asOf, counts, ...about }} open={mayRetry(about.dispatch)} />,
    )
  })
  .post('/:id/retry', requireRole('editor'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    const { how, asOf } = await formFields(c)
    const filter = failureFilter(c)
    const outcome = await retryDeliveries(c.var.services, digest.id, {
      chosen: chosenBy(filter, sees(c.var.actor)),
      how: how === 'count-as-sent' ? how : 'send',
      asOf: momentOf(asOf),
    })
    if (outcome.kind === 'not-dispatched') return missing(c)
    const base = `/admin/digests/${digest.id}`
    if (outcome.kind === 'not-now') return c.redirect(`${base}/failures?done=final`, 303)
    const done = outcome.readers ? (how === 'count-as-sent' ? how : 'send') : 'nobody'
    return c.redirect(`${base}/failures?done=${done}&readers=${outcome.readers}`, 303)
  })

const momentOf = (text = ''): Date | undefined =>
  Number.isNaN(Date.parse(text)) ? undefined : new Date(text)

async function failuresPage(c: C, { digest, dispatch }: Started) {
  const { db } = c.var.services
  const filter: FailureFilter = { ...failureFilter(c), readers: [] }
  const after = pageAfter(c)
  const sight = sees(c.var.actor)
  const chosen = chosenBy(filter, sight)
  const [frame, found, tallies, counts] = await Promise.all([
    workspaceFrame(c),
    listMissed(db, dispatch.id, chosen, { after, limit: perPage + 1 }),
    // Further pages don't walk the ledger again for what the first one said.
    after === undefined ? tallyMissed(db, dispatch.id, chosen) : undefined,
    sight !== 'none' && mayRetry(dispatch) ? countRetriable(db, dispatch.id, chosen) : undefined,
  ])
  const rows = found.slice(0, perPage)
  return c.html(
    <FailuresPage
      {...{ frame, digest, dispatch, filter, rows, tallies, sight }}
      retriable={counts && counts.failed + counts.unknown}
      start={after === undefined ? undefined : queryOf(filter)}
      more={found.length > perPage ? queryOf(filter, { after: rows.at(-1)!.id }) : undefined}
      done={{ what: c.req.query('done'), readers: Number(c.req.query('readers')) || 0 }}
    />,
  )
}
