import { type Context, Hono } from 'hono'
import { fillEach } from '../../actions/fill-slots.ts'
import { sendMissed, skipMissed, stopEdition } from '../../actions/steer-run.ts'
import { articleIdsOf } from '../../domain/blocks.ts'
import { findArticles } from '../../store/articles.ts'
import { countAudience } from '../../store/audience.ts'
import { findDigest } from '../../store/digests.ts'
import { findNewslettersById } from '../../store/newsletters.ts'
import { findRunWithDigest, type RunWithDigest } from '../../store/plan-runs.ts'
import { findPlan, type Plan } from '../../store/plans.ts'
import type { AppEnv } from '../env.ts'
import { requireRole } from '../middleware/require-role.ts'
import { pathId } from '../path-id.ts'
import { missing } from './digest-of.ts'
import { byOf, workspaceFrame } from './frame.ts'
import { PlanRunPage, type PlanRunProps } from './plan-run-page.tsx'

type C = Context<AppEnv>
type Found = { plan: Plan; run: RunWithDigest }

/** A plan's editions, each on a page of its day: mails lead here, to stop one that is to go, or to answer for a missed one. */
export const planRuns = new Hono<AppEnv>()
  .get('/:id/runs/:day', requireRole('writer'), async c => {
    const found = await runOf(c)
    return found ? runPage(c, found) : missing(c)
  })
  .post('/:id/runs/:day/stop', requireRole('editor'), async c => {
    const found = await runOf(c)
    if (!found) return missing(c)
    const outcome = await stopEdition(c.var.services, found.run, byOf(c))
    if (outcome === 'stopped') return c.redirect(pathOf(found), 303)
    return runPage(c, (await runOf(c)) ?? found, outcome === 'started' ? 'tooLate' : 'changed')
  })
  .post('/:id/runs/:day/send', requireRole('editor'), async c => {
    const found = await runOf(c)
    if (!found) return missing(c)
    if (found.run.state !== 'asks') return runPage(c, found, 'changed')
    await sendMissed(c.var.services, found.run, byOf(c))
    return c.redirect(pathOf(found), 303)
  })
  .post('/:id/runs/:day/skip', requireRole('editor'), async c => {
    const found = await runOf(c)
    if (!found) return missing(c)
    const skipped = await skipMissed(c.var.services, found.run)
    return skipped ? c.redirect(pathOf(found), 303) : runPage(c, found, 'changed')
  })

const pathOf = ({ plan, run }: Found) => `/admin/plans/${plan.id}/runs/${run.day}`

/** The run of the path, as things stand now. */
async function runOf(c: C): Promise<Found | undefined> {
  const { db } = c.var.services
  const [id, day = ''] = [pathId(c), c.req.param('day')]
  if (id === undefined || !isDay(day)) return undefined
  const plan = await findPlan(db, id)
  const run = plan && (await findRunWithDigest(db, { planId: id, day }))
  return run && { plan, run }
}

// What is no date PostgreSQL would throw for.
const isDay = (text: string) =>
  /^[1-9]\d{3}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.slice(0, 10) === text

async function runPage(c: C, { plan, run }: Found, problem?: PlanRunProps['problem']) {
  const { db } = c.var.services
  const digest = run.digestId === null ? undefined : await findDigest(db, run.digestId)
  const newsletters = await findNewslettersById(
    db,
    digest ? digest.newsletters.map(one => one.id) : plan.newsletterIds,
  )
  // One that is not made yet shows what it would be made of.
  const blocks =
    digest?.blocks ??
    (run.state === 'asks' ? (await fillEach(db, { blocks: plan.blocks, newsletters })).flat() : [])
  const ids = articleIdsOf(blocks)
  const [frame, articles, readers] = await Promise.all([
    workspaceFrame(c),
    findArticles(db, ids),
    countAudience(db, { newsletterIds: newsletters.map(one => one.id), audience: digest?.audience }),
  ])
  return c.html(
    <PlanRunPage
      frame={frame}
      plan={plan}
      run={run}
      edition={digest?.hiddenAt ? undefined : digest}
      newsletters={newsletters.map(one => one.name)}
      readers={readers}
      needsApproval={newsletters.some(one => one.needsApproval)}
      stories={ids.flatMap(id => articles.get(id)?.title ?? [])}
      problem={problem}
    />,
    problem ? 409 : 200,
  )
}
