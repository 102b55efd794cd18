import type { TransactionSql } from 'postgres'
import { expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { retryDeliveries } from '../../src/actions/retry-deliveries.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { forgetDomain, limitDomain } from '../../src/store/mail-domains.ts'
import { atEnd } from '../support/at-end.ts'
import { type Script, startMisbehavingServer } from '../support/misbehaving-smtp.ts'
import { addReaders, draftDigest, ended, openNewsletters, startNow } from '../support/sending.ts'
import { freshNewsroom, heldBy, withSenders } from '../support/sending-story.ts'
import { until } from '../support/until.ts'

// Readers of a domain that has a limit lie in batches of their own: they get their mail when the limit is gone, too.

async function roomWithLimit(script: Script, readers: number) {
  const server = await startMisbehavingServer(script)
  atEnd(() => server.close())
  const room = await freshNewsroom({ smtpUrl: server.url, config: { smtpConnections: 4 } })
  const [morning] = await openNewsletters(room, 'morning')
  await limitDomain(room.services.db, 'slow.example', { connections: 2, perMinute: null })
  await addReaders(room.raw, readers, [morning!], { domains: ['slow.example'] })
  const digest = await draftDigest(room, [morning!])
  await startNow(room, digest)
  return { room, server, digest }
}

const soon = { pauses: [1500], jitter: 0 }

test('who is tried again after the limit is gone gets it', async () => {
  let refuses = true
  const { room, digest } = await roomWithLimit(
    ({ moment }) => (refuses && moment === 'rcpt' ? '550 5.2.1 not now, not ever' : undefined),
    3,
  )
  await withSenders(room, [{}], async () => {
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', failed: 3 })
    refuses = false
    await forgetDomain(room.services.db, 'slow.example')
    const chosen = { states: ['failed' as const] }
    expect(await retryDeliveries(room.services, digest, { how: 'send', chosen })).toMatchObject({
      readers: 3,
    })
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: 3 })
  })
})

test('who is put off while the limit goes gets it', async () => {
  const { room, server, digest } = await roomWithLimit(
    ({ moment, before }) => (moment === 'body' && before === 0 ? 'hold' : undefined),
    2,
  )
  await withSenders(room, [{ retry: soon }], async () => {
    const onTheWire = await heldBy(server, 2)
    await forgetDomain(room.services.db, 'slow.example')
    for (const message of onTheWire) message.says('451 4.3.0 later')
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: 2 })
  })
})

test('a digest that starts while the limit goes reaches all', async () => {
  const server = await startMisbehavingServer(() => undefined)
  atEnd(() => server.close())
  const room = await freshNewsroom({ smtpUrl: server.url })
  const { raw, services } = room
  const [morning] = await openNewsletters(room, 'morning')
  await limitDomain(services.db, 'slow.example', { connections: 2, perMinute: null })
  await addReaders(raw, 2, [morning!], { domains: ['slow.example'] })
  const digest = await draftDigest(room, [morning!])
  const outcome = await dispatchDigest(services, digest)
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  let forgotten = false
  // The start has cut the batches, and is held before it commits.
  const both = await raw.begin(async tx => {
    await tx`lock table digest_events in exclusive mode`
    const starting = startDispatch(services, outcome.dispatch.id)
    await until('the start to wait', async () => (await waiters(tx)) === 1)
    const forgetting = forgetDomain(services.db, 'slow.example').then(() => {
      forgotten = true
    })
    await until('the limit to go, or to wait', async () => forgotten || (await waiters(tx)) === 2)
    return { all: Promise.all([starting, forgetting]) }
  })
  await both.all
  await withSenders(room, [{}], async () => {
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: 2 })
  })
})

/** Connections that wait for a lock. */
async function waiters(sql: TransactionSql): Promise<number> {
  const [row] = await sql`
    select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  return row!.n
}
