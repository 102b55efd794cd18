import { expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { countAudience } from '../../src/store/audience.ts'
import { addReaders, countRows, draftDigest, openNewsletters, readBalance } from '../support/sending.ts'
import { freshNewsroom } from '../support/sending-story.ts'

test('a common reader gets a digest once, through the first newsletter that they have', async () => {
  const room = await freshNewsroom({ smtpUrl: 'smtp://127.0.0.1:1' })
  const { services, raw } = room
  const [first, second] = await openNewsletters(room, 'first', 'second')
  await addReaders(raw, 3, [second!], { from: 1 })
  await addReaders(raw, 4, [first!, second!], { from: 11 })
  await addReaders(raw, 5, [first!], { from: 21 })
  const reader = (n: number) => raw`(select id from subscribers where address_key like ${`reader${n}@%`})`
  // Has left the first, but has the second; has left; is paused; was paused; is suppressed.
  await raw`update subscriptions set state = 'ended', ended_at = now(), end_reason = 'left'
    where newsletter_id = ${first!} and subscriber_id in (${reader(11)}, ${reader(21)})`
  await raw`update subscriptions set paused_until = now() + interval '1 day' where subscriber_id = ${reader(22)}`
  await raw`update subscriptions set paused_until = now() - interval '1 day' where subscriber_id = ${reader(23)}`
  await raw`insert into suppressions (address_key, address_hash, hash_version, cause)
    select address_key, sha256(address_key::bytea), 1, 'complained' from subscribers where id = ${reader(24)}`

  const digest = await draftDigest(room, [first!, second!])
  const outcome = await dispatchDigest(services, digest)
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  expect(await countAudience(services.db, { newsletterIds: [first!, second!] })).toBe(9)
  expect(await startDispatch(services, outcome.dispatch.id)).toEqual({ kind: 'started', intended: 9 })
  expect(await readBalance(room, digest)).toMatchObject({ state: 'sending', intended: 9, pending: 9 })
  expect(await countRows(raw, digest)).toEqual({ pending: 9 })

  const rows = await raw`
    select n.slug, array_agg(split_part(r.address, '@', 1) order by r.id) as readers
    from deliveries d join subscribers r on r.id = d.subscriber_id join newsletters n on n.id = d.newsletter_id
    group by 1 order by 1`
  expect(rows.map(row => [row.slug, row.readers])).toEqual([
    ['first', ['reader12', 'reader13', 'reader14', 'reader23', 'reader25']],
    ['second', ['reader1', 'reader2', 'reader3', 'reader11']],
  ])
})

test('an audience is cut into batches, and started by one of two that try', async () => {
  const room = await freshNewsroom({ smtpUrl: 'smtp://127.0.0.1:1' })
  const [morning] = await openNewsletters(room, 'morning')
  await addReaders(room.raw, 2345, [morning!])
  const digest = await draftDigest(room, [morning!])
  const outcome = await dispatchDigest(room.services, digest)
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  const starts = await Promise.all([1, 2].map(() => startDispatch(room.services, outcome.dispatch.id)))
  expect(starts.map(start => start.kind).sort()).toEqual(['not-due', 'started'])
  const rows = await room.raw`
    select b.id, count(d.subscriber_id)::int as n from batches b left join deliveries d on d.batch_id = b.id
    group by 1 order by 1`
  expect(rows.map(row => row.n)).toEqual([1000, 1000, 345])
})
