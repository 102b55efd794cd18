import { expect, test } from 'vitest'
import { hoursOpen } from '../../src/domain/sending-hours.ts'
import { openNow } from '../../src/store/batches.ts'
import { openTestApp } from '../support/app.ts'

const { raw } = await openTestApp()

test.each([
  ['06:30:00', '09:00:00', 'Europe/Berlin', '2026-06-22T00:00Z'],
  ['22:00:00', '05:30:00', 'America/New_York', '2026-06-22T00:00Z'],
  // The clocks go forward, and back.
  ['01:30:00', '03:15:00', 'Europe/Berlin', '2026-03-29T00:00Z'],
  ['02:15:00', '02:45:00', 'Europe/Berlin', '2026-10-25T00:00Z'],
  ['23:59:00', '00:01:00', 'Asia/Kathmandu', '2026-06-22T00:00Z'],
])(
  '%s to %s in %s: the database and the pages agree all day',
  async (sendsFrom, sendsUntil, timeZone, day) => {
    const minutes = Array.from({ length: 24 * 12 }, (_, n) => new Date(Date.parse(day) + n * 300_000))
    const rows = await raw.unsafe(
      `select ${openNow} as open from unnest($1::text[]) with ordinality as m(at, place)
     cross join (select $2::time as sends_from, $3::time as sends_until, $4::text as time_zone) as n
     cross join lateral (select (m.at::timestamptz at time zone n.time_zone)::time as wall) as t order by place`,
      [minutes.map(at => at.toISOString()), sendsFrom, sendsUntil, timeZone],
    )
    expect(rows.map(row => row.open)).toEqual(
      minutes.map(at => hoursOpen({ sendsFrom, sendsUntil, timeZone }, at)),
    )
    expect(new Set(rows.map(row => row.open)).size).toBe(2)
  },
)
