import { type Context, Hono } from 'hono'
import { fillEach } from '../../actions/fill-slots.ts'
import { savePlan, switchPlan } from '../../actions/save-plan.ts'
import { articleIdsOf } from '../../domain/blocks.ts'
import { planBlocksOf } from '../../domain/plan-blocks.ts'
import { planFormWords } from '../../domain/words/plan-form.ts'
import { planWords } from '../../domain/words/plans.ts'
import { findArticles, sectionsInUse } from '../../store/articles.ts'
import { findVersion } from '../../store/digest-versions.ts'
import { findDigest, listDigests } from '../../store/digests.ts'
import { findNewslettersById, listNewsletters } from '../../store/newsletters.ts'
import { lastRuns, listRuns, type RunWithDigest } from '../../store/plan-runs.ts'
import { findPlan, listPlans, type Plan, removePlan } from '../../store/plans.ts'
import type { AppEnv } from '../env.ts'
import { formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { idIn, pathId } from '../path-id.ts'
import { missing } from './digest-of.ts'
import { editorOf, workspaceFrame } from './frame.ts'
import {
  freshPlan,
  type PlanErrors,
  type PlanFields,
  planFields,
  planFieldsOf,
  readPlan,
} from './plan-fields.ts'
import { PlanForm } from './plan-form.tsx'
import { PlanList } from './plan-list.tsx'
import { PlanPage } from './plan-page.tsx'
import { RemovePlanPage } from './plan-remove-page.tsx'

type C = Context<AppEnv>

const list = '/admin/plans'
/** Runs that a plan's page shows: six weeks of a daily one. */
const runsShown = 42

/** The plans that make digests: everybody in the workspace sees them, editors make and change them. */
export const plans = new Hono<AppEnv>()
  .use(requireRole('writer'))
  .get('/', async c => {
    const { db } = c.var.services
    const [frame, rows, last] = await Promise.all([workspaceFrame(c), listPlans(db), lastRuns(db)])
    const { removed } = c.req.query()
    const done = removed === undefined ? undefined : planWords[frame.language].plan.removed(removed)
    return c.html(<PlanList frame={frame} rows={rows} lastRuns={last} done={done} />)
  })
  .get('/new', requireRole('editor'), async c => {
    const id = idIn(c.req.query('digest'))
    const { publication } = await workspaceFrame(c)
    return formPage(c, { fields: freshPlan(publication, await startOf(c, id)), errors: {}, chosen: id })
  })
  .post('/', requireRole('editor'), c => save(c, undefined))
  .get('/:id', async c => {
    const plan = await planOf(c)
    return plan ? planPage(c, plan) : missing(c)
  })
  .get('/:id/edit', requireRole('editor'), async c => {
    const plan = await planOf(c)
    if (!plan) return missing(c)
    const fields = planFieldsOf(plan, await listNewsletters(c.var.services.db))
    return formPage(c, { plan, fields, errors: {} })
  })
  .post('/:id/edit', requireRole('editor'), async c => {
    const plan = await planOf(c)
    return plan ? save(c, plan) : missing(c)
  })
  .post('/:id/state', requireRole('editor'), async c => {
    const plan = await planOf(c)
    if (!plan) return missing(c)
    const { state } = await formFields(c)
    if (state === 'on' || state === 'off') await switchPlan(c.var.services.db, plan.id, state)
    return c.redirect(`${list}/${plan.id}`, 303)
  })
  .get('/:id/delete', requireRole('editor'), async c => {
    const plan = await planOf(c)
    if (!plan) return missing(c)
    return c.html(
      <RemovePlanPage frame={await workspaceFrame(c)} plan={plan} scheduled={await scheduledRun(c, plan)} />,
    )
  })
  .post('/:id/delete', requireRole('editor'), async c => {
    const plan = await planOf(c)
    if (!plan) return missing(c)
    await removePlan(c.var.services.db, plan.id)
    return c.redirect(`${list}?${new URLSearchParams({ removed: plan.name })}`, 303)
  })

async function planOf(c: C): Promise<Plan | undefined> {
  const id = pathId(c)
  return id === undefined ? undefined : findPlan(c.var.services.db, id)
}

/** What a new plan takes from a digest, as it was composed: its slots were stories only when it went out. */
async function startOf(c: C, id: number | undefined) {
  const { db } = c.var.services
  const digest = id === undefined ? undefined : await findDigest(db, id)
  if (!digest || digest.hiddenAt) return undefined
  const composed = digest.state === 'draft' ? undefined : await findVersion(db, digest.id, digest.version)
  const blocks = composed?.blocks ?? digest.blocks
  return {
    subject: digest.subject,
    preheader: digest.preheader,
    newsletters: digest.newsletters.map(one => one.slug),
    blocks: planBlocksOf(blocks, await findArticles(db, articleIdsOf(blocks))),
  }
}

async function save(c: C, plan: Plan | undefined) {
  const { db } = c.var.services
  const { id: editorId, language } = editorOf(c)
  const { fields, stepped } = await planFields(c)
  if (stepped) return formPage(c, { plan, fields, errors: {} })
  const reading = readPlan(fields, language)
  if (reading.kind === 'refused') return formPage(c, { plan, fields, errors: reading.errors }, 422)
  const outcome = await savePlan(db, plan?.id, reading.input, editorId)
  switch (outcome.kind) {
    case 'saved':
      return c.redirect(`${list}/${outcome.id}?done=${plan ? 'saved' : 'added'}`, 303)
    case 'unknown-newsletter': {
      const errors = { newsletters: planFormWords[language].errors.gone }
      return formPage(c, { plan, fields, errors }, 422)
    }
    case 'unknown':
      return missing(c)
  }
}

type Form = { plan?: Plan; fields: PlanFields; errors: PlanErrors; chosen?: number }

async function formPage(c: C, { plan, fields, errors, chosen }: Form, status: 200 | 422 = 200) {
  const { db } = c.var.services
  const [frame, newsletters, sections, digests, scheduled] = await Promise.all([
    workspaceFrame(c),
    listNewsletters(db),
    sectionsInUse(db),
    plan ? [] : listDigests(db, { limit: 20 }),
    plan && scheduledRun(c, plan),
  ])
  const from = plan || c.req.method !== 'GET' ? undefined : { digests, chosen }
  return c.html(
    <PlanForm
      {...{ frame, fields, errors, newsletters, sections, from }}
      plan={plan && { id: plan.id, name: plan.name }}
      stands={scheduled?.digest?.subject}
    />,
    status,
  )
}

/** The edition that is made and goes out whatever becomes of its plan. */
async function scheduledRun(c: C, plan: Plan): Promise<RunWithDigest | undefined> {
  const [last] = await listRuns(c.var.services.db, plan.id, 1)
  return last?.state === 'made' ? last : undefined
}

async function planPage(c: C, plan: Plan) {
  const { db } = c.var.services
  const newsletters = await findNewslettersById(db, plan.newsletterIds)
  const hasSlots = plan.blocks.some(block => block.type === 'newest')
  const ids = hasSlots ? articleIdsOf((await fillEach(db, { blocks: plan.blocks, newsletters })).flat()) : []
  const [frame, articles, runs] = await Promise.all([
    workspaceFrame(c),
    findArticles(db, ids),
    listRuns(db, plan.id, runsShown),
  ])
  const words = planWords[frame.language].plan
  const done = { saved: words.saved, added: words.added(plan.name) }[c.req.query('done') ?? '']
  return c.html(
    <PlanPage
      {...{ frame, plan, runs, done }}
      newsletters={newsletters.map(one => one.name)}
      takes={hasSlots ? ids.flatMap(id => articles.get(id)?.title ?? []) : undefined}
    />,
  )
}
