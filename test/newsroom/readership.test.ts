import { expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { preflight } from '../../src/actions/preflight.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import type { Audience } from '../../src/domain/audience.ts'
import { momentAt, wallTime } from '../../src/domain/zoned-time.ts'
import { countAudience } from '../../src/store/audience.ts'
import { findDigest, readershipOf } from '../../src/store/digests.ts'
import { findDispatchOf } from '../../src/store/dispatches.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { addReaders, draftDigest, openNewsletters, openSender, sendNow } from '../support/sending.ts'
import { freshNewsroom, useSink } from '../support/sending-story.ts'

const sink = useSink()

/** Readers 1 to 10 have the first newsletter, 6 to 15 the second. */
async function newsroom() {
  const room = await freshNewsroom({ smtpUrl: sink.current.url })
  const [first, second] = await openNewsletters(room, 'first', 'second')
  await addReaders(room.raw, 5, [first!], { from: 1, domains: ['one.example'] })
  await addReaders(room.raw, 5, [first!, second!], { from: 6, domains: ['one.example'] })
  await addReaders(room.raw, 5, [second!], { from: 11, domains: ['one.example'] })
  return { room, first: first!, second: second! }
}

const named = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `reader${from + index}@one.example`)

test('by tag, attribute, another newsletter and an earlier digest, each way and together', async () => {
  const { room, first, second } = await newsroom()
  const { services, raw } = room
  await raw`update subscribers set tags = '{vip,berlin}' where address_key = any(${named(1, 3)})`
  await raw`update subscribers set tags = '{vip}' where address_key = any(${named(4, 7)})`
  await raw`update subscribers set attributes = '{"Country": "DE"}' where address_key = any(${named(2, 6)})`
  const digest = await draftDigest(room, [first])
  const earlier = await draftDigest(room, [second], 'Yesterday')
  const sender = openSender(room)
  await sendNow(room, earlier, sender)
  await sender.drain(1000)
  const reached = async (audience: Audience) => {
    await raw`update digests set audience = ${raw.json(audience)} where id = ${digest}`
    return countAudience(services.db, readershipOf((await findDigest(services.db, digest))!))
  }
  expect(await reached([])).toBe(10)
  expect(await reached([{ kind: 'tag', tag: 'vip', is: true }])).toBe(7)
  expect(await reached([{ kind: 'tag', tag: 'vip', is: false }])).toBe(3)
  expect(await reached([{ kind: 'attribute', name: 'country', value: 'de', is: true }])).toBe(5)
  expect(await reached([{ kind: 'attribute', name: 'Country', value: 'FR', is: false }])).toBe(10)
  // The first, but not the second.
  expect(await reached([{ kind: 'newsletter', newsletter: 'second', is: false }])).toBe(5)
  expect(await reached([{ kind: 'newsletter', newsletter: 'second', is: true }])).toBe(5)
  expect(await reached([{ kind: 'got', digest: earlier, is: false }])).toBe(5)
  expect(await reached([{ kind: 'got', digest: earlier, is: true }])).toBe(5)
  const several: Audience = [
    { kind: 'tag', tag: 'vip', is: true },
    { kind: 'tag', tag: 'berlin', is: false },
    { kind: 'got', digest: earlier, is: true },
  ]
  expect(await reached(several)).toBe(2)
  const outcome = await dispatchDigest(services, digest)
  if (outcome.kind !== 'created') throw new Error(JSON.stringify(outcome))
  expect(await startDispatch(services, outcome.dispatch.id)).toEqual({ kind: 'started', intended: 2 })
  const rows = await raw`
    select r.address_key as address from deliveries d join subscribers r on r.id = d.subscriber_id
    where d.dispatch_id = ${outcome.dispatch.id} order by r.id`
  expect(rows.map(row => row.address)).toEqual(named(6, 7))
})

test('a condition that means nothing any more keeps the digest from going', async () => {
  const { room, first } = await newsroom()
  const digest = await draftDigest(room, [first])
  const draft = await draftDigest(room, [first], 'Never sent')
  const gone: Audience = [
    { kind: 'newsletter', newsletter: 'closed-down', is: false },
    { kind: 'got', digest: draft, is: true },
    { kind: 'got', digest: 999_999, is: false },
  ]
  await room.raw`update digests set audience = ${room.raw.json(gone)} where id = ${digest}`
  const outcome = await dispatchDigest(room.services, digest)
  expect(outcome).toMatchObject({
    kind: 'refused',
    errors: [
      { code: 'audience-newsletter-gone', newsletter: 'closed-down' },
      { code: 'audience-digest-unknown', digest: draft },
      { code: 'audience-digest-unknown', digest: 999_999 },
    ],
  })
})

test('readers who had mail from us within three hours are counted in a warning, others are not', async () => {
  const { room, first, second } = await newsroom()
  const { services, raw } = room
  const sender = openSender(room)
  await sendNow(room, await draftDigest(room, [second], 'Evening Brief'), sender)
  await sender.drain(1000)
  const digest = await draftDigest(room, [first])
  const warned = async (at?: Date) =>
    (await preflight(services, (await findDigest(services.db, digest))!, { at })).find(
      found => found.code === 'recent-mail',
    )
  expect(await warned()).toMatchObject({ level: 'warning', readers: 5, digest: 'Evening Brief' })
  expect(await warned(new Date(Date.now() + 4 * 3_600_000))).toBeUndefined()
  await raw`update deliveries set changed_at = changed_at - interval '4 hours'`
  await raw`update dispatches set started_at = started_at - interval '4 hours', finished_at = finished_at - interval '4 hours'`
  expect(await warned()).toBeUndefined()
})

test('by each reader’s own clock: batches are due when it shows the time there, unknown zones by the publication’s', async () => {
  const { room, first } = await newsroom()
  const { services, raw } = room
  await updatePublication(services.db, { timeZone: 'Europe/Berlin' })
  await raw`update subscribers set time_zone = 'America/New_York' where address_key = any(${named(1, 3)})`
  await raw`update subscribers set time_zone = 'Asia/Kolkata' where address_key = any(${named(4, 6)})`
  await raw`update subscribers set time_zone = 'Nowhere/Nothing' where address_key = any(${named(7, 7)})`
  const time = wallTime(new Date(Date.now() + 2 * 86_400_000), 'UTC').replace(/T.*/, 'T06:30')
  const digest = await draftDigest(room, [first])
  const outcome = await dispatchDigest(services, digest, { localTime: time })
  if (outcome.kind !== 'created') throw new Error(JSON.stringify(outcome))
  // Where on earth it is 06:30 first.
  expect(outcome.dispatch.dueAt).toEqual(momentAt(time, 'Etc/GMT-14'))
  expect(await dispatchDigest(services, digest, { localTime: time })).toMatchObject({ kind: 'same' })
  expect(await dispatchDigest(services, digest)).toMatchObject({ kind: 'another-time' })
  await raw`update dispatches set due_at = now() - interval '1 millisecond'`
  expect(await startDispatch(services, outcome.dispatch.id)).toEqual({ kind: 'started', intended: 10 })
  const rows = await raw`
    select b.due_at, count(*)::int as n from batches b join deliveries d on d.batch_id = b.id group by b.id order by 1`
  expect(rows.map(row => [row.due_at, row.n])).toEqual([
    [momentAt(time, 'Asia/Kolkata'), 3],
    [momentAt(time, 'Europe/Berlin'), 4],
    [momentAt(time, 'America/New_York'), 3],
  ])
  const dispatch = (await findDispatchOf(services.db, digest))!
  expect(dispatch.deliverUntil!.getTime()).toBeGreaterThan(momentAt(time, 'America/New_York')!.getTime())
})

test('a time that is over on every clock is refused; one that is over on some goes there at once', async () => {
  const { room, first } = await newsroom()
  const { services, raw } = room
  await raw`update subscribers set time_zone = 'Pacific/Auckland' where address_key = any(${named(1, 4)})`
  const digest = await draftDigest(room, [first])
  const yesterday = wallTime(new Date(Date.now() - 2 * 86_400_000), 'UTC')
  expect(await dispatchDigest(services, digest, { localTime: yesterday })).toMatchObject({
    kind: 'refused',
    errors: [{ code: 'time-is-past' }],
  })
  expect(await dispatchDigest(services, digest, { localTime: 'noon' })).toMatchObject({ kind: 'refused' })
  const soon = wallTime(new Date(Date.now() + 3_600_000), 'UTC')
  const outcome = await dispatchDigest(services, digest, { localTime: soon })
  if (outcome.kind !== 'created') throw new Error(JSON.stringify(outcome))
  expect(await startDispatch(services, outcome.dispatch.id)).toEqual({ kind: 'started', intended: 10 })
  const [now] = await raw`
    select count(*)::int as n from deliveries d join batches b on b.id = d.batch_id where b.due_at <= now()`
  expect(now!.n).toBe(4)
})
