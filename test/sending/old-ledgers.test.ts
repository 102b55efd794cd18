import { expect, test } from 'vitest'
import { ensurePartition } from '../../src/store/ledger.ts'
import { dropOldLedgers } from '../../src/store/old-ledgers.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'

const { services, raw } = await openTestApp()
const { db } = services

/** Dispatches 1 to 70, each with one delivery, all ended so long ago. */
async function seed(ended: string) {
  await raw`insert into digests (subject) select 'Edition ' || n from generate_series(1, 70) n`
  await raw`
    insert into dispatches (digest_id, state, transport, due_at, started_at, finished_at, intended, sent)
    select id, 'finished', 'mailbox', now(), now(), now() - ${ended}::interval, 1, 1 from digests order by id`
  for (const id of [1, 32, 64]) await ensurePartition(db, id)
  await raw`insert into deliveries (dispatch_id, subscriber_id, newsletter_id, batch_id, state) select id, 1, 1, 1, 'sent' from dispatches`
}

const partitions = async () =>
  (
    await raw`select relname from pg_inherits join pg_class on pg_class.oid = inhrelid where inhparent = 'deliveries'::regclass order by 1`
  ).map(row => row.relname)

test('ledgers go when all of their dispatches ended 90 days ago, and the counts stay', async () => {
  await seed('91 days')
  // One of the second stretch ended only yesterday, and the third is still being filled.
  await raw`update dispatches set finished_at = now() - interval '1 day' where id = 40`
  expect(await dropOldLedgers(db)).toEqual(['deliveries_0'])
  expect(await partitions()).toEqual(['deliveries_32', 'deliveries_64'])
  expect((await raw`select sum(sent)::int as sent from dispatches`)[0]!.sent).toBe(70)
  await raw`update dispatches set finished_at = now() - interval '91 days' where id = 40`
  expect(await dropOldLedgers(db)).toEqual(['deliveries_32'])
  expect(await dropOldLedgers(db)).toEqual([])
})

test('how long that is, is the publication’s to say', async () => {
  await raw`update dispatches set finished_at = now() - interval '400 days'`
  await updatePublication(db, { ledgerDays: 401 })
  await raw`insert into digests (subject) select 'More' from generate_series(1, 30)`
  await raw`
    insert into dispatches (digest_id, state, transport, due_at, started_at, finished_at)
    select id, 'finished', 'mailbox', now(), now(), now() - interval '8 days' from digests where subject = 'More'`
  expect(await dropOldLedgers(db)).toEqual([])
  await updatePublication(db, { ledgerDays: 9 })
  expect(await dropOldLedgers(db)).toEqual([])
  await updatePublication(db, { ledgerDays: 7 })
  expect(await dropOldLedgers(db)).toEqual(['deliveries_64'])
})
