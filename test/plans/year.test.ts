import { expect, test } from 'vitest'
import { courseOf, nextRun } from '../../src/domain/plan.ts'
import { momentAt, wallTime } from '../../src/domain/zoned-time.ts'
import { addStory, day, hour, minute, openPlanRoom, planAsOf, runsOf, toldOf, wakeAt } from './newsroom.ts'

/** Ahead of the database's clock, which refuses to schedule for a time that is past. */
const year = new Date().getUTCFullYear() + 1
const begin = Date.UTC(year, 0, 1, 12)
const end = Date.UTC(year, 11, 30, 12)
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'] as const
const times = ['02:30', '06:30', '00:00', '23:55'] as const

/** The moments at which the clocks of a zone are changed. */
function clockChanges(zone: string): number[] {
  const offset = (at: number) => Date.parse(`${wallTime(new Date(at), zone)}:00Z`) - at
  const found: number[] = []
  for (let at = begin; at < end; at += 30 * minute)
    if (offset(at) !== offset(at + 30 * minute)) found.push(at + 30 * minute)
  return found
}

const changes = zones.flatMap(clockChanges)

/** A plan's days after the beginning and up to the end, with the moment that each is for. */
function daysOf(zone: string, time: string): { day: string; at: number }[] {
  const days: { day: string; at: number }[] = []
  for (let noon = begin - day; noon <= end + day; noon += day) {
    const date = new Date(noon).toISOString().slice(0, 10)
    const at = momentAt(`${date}T${time}`, zone)!.getTime()
    if (at > begin && at <= end) days.push({ day: date, at })
  }
  return days
}

/** The same numbers each time, between 0 and 1. */
function chance() {
  let state = 20_260_622
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

type Sleep = { from: number; to: number }

/** For most of the year nobody is awake, but for some days around each change. */
function hibernation(): Sleep[] {
  const sorted = changes.toSorted((a, b) => a - b)
  const [ends, starts] = [
    [begin, ...sorted.map(at => at + 3 * day)],
    [...sorted.map(at => at - 3 * day), end],
  ]
  return ends.map((from, index) => ({ from, to: starts[index]! })).filter(({ from, to }) => from < to)
}

/** When nobody is awake: at bad moments around each change of the clocks, and now and then all through the year. */
function sleeps(): Sleep[] {
  const around = [
    [-100 * minute, 20 * minute],
    [-5 * hour, 30 * minute],
    [-40 * minute, 200 * minute],
    [-26 * hour, 50 * minute],
    [-20 * minute, 2 * hour],
    [-3 * day, 10 * minute],
  ] as const
  const bad = changes.map((at, index) => ({ from: at + around[index]![0], to: at + around[index]![1] }))
  const random = chance()
  const lengths = [15 * minute, 35 * minute, 61 * minute, 91 * minute, 3 * hour, 7 * hour, 30 * hour, 4 * day]
  for (let at = begin; at < end; at += (2 + 4 * random()) * day) {
    const from = Math.round(at + random() * day)
    bad.push({ from, to: from + lengths[Math.floor(random() * lengths.length)]! })
  }
  return bad
}

/** When a process looks: half an hour before each edition, and as soon as it wakes. */
function looks(days: readonly { at: number }[], asleep: readonly Sleep[]): number[] {
  const wished = [...days.map(({ at }) => at - 30 * minute), ...asleep.map(({ to }) => to)]
  return [...new Set(wished)]
    .filter(at => at >= begin && at <= end && !asleep.some(({ from, to }) => at >= from && at < to))
    .sort((a, b) => a - b)
}

/** What is to become of each day, from when somebody looked alone. */
function foretold(days: readonly { day: string; at: number }[], looked: readonly number[]) {
  const found = days.map(one => ({ ...one, seen: looked.find(at => at >= one.at - 30 * minute) }))
  return found
    .filter(one => one.seen !== undefined)
    .map(({ day, at, seen }, index, all) => {
      const next = all[index + 1]
      if (next?.seen === seen) return `${day} missed`
      if (seen! - at <= hour) return `${day} made`
      return next ? `${day} missed` : `${day} asks`
    })
}

test('the year has all that can go wrong: each zone changes its clocks twice', () => {
  expect(changes).toHaveLength(6)
})

test('every day of a year is dealt with once, in all zones and at all hours', () => {
  const plans = zones.flatMap(timeZone =>
    times.map(time => ({ timeZone, time, days: daysOf(timeZone, time) })),
  )
  const looked = looks(
    plans.flatMap(plan => plan.days),
    sleeps(),
  )
  for (const { timeZone, time, days } of plans) {
    const rule = { timeZone, time, weekdays: [1, 2, 3, 4, 5, 6, 7] }
    const became = new Map<string, string>()
    let next = nextRun(rule, new Date(begin))
    for (const at of looked) {
      const course = courseOf(rule, next, new Date(at))
      if (!course) continue
      const asked = [...became].find(([, what]) => what === 'asks')
      if (asked) became.set(asked[0], 'missed')
      for (const one of [...course.missed, course.last]) expect(became.has(one.day)).toBe(false)
      for (const one of course.missed) became.set(one.day, 'missed')
      became.set(course.last.day, course.does === 'ask' ? 'asks' : 'made')
      next = course.next
    }
    const told = [...became].map(([date, what]) => `${date} ${what}`)
    expect(told, `${timeZone} ${time}`).toEqual(foretold(days, looked))
    expect(told.filter(one => one.endsWith('made')).length).toBeGreaterThan(250)
  }
})

test('a newsroom has one edition or one reason for every day, whatever the clocks do and whoever sleeps', {
  timeout: 120_000,
}, async () => {
  const room = await openPlanRoom()
  const plans = await Promise.all(
    zones.flatMap(timeZone =>
      times.map(async time => {
        const blocks =
          timeZone === 'Europe/Berlin'
            ? [{ type: 'text' as const, markdown: 'Good morning.' }]
            : [{ type: 'newest' as const, section: 'Nothing', count: 1 }]
        const id = await planAsOf(room, new Date(begin), { timeZone, time, blocks, mode: 'waits' })
        return { id, timeZone, time, days: daysOf(timeZone, time) }
      }),
    ),
  )
  const looked = looks(
    plans.flatMap(plan => plan.days),
    [...sleeps(), ...hibernation()],
  )
  for (const [index, at] of looked.entries()) {
    const passes = index % 7 === 0 ? [1, 2] : [1]
    await Promise.all(passes.map(() => wakeAt(room, new Date(at))))
  }

  const rows = await runsOf(room)
  let unusual = 0
  for (const { id, timeZone, time, days } of plans) {
    const own = rows.filter(row => row.plan === id)
    const said = own.map(({ day, state, reason }) => {
      const made =
        timeZone === 'Europe/Berlin' ? state === 'unapproved' || state === 'waiting' : reason === 'empty'
      return `${day} ${made ? 'made' : (reason ?? state)}`
    })
    expect(said, `${timeZone} ${time}`).toEqual(foretold(days, looked))
    expect(own.map(row => row.day)).toEqual(days.slice(0, own.length).map(one => one.day))
    for (const { day: date, due } of own)
      if (wallTime(due, timeZone) !== `${date}T${time}`) {
        // Only where there is no such time: it goes at the first minute after the skipped ones.
        expect(wallTime(new Date(due.getTime() - minute), timeZone) < `${date}T${time}`).toBe(true)
        unusual++
      }
  }
  expect(unusual).toBe(2)

  const made = rows.filter(row => row.digest !== null)
  expect(new Set(made.map(row => row.digest)).size).toBe(made.length)
  expect(await room.raw`select from digests`).toHaveLength(made.length)
  // Two processes at once told nobody twice.
  const told = await room.raw`select content from notices group by content, recipient having count(*) > 1`
  expect(told).toHaveLength(0)
  expect(await room.raw`select from notices where recipient <> 'desk@example.com'`).toHaveLength(0)
  const asked =
    await room.raw`select count(distinct content -> 'day')::int as n from notices where content ->> 'event' = 'asks'`
  expect(asked[0]!.n).toBeGreaterThan(5)
})

test('over each change of the clocks an edition is scheduled for its moment, once', {
  timeout: 60_000,
}, async () => {
  const room = await openPlanRoom()
  await addStory(room)
  for (const [index, change] of changes.entries()) {
    const timeZone = zones[Math.floor(index / 2)]!
    const from = change - 30 * hour
    const id = await planAsOf(room, new Date(from), { timeZone, time: '02:30' })
    const expected = daysOf(timeZone, '02:30').filter(({ at }) => at > from && at < change + 30 * hour)
    expect(expected.length).toBeGreaterThanOrEqual(2)
    for (const { at } of expected) {
      // Nobody is awake half an hour before, but a little later two are.
      const woken = new Date(at - [30, 12, 1][index % 3]! * minute)
      await Promise.all([wakeAt(room, woken), wakeAt(room, woken)])
    }
    const rows = await room.raw`
      select r.day::text, r.state, d.due_at from plan_runs r join dispatches d on d.digest_id = r.digest_id
      where plan_id = ${id} order by r.day`
    expect(rows.map(row => ({ day: row.day, at: row.due_at.getTime(), state: row.state }))).toEqual(
      expected.map(one => ({ ...one, state: 'made' })),
    )
    await room.raw`delete from plans where id = ${id}`
  }
  const told = await toldOf(room)
  expect(told.length).toBeGreaterThanOrEqual(12)
  expect(told.every(event => event.startsWith('made'))).toBe(true)
  expect(await room.raw`select from digests`).toHaveLength(told.length)
})
