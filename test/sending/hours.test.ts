import { beforeAll, expect, test } from 'vitest'
import { closedFor, hoursOpen, type SendingHours } from '../../src/domain/sending-hours.ts'
import { renewLeases } from '../../src/store/batches.ts'
import { openRaw, type Raw } from '../../src/store/client.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { openTestApp } from '../support/app.ts'

const { services, raw, databaseUrl } = await openTestApp()
const holder = crypto.randomUUID()
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu']
const hours: SendingHours[] = zones.flatMap(timeZone =>
  [
    ['06:30:00', '20:00:00'],
    ['22:00:00', '06:30:00'],
    ['02:15:00', '02:45:00'],
    ['02:45:00', '02:15:00'],
    ['00:00:00', '12:00:00'],
    ['12:00:00', '00:00:00'],
    [null, null],
  ].map(([sendsFrom, sendsUntil]) => ({ sendsFrom: sendsFrom!, sendsUntil: sendsUntil!, timeZone })),
)

// A session in which now() is what the test says: the sender's own statement is asked, at any moment.
let then: Raw
beforeAll(async () => {
  for (const [at, one] of hours.entries())
    await addNewsletter(services.db, { slug: `n${at}`, name: `N${at}`, ...one })
  await raw`insert into digests (subject) values ('One')`
  await raw`
    insert into dispatches (digest_id, state, transport, due_at, started_at, deliver_until)
    values (1, 'sending', 'smtp', now(), now(), 'infinity')`
  await raw`
    insert into batches (dispatch_id, newsletter_id, due_at, holder, leased_until)
    select 1, id, now(), ${holder}, now() from newsletters order by id`
  await raw`create schema clock`
  await raw`
    create function clock.now() returns timestamptz stable language sql as
    $$ select current_setting('clock.now')::timestamptz $$`
  then = openRaw(databaseUrl, { connections: 1 })
  await then`set search_path to clock, pg_catalog, public`
  return () => then.end({ timeout: 1 })
})

async function openInSql(at: Date): Promise<boolean[]> {
  await then`select set_config('clock.now', ${at.toISOString()}, false)`
  const ids = hours.map((_, index) => index + 1)
  const leases = await renewLeases(then, holder, ids)
  return ids.map(id => leases.get(id)!.mayGoOn)
}

test.each([
  ['an ordinary day', '2026-06-22'],
  ['Berlin’s spring', '2026-03-29'],
  ['Berlin’s autumn', '2026-10-25'],
  ['Lord Howe’s spring', '2026-10-03'],
])('page and sender agree on who goes out, all through %s', async (_, day) => {
  const start = Date.parse(`${day}T00:00:00Z`)
  const seen = new Set<string>()
  // Just before each quarter of an hour, and at it.
  for (let quarter = 0; quarter <= 24 * 4; quarter++)
    for (const before of [1, 0]) {
      const at = new Date(start + quarter * 900_000 - before)
      const open = hours.map(one => hoursOpen(one, at))
      expect([at, await openInSql(at)]).toEqual([at, open])
      open.forEach((is, index) => void seen.add(`${index} ${is}`))
    }
  // Each of them was both, but for those that always go out; a short stretch can fall into an hour that is left out.
  expect(seen.size).toBeGreaterThanOrEqual(hours.length * 2 - zones.length - 2)
})

test.each([
  ['2026-06-22T04:29:59.999Z', false],
  ['2026-06-22T04:30:00Z', true],
  ['2026-06-22T17:59:59.999Z', true],
  ['2026-06-22T18:00:00Z', false],
])('from 6:30 to 20:00 in Berlin, %s is %s', (at, open) => {
  expect(hoursOpen(hours[0]!, new Date(at))).toBe(open)
})

test.each([
  ['2026-06-22T04:30:00Z', 0],
  ['2026-06-22T04:29:30Z', 30],
  ['2026-06-22T18:00:00Z', 10.5 * 3600],
  ['2026-06-21T22:00:00Z', 6.5 * 3600],
])('from 6:30 to 20:00 in Berlin, nothing goes out from %s on for %s seconds', (at, seconds) => {
  expect(closedFor(hours[0]!, new Date(at))).toBe(seconds * 1000)
})
