import { parseHTML } from 'linkedom'
import { beforeEach, expect, test } from 'vitest'
import { addDigest } from '../../src/store/digest-texts.ts'
import { findDigest } from '../../src/store/digests.ts'
import { addNewsletter, updateNewsletter } from '../../src/store/newsletters.ts'
import { listPlans } from '../../src/store/plans.ts'
import { signInAs } from '../support/sign-in.ts'
import { addStory, day, hour, minute, openPlanRoom, planAsOf, runsOf, wakeAt } from './newsroom.ts'

const room = await openPlanRoom()
const { services, raw } = room
const { db } = services
await addNewsletter(db, { slug: 'the-week', name: 'The Week' })
const editor = await signInAs(room, 'editor')
const writer = await signInAs(room, 'writer')

beforeEach(async () => {
  await raw`truncate plans, plan_runs, digests, dispatches, articles, notices, approvals, digest_events cascade`
  await updateNewsletter(db, room.newsletterId, { needsApproval: false })
})

const textOf = async (answer: Response | Promise<Response>) => (await answer).text()
const list = '/admin/plans'

type Form = Record<string, string | string[]>

const filled: Form = {
  name: 'Morning plan',
  newsletters: ['morning-brief'],
  subject: 'News, {{ date }}',
  preheader: '',
  weekdays: ['5', '1'],
  time: '06:30',
  timeZone: 'Europe/Berlin',
  mode: 'sends',
  block: ['0', '1'],
  '0.type': 'heading',
  '0.text': 'Law',
  '1.type': 'newest',
  '1.section': 'Law',
  '1.count': '3',
}

test('a plan is made, shown, changed, turned off and on, and deleted', async () => {
  expect(await textOf(editor.get(list))).toContain('No plans yet')
  const made = await editor.post(list, filled)
  const [plan] = await listPlans(db)
  expect(made.headers.get('location')).toBe(`${list}/${plan!.id}?done=added`)
  expect(plan).toMatchObject({ weekdays: [1, 5], time: '06:30:00', newsletterIds: [room.newsletterId] })
  expect(plan!.nextAt!.getTime()).toBeGreaterThan(Date.now())
  const page = await textOf(editor.get(made.headers.get('location')!))
  for (const words of [
    '“Morning plan” is there, and on.',
    'Monday and Friday, 06:30',
    'There is no story for it now',
  ])
    expect(page).toContain(words)

  await addStory(room, 'Law')
  expect(await textOf(editor.get(`${list}/${plan!.id}`))).toContain('It would take now')
  expect(await textOf(editor.get(list))).toContain('None yet')

  const form = await textOf(editor.get(`${list}/${plan!.id}/edit`))
  expect(form).toContain('value="News, {{ date }}"')
  const changed = await editor.post(`${list}/${plan!.id}/edit`, {
    ...filled,
    weekdays: ['6', '7'],
    mode: 'waits',
  })
  expect(await textOf(editor.get(changed.headers.get('location')!))).toContain('Saturday and Sunday, 06:30')
  await editor.post(`${list}/${plan!.id}/state`, { state: 'off' })
  expect((await listPlans(db))[0]!.nextAt).toBeNull()
  expect(await textOf(editor.get(`${list}/${plan!.id}`))).toContain('It is off')
  await editor.post(`${list}/${plan!.id}/state`, { state: 'on' })
  expect((await listPlans(db))[0]!.nextAt).not.toBeNull()
  expect(await textOf(editor.get(`${list}/${plan!.id}/delete`))).toContain('Delete the plan “Morning plan”?')
  const removed = await editor.post(`${list}/${plan!.id}/delete`)
  expect(await listPlans(db)).toEqual([])
  expect(await textOf(editor.get(removed.headers.get('location')!))).toContain(
    'The plan “Morning plan” is gone.',
  )
})

test('blocks are added, moved and removed by buttons, and nothing is saved by them', async () => {
  const act = async (button: string) => {
    const answer = await editor.post(list, { ...filled, act: button })
    expect(answer.status).toBe(200)
    return [...(await answer.text()).matchAll(/name="\d+\.type" value="(\w+)"/g)].map(match => match[1])
  }
  expect(await act('add text')).toEqual(['heading', 'newest', 'text'])
  expect(await act('down 0')).toEqual(['newest', 'heading'])
  expect(await act('up 1')).toEqual(['newest', 'heading'])
  expect(await act('remove 0')).toEqual(['newest'])
  const page = await textOf(
    editor.post(list, {
      ...filled,
      newsletters: ['morning-brief', 'the-week'],
      act: 'newsletter-up the-week',
    }),
  )
  expect(page.indexOf('newsletter-the-week')).toBeLessThan(page.indexOf('newsletter-morning-brief'))
  expect(await listPlans(db)).toEqual([])
})

test.each<[string, Form, string]>([
  ['no name', { name: ' ' }, 'Please fill this in.'],
  ['no day', { weekdays: [] }, 'Choose one day at least.'],
  ['a day that is none', { weekdays: ['9'] }, 'Choose one day at least.'],
  ['no time', { time: '' }, 'This is not a time of day.'],
  ['a time that is none', { time: '24:30' }, 'This is not a time of day.'],
  ['a zone that is none', { timeZone: 'Europe/Nowhere' }, 'This time zone is not known.'],
  ['no newsletter', { newsletters: [] }, 'Choose one newsletter at least.'],
  ['a newsletter that is gone', { newsletters: ['gone'] }, 'One of these newsletters is not there any more.'],
  ['no subject', { subject: '' }, 'Please fill this in.'],
  ['other code', { subject: 'Hello {{ name }}' }, 'Only {{ date }} can be filled in here.'],
  ['code in the preheader', { preheader: '{% if x %}' }, 'Only {{ date }} can be filled in here.'],
  ['no blocks', { block: [] }, 'It needs one block at least'],
  ['a block with nothing in it', { block: ['0'], '0.text': '' }, 'It needs one block at least'],
  ['too many stories', { '1.count': '11' }, 'A number from 1 to 10.'],
  ['a mode that is none', { mode: 'maybe' }, 'Choose one of the two.'],
])('%s is refused at the field, and the form stays filled', async (_, change, words) => {
  const answer = await editor.post(list, { ...filled, ...change })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain(words)
  expect(page).toContain('Nothing was saved')
  expect(page).toMatch(/value="(Law|Morning plan)"/)
  expect(await listPlans(db)).toEqual([])
})

test('hostile words stay words', async () => {
  const evil = '"><script>alert(1)</script>'
  await editor.post(list, { ...filled, name: evil, subject: evil })
  const [plan] = await listPlans(db)
  expect(plan!.name).toBe(evil)
  for (const path of [list, `${list}/${plan!.id}`, `${list}/${plan!.id}/edit`, `${list}/${plan!.id}/delete`])
    expect(await textOf(editor.get(path))).not.toContain('<script>alert')
  const wrong = await textOf(editor.post(list, { ...filled, time: evil, 'x.type': evil, block: [evil, '0'] }))
  expect(wrong).not.toContain('<script>alert')
})

test('a new plan takes over what a digest’s next editions have in common with it', async () => {
  const stories = await Promise.all(['Law', 'Law', 'Markets'].map(section => addStory(room, section)))
  const paid = await raw`insert into articles (title, url, kind, sponsor)
    values ('Paid', 'https://paid.example/', 'partner', 'Northwind') returning id::int`
  const id = await addDigest(db, {
    subject: 'Yesterday',
    preheader: '',
    newsletterIds: [room.newsletterId],
    blocks: [
      { type: 'heading', text: 'Top' },
      ...stories.map(story => ({ type: 'article' as const, articleId: story.id })),
      { type: 'partner', articleId: paid[0]!.id, sponsor: 'Northwind' },
      { type: 'newest', section: 'Sport', count: 4 },
      { type: 'text', markdown: 'Good bye.' },
    ],
  })
  expect(await textOf(editor.get(`${list}/new`))).toContain('Yesterday')
  const page = await textOf(editor.get(`${list}/new?digest=${id}`))
  const values = (field: string) =>
    [...page.matchAll(new RegExp(`name="\\d+\\.${field}"[^>]*value="([^"]*)"`, 'g'))].map(match => match[1])
  expect(values('type')).toEqual(['heading', 'newest', 'newest', 'newest', 'text'])
  expect(values('section')).toEqual(['Law', 'Markets', 'Sport'])
  expect(values('count')).toEqual(['2', '1', '4'])
  expect(page).toContain('value="Yesterday"')
  expect(page).toMatch(/value="morning-brief"[^>]*checked/)
})

test('an edition is stopped on its own page: it is a draft again, and looking at the page stops nothing', async () => {
  const id = await scheduled()
  const [run] = await runsOf(room)
  const path = `${list}/${id}/runs/${run!.day}`
  const page = await textOf(editor.get(path))
  expect(page).toContain('Stop this edition')
  expect(page).toContain('Story')
  await editor.get(`${path}/stop`)
  expect((await findDigest(db, run!.digest!))?.state).toBe('scheduled')
  expect(await textOf(editor.get(`${list}/${id}/delete`))).toContain('goes out all the same')
  expect(await textOf(editor.get(`${list}/${id}/edit`))).toContain('It stays as it is')
  expect((await editor.post(`${path}/stop`)).headers.get('location')).toBe(path)
  expect((await editor.post(`${path}/stop`)).headers.get('location')).toBe(path)
  expect((await findDigest(db, run!.digest!))?.state).toBe('draft')
  expect((await runsOf(room))[0]!.state).toBe('stopped')
  expect(await textOf(editor.get(path))).toContain('It was stopped and is a draft.')
  expect(await raw`select kind, by_kind from digest_events order by id desc limit 1`).toEqual([
    { kind: 'stopped', by_kind: 'editor' },
  ])
})

test("its page shows the edition in a frame, each newsletter's by its own address; a deleted one is shown no more", async () => {
  const id = await scheduled()
  const [run] = await runsOf(room)
  const path = `${list}/${id}/runs/${run!.day}`
  const framesOn = async () =>
    [...parseHTML(await textOf(editor.get(path))).document.querySelectorAll('iframe')].map(frame => ({
      title: frame.getAttribute('title'),
      src: frame.getAttribute('src')!,
    }))
  const source = `/admin/digests/${run!.digest}/preview?newsletter=morning-brief`
  expect(await framesOn()).toEqual([{ title: 'As readers of Morning Brief get it', src: source }])
  const framed = await writer.get(source)
  expect(framed.headers.get('content-security-policy')).toMatch(/^sandbox .*default-src 'none'/)
  expect(await framed.text()).toContain('What it is about.')
  await editor.post(`${path}/stop`)
  expect(await framesOn()).toHaveLength(1)
  await editor.post(`/admin/digests/${run!.digest}/discard`)
  expect((await findDigest(db, run!.digest!))?.hiddenAt).not.toBeNull()
  expect(await framesOn()).toEqual([])
})

test('what has begun to go out is not stopped there', async () => {
  const id = await scheduled()
  const [run] = await runsOf(room)
  await raw`update dispatches set state = 'sending', started_at = now()`
  const answer = await editor.post(`${list}/${id}/runs/${run!.day}/stop`)
  expect(answer.status).toBe(409)
  expect(await answer.text()).toContain('It has begun to go out')
  expect(await raw`select state from dispatches`).toEqual([{ state: 'sending' }])
})

/** A plan whose edition goes in 20 minutes. */
async function scheduled() {
  await addStory(room)
  const time = new Date(Date.now() + 20 * minute).toISOString().slice(11, 16)
  const id = await planAsOf(room, new Date(Date.now() - hour), { time, timeZone: 'UTC' })
  await wakeAt(room, new Date())
  return id
}

/** A plan whose edition nobody was there for. */
async function missed() {
  await addStory(room)
  const now = Date.now()
  const time = new Date(now - 2 * hour).toISOString().slice(11, 16)
  const id = await planAsOf(room, new Date(now - day), { time, timeZone: 'UTC' })
  await wakeAt(room, new Date(now))
  const run = (await runsOf(room)).find(one => one.state === 'asks')!
  return { path: `${list}/${id}/runs/${run.day}`, day: run.day }
}

const theRun = async (date: string) => (await runsOf(room)).find(run => run.day === date)!

test('a missed edition is made and sent when an editor says so', async () => {
  const { path, day: date } = await missed()
  const page = await textOf(editor.get(path))
  expect(page).toContain('Make it and send it to 3 readers now')
  await editor.post(`${path}/send`)
  const run = await theRun(date)
  expect(run.state).toBe('made')
  expect((await findDigest(db, run.digest!))?.state).toBe('scheduled')
  expect((await editor.post(`${path}/send`)).status).toBe(409)
  expect((await editor.post(`${path}/skip`)).status).toBe(409)
  expect(await raw`select from dispatches`).toHaveLength(1)
})

test('a missed edition is skipped when an editor says so', async () => {
  const { path, day: date } = await missed()
  await editor.post(`${path}/skip`)
  expect(await theRun(date)).toMatchObject({ state: 'skipped', reason: 'declined', digest: null })
  expect(await textOf(editor.get(path))).toContain('An editor skipped it.')
  expect((await editor.post(`${path}/send`)).status).toBe(409)
  expect(await raw`select from digests`).toHaveLength(0)
})

test('a missed edition of a newsletter that needs approval is asked for, not sent', async () => {
  await updateNewsletter(db, room.newsletterId, { needsApproval: true })
  const { path, day: date } = await missed()
  expect(await textOf(editor.get(path))).toContain('Make it, for approval')
  await editor.post(`${path}/send`)
  await wakeAt(room, new Date())
  // Those who may approve have been asked; that it is late they know.
  expect((await theRun(date)).state).toBe('unapproved')
  expect(await raw`select from notices where content ->> 'event' = 'unapproved'`).toHaveLength(0)
  expect(await raw`select state from approvals`).toEqual([{ state: 'asked' }])
  expect(await raw`select from dispatches`).toHaveLength(0)
})

test('writers see plans and their editions, and change none', async () => {
  const id = await scheduled()
  const [run] = await runsOf(room)
  const path = `${list}/${id}/runs/${run!.day}`
  for (const page of [list, `${list}/${id}`, path]) {
    const text = await textOf(writer.get(page))
    expect(text).toContain('Morning plan')
    expect(text).not.toMatch(/<form method="post" action="\/admin\/plans/)
    expect(text).not.toContain('/admin/plans/new')
  }
  for (const page of [`${list}/new`, `${list}/${id}/edit`, `${list}/${id}/delete`])
    expect((await writer.get(page)).status, page).toBe(403)
  for (const page of [list, `${list}/${id}/edit`, `${list}/${id}/state`, `${list}/${id}/delete`])
    expect((await writer.post(page, { ...filled, state: 'off' })).status, page).toBe(403)
  for (const step of ['stop', 'send', 'skip']) expect((await writer.post(`${path}/${step}`)).status).toBe(403)
  expect((await runsOf(room))[0]!.state).toBe('made')
  expect((await listPlans(db))[0]!.nextAt).not.toBeNull()
})

test('a plan or a day that is not there is a page that says so', async () => {
  const id = await scheduled()
  const ids = [
    '0',
    'x',
    '999999',
    `${id}/runs/2026-02-30`,
    `${id}/runs/x`,
    `${id}/runs/2020-01-01`,
    `${id}/runs/%00`,
  ]
  for (const where of ids) expect((await editor.get(`${list}/${where}`)).status, where).toBe(404)
  for (const step of ['stop', 'send', 'skip'])
    expect((await editor.post(`${list}/${id}/runs/2020-01-01/${step}`)).status).toBe(404)
  for (const where of ['edit', 'state', 'delete'])
    expect((await editor.post(`${list}/999999/${where}`, filled)).status).toBe(404)
})
