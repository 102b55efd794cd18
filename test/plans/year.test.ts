import { expect, test } from 'vitest'
import { dayOf } from '../../src/domain/occasions.ts'
import { momentAt, wallTime } from '../../src/domain/zoned-time.ts'
import { day, hour, minute, openPlanRoom, planAsOf, type RunRow, runsOf, toldOf, wakeAt } from './newsroom.ts'

/** Ahead of the database's clock, which refuses to schedule for a time that is past. */
const year = new Date().getUTCFullYear() + 1
const begin = new Date(Date.UTC(year, 0, 1))
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe']
const times = ['02:30', '06:30', '00:00', '23:55']

/** The moments at which the clocks of a zone are changed. */
function clockChanges(zone: string): Date[] {
  const offset = (at: number) => Date.parse(`${wallTime(new Date(at), zone)}:00Z`) - at
  const found: Date[] = []
  for (let at = begin.getTime(); at < begin.getTime() + 366 * day; at += 30 * minute)
    if (offset(at) !== offset(at + 30 * minute)) found.push(new Date(at + 30 * minute))
  return found
}

test.each(zones)('the clocks of %s change twice in that year', zone => {
  expect(clockChanges(zone)).toHaveLength(2)
})

/** The days of the year by the calendar of a zone, each with the moment that a plan of that time is for. */
function daysOf(zone: string, time: string) {
  const days: { day: string; at: Date }[] = []
  for (let at = Date.UTC(year, 0, 2); at <= Date.UTC(year, 11, 30); at += day) {
    const date = new Date(at).toISOString().slice(0, 10)
    days.push({ day: date, at: momentAt(`${date}T${time}`, zone)! })
  }
  return days
}

/** When nobody is awake: from so long before (or after) a moment, for so long. */
type Sleep = { from: number; to: number }
