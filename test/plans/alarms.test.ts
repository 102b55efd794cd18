import { beforeEach, expect, test } from 'vitest'
import { composeNotice } from '../../src/actions/compose-notice.ts'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { expectFromNow, watchNewsletters } from '../../src/actions/watch-newsletters.ts'
import { overdueEdition } from '../../src/domain/expected-edition.ts'
import { findNewslettersById, updateNewsletter } from '../../src/store/newsletters.ts'
import { notices } from '../../src/store/schema/mail.ts'
import { draftDigest } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'
import { day, hour, minute, openPlanRoom, planAsOf, wakeAt } from './newsroom.ts'

const now = new Date()
const clockAt = (at: number) => new Date(at).toISOString().slice(11, 16)
/** An edition was to go out this long ago, to the minute. */
const expectedAgo = (ms: number) => ({
  cadence: 'daily' as const,
  expectedAt: clockAt(now.getTime() - ms),
  expectedDay: null,
  timeZone: 'UTC',
})

const room = await openPlanRoom()
const { services, raw } = room
const { db } = services
const owner = await signInAs(room, 'owner')

beforeEach(() =>
  raw`truncate missing_editions, notices, plans, digests, dispatches, renderings cascade`.then(() => {}),
)

const expectEdition = (ms: number) => updateNewsletter(db, room.newsletterId, expectedAgo(ms))
const told = async () =>
  (await raw`select recipient from notices where kind = 'alarm' order by recipient`).map(row => row.recipient)

async function mail() {
  const [row] = await db.select().from(notices)
  return composeNotice(services, row as never)
}

test('15 minutes after its time owners and editors are told once that it has not gone out', async () => {
  await expectEdition(20 * minute)
  await Promise.all([watchNewsletters(services, now), watchNewsletters(services, now)])
  await watchNewsletters(services, new Date(now.getTime() + minute))
  expect(await told()).toEqual(['desk@example.com', owner.address].sort())
  const sent = await mail()
  if (sent === 'obsolete') throw new Error('it is obsolete')
  expect(sent.subject).toBe('Morning Brief has not gone out')
  expect(sent.text).toContain('No digest for it is scheduled')
  expect(sent.text).toContain('/admin/digests')
})

test('before that, a day later, or where none is expected, nobody is told', async () => {
  await expectEdition(14 * minute)
  await watchNewsletters(services, now)
  await expectEdition(20 * minute)
  await updateNewsletter(db, room.newsletterId, {
    cadence: 'weekly',
    expectedDay: weekday(now.getTime() - 3 * day),
  })
  await watchNewsletters(services, now)
  await updateNewsletter(db, room.newsletterId, { cadence: 'irregular', expectedAt: null, expectedDay: null })
  await watchNewsletters(services, now)
  expect(await told()).toEqual([])
})

const weekday = (at: number) => new Date(at).getUTCDay() || 7

test('an edition that went out early is one; yesterday’s is not', async () => {
  await expectEdition(20 * minute)
  const digest = await draftDigest(room, [room.newsletterId])
  const outcome = await dispatchDigest(services, digest)
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  await startDispatch(services, outcome.dispatch.id)
  await raw`update dispatches set started_at = now() - interval '11 hours'`
  await watchNewsletters(services, now)
  expect(await told()).toEqual([])
  await raw`update dispatches set started_at = now() - interval '25 hours'`
  await watchNewsletters(services, now)
  expect(await told()).toHaveLength(2)
  // It goes out before the mail does: then there is nothing to tell.
  await raw`update dispatches set started_at = now()`
  expect(await mail()).toBe('obsolete')
})

test('a dispatch that is due this minute is waited for; one that stays where it is is named', async () => {
  await expectEdition(20 * minute)
  const digest = await draftDigest(room, [room.newsletterId], 'The late one')
  await dispatchDigest(services, digest)
  await watchNewsletters(services, new Date())
  expect(await told()).toEqual([])
  await raw`update dispatches set state = 'paused', paused_at = now(), pause_reason = 'late'`
  await watchNewsletters(services, new Date())
  expect(await told()).toHaveLength(2)
  const sent = await mail()
  expect(sent).toMatchObject({ text: expect.stringContaining('“The late one” is paused.') })
  expect(sent).toMatchObject({ text: expect.stringContaining(`/admin/digests/${digest}`) })
})

test('a plan that brought nothing is named', async () => {
  await expectEdition(20 * minute)
  const time = clockAt(now.getTime() - 20 * minute)
  await planAsOf(room, new Date(now.getTime() - hour), {
    time,
    timeZone: 'UTC',
    blocks: [{ type: 'newest', section: 'Nothing', count: 1 }],
  })
  await wakeAt(room, new Date(now.getTime() - 40 * minute))
  await watchNewsletters(services, now)
  await raw`delete from notices where kind = 'plan'`
  expect(await mail()).toMatchObject({
    text: expect.stringContaining('The plan “Morning plan” skipped this day.'),
  })
})

test('who sets a time that is past today is not told about today', async () => {
  await expectEdition(20 * minute)
  const [newsletter] = await findNewslettersById(db, [room.newsletterId])
  await expectFromNow(db, newsletter!)
  await watchNewsletters(services, now)
  expect(await told()).toEqual([])
  await watchNewsletters(services, new Date(now.getTime() + day))
  expect(await told()).toHaveLength(2)
})

test.each([
  ['daily', null, '2026-06-20'],
  ['weekdays', null, undefined],
  ['weekly', 6, '2026-06-20'],
  ['weekly', 5, undefined],
  ['monthly', 20, '2026-06-20'],
  ['monthly', 21, undefined],
  ['irregular', null, undefined],
] as const)('on a Saturday, %s %s: %s', (cadence, expectedDay, expected) => {
  const saturday = new Date('2026-06-20T10:00:00Z')
  const expectation = { cadence, expectedDay, expectedAt: '06:30:00', timeZone: 'Europe/Berlin' }
  expect(overdueEdition(expectation, saturday)?.day).toBe(expected)
})

test('a server that slept for days asks about the last day alone, in its zone’s own hours', () => {
  const expectation = {
    cadence: 'daily',
    expectedDay: null,
    expectedAt: '02:30:00',
    timeZone: 'Europe/Berlin',
  } as const
  // The clocks skip that hour: it is expected at 3:00, which is 1:00 in UTC.
  const at = (time: string) => overdueEdition(expectation, new Date(`2026-03-29T${time}Z`))
  expect(at('01:15')).toMatchObject({ day: '2026-03-29', at: new Date('2026-03-29T01:00Z') })
  expect(at('01:14')).toMatchObject({ day: '2026-03-28' })
  const weekly = { ...expectation, cadence: 'weekly', expectedDay: 7 } as const
  expect(overdueEdition(weekly, new Date('2026-03-30T01:01Z'))).toBeUndefined()
  expect(overdueEdition(weekly, new Date('2026-03-30T00:59Z'))).toBeDefined()
})

test('the form of a newsletter takes the time, with the day of its cadence', async () => {
  const path = `/admin/newsletters/${room.newsletterId}`
  const fields = {
    name: 'Morning Brief',
    description: '',
    schedule: '',
    senderName: '',
    senderAddress: '',
    replyTo: '',
    language: 'en',
    timeZone: 'Europe/Berlin',
    sendsFrom: '',
    sendsUntil: '',
    expectedAt: '06:30',
    expectedWeekday: '',
    expectedDate: '',
  }
  const refused = async (change: Record<string, string>, words: string) => {
    const answer = await owner.post(path, { ...fields, ...change })
    expect(answer.status, JSON.stringify(change)).toBe(422)
    expect(await answer.text()).toContain(words)
  }
  await refused({ cadence: 'weekly' }, 'Please fill this in.')
  await refused({ cadence: 'monthly' }, 'Please fill this in.')
  await refused({ cadence: 'monthly', expectedDate: '29' }, 'A whole number from 1 to 28.')
  await refused({ cadence: 'irregular' }, 'has no time')
  await refused({ cadence: 'daily', expectedAt: '25:00' }, 'This is not a time of day.')
  const kept = async (change: Record<string, string>) => {
    expect((await owner.post(path, { ...fields, ...change })).status, JSON.stringify(change)).toBe(303)
    const [newsletter] = await findNewslettersById(db, [room.newsletterId])
    return [newsletter!.expectedAt, newsletter!.expectedDay]
  }
  expect(await kept({ cadence: 'weekly', expectedWeekday: '6', expectedDate: '3' })).toEqual(['06:30:00', 6])
  expect(await (await owner.get(path)).text()).toContain('<option value="6" selected')
  expect(await kept({ cadence: 'monthly', expectedWeekday: '6', expectedDate: '3' })).toEqual(['06:30:00', 3])
  expect(await kept({ cadence: 'daily', expectedWeekday: '6' })).toEqual(['06:30:00', null])
  expect(await kept({ cadence: 'irregular', expectedAt: '' })).toEqual([null, null])
})
