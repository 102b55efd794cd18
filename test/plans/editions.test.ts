import { beforeEach, expect, test } from 'vitest'
import { approve } from '../../src/actions/decide-approval.ts'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { runPlans } from '../../src/actions/run-plans.ts'
import { savePlan, switchPlan } from '../../src/actions/save-plan.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { cancelDigest } from '../../src/actions/steer-dispatch.ts'
import { listDigestEvents } from '../../src/store/digest-events.ts'
import { saveDigest } from '../../src/store/digest-texts.ts'
import { findDigest, removeDigest } from '../../src/store/digests.ts'
import { addNewsletter, updateNewsletter } from '../../src/store/newsletters.ts'
import { addStory, day, hour, minute, openPlanRoom, planAsOf, runsOf, toldOf, wakeAt } from './newsroom.ts'

const room = await openPlanRoom()
const { services, raw } = room
const { db } = services

/** A day ahead, so that what is scheduled for it is scheduled for the future; its plans are for 06:30 in Berlin. */
const today = new Date(Date.now() + 3 * day).toISOString().slice(0, 10)
const { momentAt } = await import('../../src/domain/zoned-time.ts')
const due = momentAt(`${today}T06:30`, 'Europe/Berlin')!
const before = (ms: number) => new Date(due.getTime() - ms)
const after = (ms: number) => new Date(due.getTime() + ms)
const desk = (await raw`select id::int from editors where address = 'desk@example.com'`)[0]!.id as number
const byDesk = { kind: 'editor' as const, id: desk, name: 'Desk' }

beforeEach(async () => {
  await raw`truncate plans, plan_runs, digests, dispatches, articles, notices, renderings, approvals cascade`
  await updateNewsletter(db, room.newsletterId, { needsApproval: false })
})

const plan = (input: Parameters<typeof planAsOf>[2] = {}) => planAsOf(room, before(2 * hour), input)
const onlyRun = async () => {
  const rows = await runsOf(room)
  expect(rows).toHaveLength(1)
  return rows[0]!
}
const dispatchOf = async (digest: number | null) =>
  (await raw`select state, due_at from dispatches where digest_id = ${digest}`)[0]

test('half an hour before its time an edition is made of the newest stories, scheduled, and mailed to editors', async () => {
  for (let n = 0; n < 4; n++) await addStory(room)
  const id = await plan({
    blocks: [
      { type: 'heading', text: 'Today' },
      { type: 'newest', section: '', count: 3 },
    ],
  })
  await wakeAt(room, before(30 * minute + 1))
  expect(await runsOf(room)).toEqual([])
  await wakeAt(room, before(30 * minute))
  const run = await onlyRun()
  expect(run).toMatchObject({ plan: id, day: today, state: 'made', due })
  const digest = await findDigest(db, run.digest!)
  expect(digest).toMatchObject({ state: 'scheduled', dueAt: due })
  const year = today.slice(0, 4)
  expect(digest!.subject).toMatch(new RegExp(`^The news of [A-Z][a-z]+day \\d+ [A-Z][a-z]+ ${year}$`))
  expect(digest!.blocks.map(block => block.type)).toEqual(['heading', 'article', 'article', 'article'])
  expect((await listDigestEvents(db, digest!.id)).map(({ event, by }) => [event.kind, by.kind])).toEqual([
    ['planned', 'plan'],
    ['scheduled', 'plan'],
  ])
  // Editors may send, so they are told; writers may not.
  expect(await raw`select recipient, kind from notices`).toEqual([
    { recipient: 'desk@example.com', kind: 'plan' },
  ])
  await wakeAt(room, before(29 * minute))
  expect(await toldOf(room)).toEqual([`made ${today}`])
})

test('a section for which there is no story is left out, with its heading; what has something under it stays', async () => {
  await addStory(room, 'Law')
  await plan({
    blocks: [
      { type: 'heading', text: 'Law' },
      { type: 'newest', section: 'Law', count: 2 },
      { type: 'heading', text: 'Markets' },
      { type: 'newest', section: 'Markets', count: 2 },
      { type: 'divider' },
      { type: 'heading', text: 'Sport' },
      { type: 'newest', section: 'Sport', count: 2 },
      { type: 'text', markdown: 'No sport today.' },
    ],
  })
  await wakeAt(room, before(30 * minute))
  const digest = await findDigest(db, (await onlyRun()).digest!)
  expect(digest!.blocks.map(block => ('text' in block ? block.text : block.type))).toEqual([
    'Law',
    'article',
    'divider',
    'Sport',
    'text',
  ])
})

test('a day without a story is skipped and said, and leaves no digest', async () => {
  await plan({
    blocks: [
      { type: 'text', markdown: 'Good morning.' },
      { type: 'newest', section: '', count: 3 },
    ],
  })
  await wakeAt(room, before(30 * minute))
  expect(await onlyRun()).toMatchObject({ state: 'skipped', reason: 'empty', digest: null })
  expect(await toldOf(room)).toEqual([`empty ${today}`])
  expect(await raw`select from digests`).toHaveLength(0)
  await addStory(room)
  await wakeAt(room, before(10 * minute))
  expect(await raw`select from digests`).toHaveLength(0)
})

test('what would be refused is blocked with its reasons; sent by hand later, it is sent', async () => {
  const story = await addStory(room)
  await plan({ subject: 'TK: write this' })
  await raw`update articles set title = 'lorem ipsum TK' where id = ${story.id}`
  await raw`update newsletters set template = '<mjml><mj-body></mj-body></mjml>'`
  await wakeAt(room, before(30 * minute))
  await raw`update newsletters set template = null`
  const run = await onlyRun()
  expect(run.state).toBe('blocked')
  expect(await toldOf(room)).toEqual([`blocked ${today}`])
  expect(await dispatchOf(run.digest)).toBeUndefined()
  await saveDigest(db, run.digest!, { subject: 'Written' })
  await raw`update articles set title = 'Written'`
  const outcome = await dispatchDigest(services, run.digest!)
  expect(outcome.kind).toBe('created')
  await wakeAt(room, after(minute))
  expect((await onlyRun()).state).toBe('made')
  await startDispatch(services, outcome.kind === 'created' ? outcome.dispatch.id : 0)
  await wakeAt(room, after(2 * minute))
  expect((await onlyRun()).state).toBe('sent')
  expect(await toldOf(room)).toEqual([`blocked ${today}`])
})

test('a plan whose newsletter is gone is blocked, and its neighbour runs', async () => {
  const gone = await addNewsletter(db, { slug: 'gone', name: 'Gone' })
  await addStory(room)
  const first = await plan({ newsletters: ['gone'] })
  const second = await plan()
  await raw`delete from newsletters where id = ${gone!.id}`
  await wakeAt(room, before(30 * minute))
  expect((await runsOf(room)).map(run => [run.plan, run.state])).toEqual([
    [first, 'blocked'],
    [second, 'made'],
  ])
})

test('found within an hour after its time it goes out at once, and is said to be late', async () => {
  await addStory(room)
  await plan()
  await wakeAt(room, after(hour))
  const run = await onlyRun()
  expect(run.state).toBe('made')
  expect((await dispatchOf(run.digest))!.due_at.getTime()).toBeLessThanOrEqual(Date.now())
  expect(await toldOf(room)).toEqual([`late ${today}`])
})

test('found later it asks, and nothing is made; of several days only the last asks', async () => {
  await addStory(room)
  await planAsOf(room, before(2 * day + hour))
  await wakeAt(room, after(hour + 1))
  const rows = await runsOf(room)
  expect(rows.map(run => [run.state, run.reason])).toEqual([
    ['skipped', 'missed'],
    ['skipped', 'missed'],
    ['asks', null],
  ])
  expect(await toldOf(room)).toEqual([`asks ${today}`])
  expect(await raw`select from digests`).toHaveLength(0)
  // Nobody answered until the next one was due: the question lapses.
  await wakeAt(room, after(day - 30 * minute))
  expect((await runsOf(room)).map(run => run.state)).toEqual(['skipped', 'skipped', 'skipped', 'made'])
})

test('a process that ended right after it made an edition leaves it to the next', async () => {
  await addStory(room)
  await plan()
  await wakeAt(room, before(30 * minute))
  const run = await onlyRun()
  await raw`delete from dispatches`
  await raw`delete from notices`
  await raw`update plan_runs set state = 'making'`
  await Promise.all([wakeAt(room, before(20 * minute)), wakeAt(room, before(20 * minute))])
  expect(await onlyRun()).toMatchObject({ state: 'made', digest: run.digest })
  expect(await dispatchOf(run.digest)).toMatchObject({ due_at: due })
  expect(await toldOf(room)).toEqual([`made ${today}`])
  await raw`delete from dispatches`
  await raw`update plan_runs set state = 'making', changed_at = now()`
  // An editor may have asked for it this minute, and is at it.
  await wakeAt(room, after(2 * hour))
  expect((await onlyRun()).state).toBe('making')
  await raw`update plan_runs set changed_at = now() - interval '2 minutes'`
  await wakeAt(room, after(2 * hour))
  expect(await onlyRun()).toMatchObject({ state: 'asks', digest: run.digest })
})

test('what waits for somebody is mailed again when its time has come and nobody sent it', async () => {
  await addStory(room)
  await plan({ mode: 'waits' })
  await wakeAt(room, before(30 * minute))
  const run = await onlyRun()
  expect(run.state).toBe('waiting')
  expect(await dispatchOf(run.digest)).toBeUndefined()
  await wakeAt(room, before(1))
  expect(await toldOf(room)).toEqual([`waits ${today}`])
  await Promise.all([wakeAt(room, due), wakeAt(room, due)])
  expect((await onlyRun()).state).toBe('unapproved')
  expect(await toldOf(room)).toEqual([`waits ${today}`, `unapproved ${today}`])
  await dispatchDigest(services, run.digest!, { by: byDesk })
  await wakeAt(room, after(minute))
  expect((await onlyRun()).state).toBe('made')
})

test('a newsletter that needs approval gets it asked for with the time; approving schedules it', async () => {
  await updateNewsletter(db, room.newsletterId, { needsApproval: true })
  await addStory(room)
  await plan()
  await wakeAt(room, before(30 * minute))
  const run = await onlyRun()
  expect(run.state).toBe('waiting')
  const [asked] = await raw`select id::int, state, proposal from approvals`
  expect(asked).toMatchObject({ state: 'asked', proposal: { when: { kind: 'at', at: due.toISOString() } } })
  // Who may approve has been asked by that mail; the plan has nothing to add.
  expect(await raw`select kind from notices`).toEqual([{ kind: 'approval' }])
  expect((await approve(services, asked!.id, { by: byDesk, comment: '' })).kind).toBe('approved')
  await wakeAt(room, before(20 * minute))
  expect((await onlyRun()).state).toBe('made')
  expect(await dispatchOf(run.digest)).toMatchObject({ due_at: due })
  // What was approved changes: it waits again, and is missed at its time.
  await raw`update articles set title = 'Another title'`
  const { recheckApprovals } = await import('../../src/actions/void-approval.ts')
  await recheckApprovals(services)
  await wakeAt(room, before(10 * minute))
  expect((await onlyRun()).state).toBe('waiting')
  await wakeAt(room, due)
  expect((await onlyRun()).state).toBe('unapproved')
  expect(await toldOf(room)).toEqual([`unapproved ${today}`])
})

test('an edition that somebody took back, or threw away, is stopped', async () => {
  await addStory(room)
  await plan()
  await wakeAt(room, before(30 * minute))
  const run = await onlyRun()
  await cancelDigest(services, run.digest!, byDesk)
  await wakeAt(room, before(20 * minute))
  expect(await onlyRun()).toMatchObject({ state: 'stopped', reason: null })
  await dispatchDigest(services, run.digest!, { at: due, by: byDesk })
  await wakeAt(room, before(15 * minute))
  expect((await onlyRun()).state).toBe('made')
  await removeDigest(db, run.digest!)
  await wakeAt(room, before(10 * minute))
  expect(await onlyRun()).toMatchObject({ state: 'stopped', reason: 'deleted', digest: null })
  await wakeAt(room, after(10 * minute))
  expect(await toldOf(room)).toEqual([`made ${today}`])
})

test('a plan that is changed on its day does not run twice; one that is turned on runs from its next time on', async () => {
  await addStory(room)
  const input = {
    name: 'Changed',
    newsletters: ['morning-brief'],
    subject: 'x',
    preheader: '',
    blocks: [{ type: 'newest' as const, section: '', count: 1 }],
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    timeZone: 'UTC',
    mode: 'sends' as const,
  }
  const at = (ms: number) => new Date(Date.now() + ms).toISOString().slice(11, 16)
  const outcome = await savePlan(db, undefined, { ...input, time: at(5 * minute) })
  const id = outcome.kind === 'saved' ? outcome.id : 0
  await runPlans(services)
  const [first] = await runsOf(room)
  expect(first).toMatchObject({ plan: id, state: 'made' })
  await savePlan(db, id, { ...input, time: at(10 * minute) })
  await switchPlan(db, id, 'off')
  await switchPlan(db, id, 'on')
  await runPlans(services)
  expect(await runsOf(room)).toEqual([first])
  const [{ next_day: next }] = (await raw`select next_day::text from plans`) as unknown as [
    { next_day: string },
  ]
  expect(next > first!.day).toBe(true)
  await switchPlan(db, id, 'off')
  await wakeAt(room, new Date(Date.now() + 5 * day))
  expect(await runsOf(room)).toHaveLength(1)
})
