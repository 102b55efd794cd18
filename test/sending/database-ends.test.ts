import { expect, test } from 'vitest'
import { openEmbedded } from '../../src/store/embedded/open.ts'
import { migrate } from '../../src/store/migrate.ts'
import { watchBalance } from '../soak/balance-watch.ts'
import { privateFolder } from '../support/folder.ts'
import { postmasterPid } from '../support/opener.ts'
import {
  addReaders,
  countRows,
  draftDigest,
  ended,
  openNewsletters,
  openNewsroom,
  readBalance,
  startNow,
} from '../support/sending.ts'
import { blockedBackends, freshNewsroom, useSink, withSenders } from '../support/sending-story.ts'
import { until } from '../support/until.ts'

const sink = useSink({ takes: 5 })

test('a PostgreSQL that ends at once is waited for: nothing is lost and nothing sent twice', async () => {
  const database = await openEmbedded({ dataDir: privateFolder() })
  await migrate(database.url)
  const room = openNewsroom({ databaseUrl: database.url, smtpUrl: sink.current.url })
  const [morning] = await openNewsletters(room, 'morning')
  await addReaders(room.raw, 2000, [morning!])
  const digest = await draftDigest(room, [morning!])
  await startNow(room, digest)
  const said: string[] = []
  const note = (_: object, text: string) => void said.push(text)
  await withSenders(room, [{ services: { log: { info: note, warn: note, error: note } } }], async () => {
    await until('the first messages', async () => (await sink.current.count()) > 50, 15_000, 1)
    process.kill(postmasterPid(database.dataFolder), 'SIGQUIT')
    await until('the sender to notice', () => said.some(text => text.includes('does not answer')))
    await until('PostgreSQL to be started again', () => database.revive())
    expect(await sink.current.count()).toBeLessThan(2000)
    const { ended } = watchBalance(room, digest)
    expect(await ended).toMatchObject({ state: 'finished', sent: 2000, unknown: 0 })
  })
  expect(await countRows(room.raw, digest)).toEqual({ sent: 2000 })
  expect(said).toContain('the database is back')
  // It asked again with growing pauses, and did not spin.
  expect(said.length).toBeLessThan(30)
  const records = await sink.current.records()
  expect(records).toHaveLength(2000)
  expect(new Set(records.map(record => record.to)).size).toBe(2000)
  await room.close()
  await database.close()
}, 30_000)

test('a connection that breaks between lease and claim keeps no batch from its readers', async () => {
  await sink.current.clear()
  const room = await freshNewsroom({ smtpUrl: sink.current.url })
  const [morning] = await openNewsletters(room, 'morning')
  await addReaders(room.raw, 5, [morning!])
  const digest = await draftDigest(room, [morning!])
  await startNow(room, digest)
  await withSenders(room, [{}], async sender => {
    await room.raw.begin(async tx => {
      await tx`lock table deliveries in access exclusive mode`
      sender.wake()
      const [backend] = await blockedBackends(room)
      expect(await room.raw`select from batches where holder is not null`).toHaveLength(1)
      await tx`select pg_terminate_backend(${backend!})`
    })
    expect(await ended(room, digest, 10_000)).toMatchObject({ state: 'finished', sent: 5 })
    expect(await readBalance(room, digest)).toMatchObject({ unknown: 0 })
  })
  expect(await sink.current.count()).toBe(5)
})
