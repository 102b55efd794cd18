import { runPlans } from '../../src/actions/run-plans.ts'
import { savePlan } from '../../src/actions/save-plan.ts'
import type { PlanInput } from '../../src/domain/plan.ts'
import { addArticle } from '../../src/store/articles.ts'
import { addEditor } from '../../src/store/editors.ts'
import { addNewsletter, type NewNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { addReaders } from '../support/sending.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** A publication with a newsletter that has readers, and an editor who gets its mails. */
export async function openPlanRoom(
  newsletter: Partial<NewNewsletter> = {},
  options: Parameters<typeof openTestApp>[0] = {},
) {
  const app = await openTestApp(options)
  const { db } = app.services
  await updatePublication(db, {
    name: 'The Ledger',
    senderAddress: 'desk@ledger.example',
    timeZone: 'Europe/Berlin',
    postalAddress: '12 Paper Lane, London',
  })
  const made = await addNewsletter(db, {
    slug: 'morning-brief',
    name: 'Morning Brief',
    timeZone: 'Europe/Berlin',
    ...newsletter,
  })
  await addReaders(app.raw, 3, [made!.id])
  await addEditor(db, {
    address: 'desk@example.com',
    addressKey: 'desk@example.com',
    name: 'Desk',
    role: 'editor',
  })
  await addEditor(db, { address: 'w@example.com', addressKey: 'w@example.com', name: 'W', role: 'writer' })
  return { ...app, newsletterId: made!.id }
}

type Room = Pick<TestApp, 'services' | 'raw'>

const usual: PlanInput = {
  name: 'Morning plan',
  newsletters: ['morning-brief'],
  subject: 'The news of {{ date }}',
  preheader: '',
  blocks: [{ type: 'newest', section: '', count: 3 }],
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  time: '06:30',
  timeZone: 'Europe/Berlin',
  mode: 'sends',
}

/** A plan as if it had been made at a moment: it runs from its next time on. */
export async function planAsOf({ services, raw }: Room, at: Date, plan: Partial<PlanInput> = {}) {
  const input = { ...usual, ...plan }
  const outcome = await savePlan(services.db, undefined, input)
  if (outcome.kind !== 'saved') throw new Error(outcome.kind)
  const { nextRun } = await import('../../src/domain/plan.ts')
  const next = nextRun(input, at)
  await raw`update plans set next_day = ${next.day}, next_at = ${next.at} where id = ${outcome.id}`
  return outcome.id
}

let written = 0

/** A story that no reader has had yet. */
export const addStory = ({ services }: Room, section = '') =>
  addArticle(services.db, {
    title: `Story ${++written}`,
    url: `https://news.example/${written}`,
    section,
    standfirst: 'What it is about.',
  })

export type RunRow = {
  plan: number
  day: string
  state: string
  reason: string | null
  due: Date
  digest: number | null
}

export const runsOf = async ({ raw }: Room): Promise<RunRow[]> =>
  (await raw`
    select plan_id::int as plan, day::text, state, reason, due_at as due, digest_id::int as digest
    from plan_runs order by plan_id, day`) as unknown as RunRow[]

/** What editors were told, the first first: `event day`. */
export const toldOf = async ({ raw }: Room): Promise<string[]> =>
  (
    await raw`select content ->> 'event' as event, content ->> 'day' as day from notices where kind = 'plan' order by id`
  ).map(row => `${row.event} ${row.day}`)

/** One pass of a process that is awake at this moment. */
export const wakeAt = ({ services }: Room, at: Date | string) => runPlans(services, new Date(at))
