import postgres from 'postgres'
import { expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { limitDomain } from '../../src/store/mail-domains.ts'
import { watchBalance } from '../soak/balance-watch.ts'
import { killRound } from '../soak/kill-round.ts'
import { forkSender } from '../support/fork-sender.ts'
import {
  addReaders,
  draftDigest,
  ended,
  endLeases,
  openNewsletters,
  readBalance,
  startNow,
} from '../support/sending.ts'
import { blockedBackends, freshNewsroom, onServer, useSink, withSenders } from '../support/sending-story.ts'
import { until } from '../support/until.ts'

const connections = 10
const sink = useSink({ takes: 5 })

async function roomWith(readers: number) {
  await sink.current.clear()
  const room = await freshNewsroom({ smtpUrl: sink.current.url, config: { smtpConnections: connections } })
  const [newsletterId] = await openNewsletters(room, 'morning')
  await addReaders(room.raw, readers, [newsletterId!])
  return { room, newsletterId: newsletterId! }
}

test('kill -9 in the middle loses nobody, and repeats at most what was on the wire', async () => {
  const { room, newsletterId } = await roomWith(500)
  const place = { room, sink: sink.current }
  const wish = { kind: 'group', command: 'deliver', newsletterId, recipients: 500, connections } as const
  const report = await killRound(place, { ...wish, share: 0.4 })
  expect(report).toMatchObject({ lost: 0, broken: [] })
  expect(report.duplicated).toBeLessThanOrEqual(connections)
  expect(report.killedAt).toBeLessThan(500)
})

test('under the policy "hold" exactly what was in flight at a kill is unknown, and stays so', async () => {
  const { room, newsletterId } = await roomWith(300)
  const { databaseUrl, smtpUrl, raw } = room
  const digest = await draftDigest(room, [newsletterId])
  await startNow(room, digest)
  await raw`update dispatches set unknown_policy = 'hold'`
  const sender = await forkSender({ databaseUrl, smtpUrl, config: { smtpConnections: connections } })
  await until('the first messages', async () => (await sink.current.count()) > 100, 15_000, 1)
  await sender.kill()
  await until('its last statement to end', async () => {
    const left = await raw`select from pg_stat_activity
      where datname = current_database() and application_name = 'broadsheet sender'`
    return left.length === 0
  })
  const inFlight = await raw`select subscriber_id from in_flight where subscriber_id is not null order by 1`
  await endLeases(raw)
  expect(await withSenders(room, [{}, {}], () => ended(room, digest))).toMatchObject({
    state: 'finished',
    sent: 300 - inFlight.length,
    unknown: inFlight.length,
  })
  expect(inFlight.length).toBeGreaterThan(0)
  expect(await raw`select subscriber_id from deliveries where state = 'unknown' order by 1`).toEqual(inFlight)
  const records = await sink.current.records()
  expect(new Set(records.map(record => record.to)).size).toBe(records.length)
}, 30_000)

test('SIGTERM finishes what is on the wire and gives the rest back at once', async () => {
  const { room, newsletterId } = await roomWith(500)
  const digest = await draftDigest(room, [newsletterId])
  const { databaseUrl, smtpUrl } = room
  const sender = await forkSender({ databaseUrl, smtpUrl, config: { smtpConnections: connections } })
  await dispatchDigest(room.services, digest)
  sender.wake()
  await until('the first messages', async () => (await readBalance(room, digest)).sent > 50)
  expect(await sender.stop()).toBe(0)
  const balance = await readBalance(room, digest)
  expect(balance).toMatchObject({ state: 'sending', unknown: 0, sent: await sink.current.count() })
  expect(balance.pending).toBeGreaterThan(0)
  expect(await room.raw`select from batches where holder is not null`).toHaveLength(0)
  expect(await room.raw`select from in_flight`).toHaveLength(0)
  await withSenders(room, [{}], () => ended(room, digest))
  expect(await sink.current.count()).toBe(500)
})

const endConnections = (name: string) =>
  `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`

test.each([
  [
    'goes away',
    (name: string) => `alter database ${name} with allow_connections false`,
    (name: string) => `alter database ${name} with allow_connections true`,
  ],
  [
    'can only be read',
    (name: string) => `alter database ${name} set default_transaction_read_only = on`,
    (name: string) => `alter database ${name} reset default_transaction_read_only`,
  ],
])(
  'a database that %s stops the sending before the next message; nothing is lost and nothing sent twice',
  async (_, breaking, mending) => {
    const { room, newsletterId } = await roomWith(800)
    const digest = await draftDigest(room, [newsletterId])
    const said: string[] = []
    const note = (_: object, text: string) => void said.push(text)
    const asked: number[] = []
    const asks = () => void asked.push(performance.now())
    await withSenders(
      room,
      [{ services: { log: { info: note, warn: note, error: note } }, asks }],
      async sender => {
        await dispatchDigest(room.services, digest)
        sender.wake()
        await until('the first messages', async () => (await readBalance(room, digest)).sent > 50)
        const name = new URL(room.databaseUrl).pathname.slice(1)
        await onServer(async sql => {
          await sql.unsafe(breaking(name))
          await sql.unsafe(endConnections(name))
          await until('the sender to notice', () => said.some(text => text.includes('does not answer')))
          const from = asked.length
          await until('three more questions', () => asked.length >= from + 3)
          // 50 and 100 ms apart at least: it does not spin.
          expect(asked[from + 2]! - asked[from]!).toBeGreaterThan(140)
          // What was on the wire is done; no question allows a message to start.
          const quiet = await sink.current.count()
          await until('another question', () => asked.length > from + 3)
          expect(await sink.current.count()).toBe(quiet)
          expect(quiet).toBeLessThan(800)
          await sql.unsafe(mending(name))
          await sql.unsafe(endConnections(name))
        })
        // Our own connections were ended too.
        const { ended } = watchBalance(room, digest)
        expect(await ended).toMatchObject({ state: 'finished', sent: 800, unknown: 0 })
        expect(said).toContain('the database is back')
      },
    )
    const records = await sink.current.records()
    expect(records).toHaveLength(800)
    expect(new Set(records.map(record => record.to)).size).toBe(800)
    expect(said.length).toBeLessThan(30)
  },
)

test('a sender that drains while it looks for work takes nothing into its hands any more', async () => {
  const { room, newsletterId } = await roomWith(10)
  const { raw } = room
  await limitDomain(room.services.db, 'one.example', { connections: 1, perMinute: null })
  await startNow(room, await draftDigest(room, [newsletterId]))
  await raw`update mail_domains set paused_until = now() + interval '1 hour', pause_reason = 'policy'`
  await raw`update batches set holder = gen_random_uuid(), leased_until = now() - interval '1 millisecond' where domain = ''`
  const lock = postgres(room.databaseUrl, { max: 1 })
  const unlock = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  const locking = lock.begin(async tx => {
    await tx`select from batches where domain = '' for update`
    locked.resolve()
    await unlock.promise
  })
  await locked.promise
  await withSenders(room, [{}], async sender => {
    await blockedBackends(room)
    const drained = sender.drain()
    await until('all that is given back', async () => {
      const [last] = await raw`select from pg_stat_activity
        where datname = current_database() and query ilike 'delete from in_flight%'`
      return last
    })
    unlock.resolve()
    await Promise.all([drained, locking])
  })
  await lock.end()
  expect(await raw`select domain from mail_domains where holder is not null`).toEqual([])
  expect(await raw`select id from batches where holder is not null`).toEqual([])
})
