import { expect, onTestFinished, test } from 'vitest'
import { forkSender } from '../support/fork-sender.ts'
import { type MisbehavingServer, startMisbehavingServer } from '../support/misbehaving-smtp.ts'
import {
  addReaders,
  draftDigest,
  ended,
  endLeases,
  type Newsroom,
  openNewsletters,
  readBalance,
  startNow,
} from '../support/sending.ts'
import { freshNewsroom, heldBy, withSenders } from '../support/sending-story.ts'
import { until } from '../support/until.ts'

async function roomWith(readers: number, smtpUrl: string, smtpConnections: number) {
  const room = await freshNewsroom({ smtpUrl, config: { smtpConnections } })
  const [morning] = await openNewsletters(room, 'morning')
  await addReaders(room.raw, readers, [morning!])
  return { room, digest: await draftDigest(room, [morning!]) }
}

// Batches of 1,000, and a sender may hold two: there is one left for each.
test.each([
  [2, 3500],
  [4, 8500],
])(
  '%i senders share a dispatch, and each of %i readers gets it once',
  { timeout: 90_000 },
  async (senders, readers) => {
    const connections = 5
    // No message is answered before each connection of each sender has one.
    let holding = true
    const server = await startMisbehavingServer(({ moment }) =>
      holding && moment === 'body' ? 'hold' : undefined,
    )
    const { room, digest } = await roomWith(readers, server.url, connections)
    await startNow(room, digest)
    await withSenders(room, Array(senders).fill({}), async () => {
      const onTheWire = await heldBy(server, senders * connections)
      holding = false
      for (const message of onTheWire) message.says()
      expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: readers })
    })
    expect(server.received).toHaveLength(readers)
    expect(new Set(server.received.map(({ to }) => to)).size).toBe(readers)
  },
)

/** A sender in a process of its own, frozen while these messages wait for their replies. */
async function freezeSender(room: Newsroom, server: MisbehavingServer, replies: readonly string[]) {
  const config = { smtpConnections: replies.length }
  const sleeper = await forkSender({ databaseUrl: room.databaseUrl, smtpUrl: room.smtpUrl, config })
  onTestFinished(() => void sleeper.child.kill('SIGKILL'))
  const onTheWire = await heldBy(server, replies.length)
  sleeper.child.kill('SIGSTOP')
  for (const [index, message] of onTheWire.entries()) message.says(replies[index])
  await endLeases(room.raw)
  return { sleeper, onTheWire }
}

test('a sender that wakes after its lease starts nothing, and what it sent counts', async () => {
  let holding = true
  const server = await startMisbehavingServer(({ moment }) =>
    holding && moment === 'body' ? 'hold' : undefined,
  )
  const { room, digest } = await roomWith(20, server.url, 4)
  await startNow(room, digest)
  await room.raw`update dispatches set unknown_policy = 'hold'`
  const replies = ['250 2.0.0 taken', '250 2.0.0 taken', '451 4.2.0 later', '550 5.1.1 unknown']
  const { sleeper, onTheWire } = await freezeSender(room, server, replies)

  await withSenders(room, [{}], async () => {
    const taken = await heldBy(server, 4)
    expect(await readBalance(room, digest)).toMatchObject({ state: 'sending', unknown: 4, sent: 0 })
    sleeper.child.kill('SIGCONT')
    // With each result the sleeper asks what to start next.
    await until('what arrived to count', async () => (await readBalance(room, digest)).sent === 2)
    expect(await sleeper.stop()).toBe(0)
    expect(server.received).toHaveLength(8)
    expect(await readBalance(room, digest)).toMatchObject({ unknown: 2, failed: 0, pending: 16 })
    // The batch for the deferral that did not count is empty, and due in 15 s.
    await room.raw`update batches set due_at = now() - interval '1 millisecond'`
    holding = false
    for (const message of taken) message.says()
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: 18, unknown: 2 })
  })
  const to = server.received.map(message => message.to)
  expect(to).toHaveLength(20)
  expect(new Set(to).size).toBe(20)
  const unknown = await room.raw`
    select r.address from deliveries d join subscribers r on r.id = d.subscriber_id where d.state = 'unknown'`
  const notSent = onTheWire.slice(2).map(message => message.to)
  expect(unknown.map(row => row.address).sort()).toEqual(notSent.sort())
  await server.close()
})

test('a sender that wakes after its lease fails and defers nothing of what another has seen to', async () => {
  const server = await startMisbehavingServer(({ moment, before }) => {
    if (moment !== 'body' || before > 1) return undefined
    return before === 0 ? 'hold' : '451 4.2.0 later, says the second try'
  })
  const { room, digest } = await roomWith(2, server.url, 2)
  await startNow(room, digest)
  const replies = ['550 5.1.1 unknown', '451 4.2.0 later, says the first try']
  const { sleeper } = await freezeSender(room, server, replies)
  const rows = async () =>
    (await room.raw`select state, attempts, reply from deliveries`).map(row => ({ ...row }))

  await withSenders(room, [{ retry: { pauses: [3_600_000], jitter: 0 } }], async sender => {
    const deferred = await until('the second try', async () => {
      const { pending } = await readBalance(room, digest)
      return pending === 2 && (await rows()).every(row => row.attempts === 2) && (await rows())
    })
    sleeper.child.kill('SIGCONT')
    expect(await sleeper.stop()).toBe(0)
    expect(await rows()).toEqual(deferred)
    expect(await room.raw`select from suppressions`).toHaveLength(0)
    await room.raw`update batches set due_at = now() - interval '1 millisecond'`
    sender.wake()
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: 2 })
  })
  await server.close()
})
