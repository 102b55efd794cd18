import { expect, test } from 'vitest'
import { momentAt, wallTime } from '../../src/domain/zoned-time.ts'

test.each([
  ['2026-06-22T06:30', 'UTC', '2026-06-22T06:30:00.000Z'],
  ['2026-06-22T06:30', 'Europe/London', '2026-06-22T05:30:00.000Z'],
  ['2026-12-22T06:30', 'Europe/London', '2026-12-22T06:30:00.000Z'],
  ['2026-06-22T06:30:59', 'Europe/Berlin', '2026-06-22T04:30:00.000Z'],
  ['2026-01-01T00:00', 'America/New_York', '2026-01-01T05:00:00.000Z'],
  ['2026-01-01T00:00', 'Asia/Kathmandu', '2025-12-31T18:15:00.000Z'],
  ['2026-01-01T00:00', 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z'],
  ['2026-01-01T00:00', 'Pacific/Pago_Pago', '2026-01-01T11:00:00.000Z'],
  ['2024-02-29T12:00', 'UTC', '2024-02-29T12:00:00.000Z'],
  // Spring: 2:30 does not exist, the first moment after it does. Autumn: it exists twice, the first counts.
  ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ['2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59:00.000Z'],
  ['2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  ['2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
  ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:00:00.000Z'],
  ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  // Half an hour on Lord Howe; midnight in Havana; a whole day that Samoa left out.
  ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z'],
  ['2026-03-08T00:30', 'America/Havana', '2026-03-08T05:00:00.000Z'],
  ['2011-12-30T12:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
])('%s in %s is %s', (local, zone, moment) => {
  expect(momentAt(local, zone)?.toISOString()).toBe(moment)
})

test.each([
  '',
  'now',
  '2026-06-22',
  '2026-06-22 06:30',
  '2026-06-22T06:30Z',
  '2026-06-22T06:30+02:00',
  '2026-02-29T06:30',
  '2026-06-31T06:30',
  '2026-13-01T06:30',
  '2026-06-22T24:30',
  '2026-06-22T06:60',
  '0000-01-01T00:00',
  '9999-12-31T23:59',
  '+012026-06-22T06:30',
  '２０２６-06-22T06:30',
  '2026-06-22T06:30\n',
])('%j is no date', local => {
  expect(momentAt(local, 'Europe/Berlin')).toBeUndefined()
})

test('the hours of a year come back as they were, but for the one that a clock shows twice', () => {
  for (const zone of ['Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe']) {
    const different: string[] = []
    for (let time = Date.UTC(2026, 0, 1); time < Date.UTC(2027, 0, 1); time += 37 * 3_600_000) {
      const at = new Date(time)
      const back = momentAt(wallTime(at, zone), zone)!
      if (back.getTime() !== time) different.push(wallTime(at, zone))
    }
    expect([zone, different.length]).toEqual([zone, expect.toSatisfy((count: number) => count <= 1)])
  }
})

test('the clock on the wall shows two digits of everything, and 00 at midnight', () => {
  expect(wallTime(new Date('2026-01-02T03:04:59.999Z'), 'UTC')).toBe('2026-01-02T03:04')
  expect(wallTime(new Date('2026-01-02T00:00:00Z'), 'UTC')).toBe('2026-01-02T00:00')
})
