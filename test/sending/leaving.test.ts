import { expect, test } from 'vitest'
import { eraseSubscriber } from '../../src/actions/erase-subscriber.ts'
import { suppressByHand } from '../../src/actions/suppress-by-hand.ts'
import { unsubscribe } from '../../src/actions/unsubscribe.ts'
import type { Config } from '../../src/config.ts'
import { signToken } from '../../src/domain/tokens.ts'
import { startMisbehavingServer } from '../support/misbehaving-smtp.ts'
import {
  addReaders,
  draftDigest,
  ended,
  type Newsroom,
  openNewsletters,
  startNow,
} from '../support/sending.ts'
import { blockedBackends, freshNewsroom, heldBy, useSink, withSenders } from '../support/sending-story.ts'
import { sharedNow } from '../support/shared-clock.ts'
import { until } from '../support/until.ts'

const sink = useSink({ takes: 5 })
/** A message that starts later than this after a reader's leaving was committed was not to start. */
const goodFor = 100

type Reader = { id: number; address: string }
type Story = { room: Newsroom; digest: number; dispatch: number; newsletter: number }

async function begin(readers: number, smtpUrl: string, config: Partial<Config> = {}): Promise<Story> {
  await sink.current.clear()
  const room = await freshNewsroom({ smtpUrl, config: { smtpConnections: 5, ...config } })
  const [newsletter] = await openNewsletters(room, 'morning')
  await addReaders(room.raw, readers, [newsletter!])
  const digest = await draftDigest(room, [newsletter!])
  return { room, digest, dispatch: await startNow(room, digest), newsletter: newsletter! }
}

const ways = [
  ({ room: { services }, newsletter, dispatch }: Story, { id }: Reader) => {
    const token = { purpose: 'unsubscribe' as const, subscriber: id, newsletters: [newsletter], dispatch }
    const network = '192.0.2.0/24'
    return unsubscribe(services, signToken(services.keys, token), { by: 'one-click', network })
  },
  ({ room: { services } }: Story, { address }: Reader) =>
    suppressByHand(services, { email: address, why: 'asked by letter' }),
  ({ room: { services } }: Story, { id }: Reader) => eraseSubscriber(services, id),
]

/** The first of them leaves, the second is suppressed, the third erased; answers when each was committed. */
const depart = (story: Story, readers: readonly Reader[]) =>
  Promise.all(
    readers.map(async (reader, index) => {
      await ways[index % ways.length]!(story, reader)
      return { ...reader, at: sharedNow() }
    }),
  )

/** Those whose message is not on the wire yet, in the order in which they are sent. */
async function nextReaders({ room }: Story, { count, skip }: { count: number; skip: number }) {
  const rows = await room.raw`
    select r.id, r.address from deliveries d join subscribers r on r.id = d.subscriber_id
    where d.state = 'pending' and r.id not in (select subscriber_id from in_flight where subscriber_id is not null)
    order by r.id limit ${count} offset ${skip}`
  return rows.map(row => ({ id: Number(row.id), address: row.address as string }))
}

test.each([
  ['without a limit', 1000, {}],
  ['at a rate for which connections wait 250 ms each', 60, { smtpConnections: 10, sendRate: 40 }],
])(
  'who leaves, is suppressed or erased just before the message gets none 100 ms later, %s',
  async (_, readers, config) => {
    const story = await begin(readers, sink.current.url, config)
    const gone = new Map<string, number>()
    const balance = await withSenders(story.room, [{}], async () => {
      for (const skip of [0, 3, 6, 9, 0, 3, 6, 9]) {
        const count = await sink.current.count()
        await until('the next message', async () => (await sink.current.count()) > count, 5000, 1)
        const readers = await nextReaders(story, { count: 3, skip })
        for (const { address, at } of await depart(story, readers)) gone.set(address, gone.get(address) ?? at)
      }
      return ended(story.room, story.digest)
    })
    const records = new Map((await sink.current.records()).map(record => [record.to, record]))
    const late = [...gone].filter(([address, at]) => (records.get(address)?.began ?? 0) - at > goodFor)
    expect(late).toEqual([])
    const suppressed = [...gone.keys()].filter(address => !records.has(address)).length
    expect(suppressed).toBeGreaterThan(3)
    expect(balance).toMatchObject({ state: 'finished', sent: readers - suppressed, suppressed })
  },
)

test('who goes between two tries is not tried again', async () => {
  const server = await startMisbehavingServer(({ moment, before }) =>
    moment === 'rcpt' && !before ? '451 4.7.1 later' : undefined,
  )
  const story = await begin(6, server.url)
  await withSenders(story.room, [{ retry: { pauses: [3_600_000], jitter: 0 } }], async sender => {
    await until('the first tries', async () => {
      const [row] = await story.room.raw`select min(attempts) as n from deliveries`
      return row!.n === 1
    })
    const gone = await depart(story, await nextReaders(story, { count: 3, skip: 0 }))
    await story.room.raw`update batches set due_at = now() - interval '1 millisecond'`
    sender.wake()
    expect(await ended(story.room, story.digest)).toMatchObject({ sent: 3, suppressed: 3 })
    for (const { address } of gone)
      expect(server.heard.filter(line => line === `RCPT TO:<${address}>`)).toHaveLength(1)
  })
  await server.close()
})

test('who goes while a server takes its time to forget the one before gets nothing', async () => {
  const server = await startMisbehavingServer(
    ({ moment, to }) =>
      moment === 'rset'
        ? 'hold'
        : moment === 'rcpt' && to.startsWith('reader1@')
          ? '550 5.2.1 closed'
          : undefined,
    { extensions: [] },
  )
  const story = await begin(2, server.url, { smtpConnections: 1 })
  const { room, digest } = story
  const [next] = await room.raw<Reader[]>`
    select id::int as id, address from subscribers where address like 'reader2@%'`
  await withSenders(room, [{}], async () => {
    const [reset] = await heldBy(server, 1)
    await depart(story, [next!])
    reset!.says()
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', failed: 1, suppressed: 1, sent: 0 })
  })
  expect(server.received).toEqual([])
  await server.close()
})

test('a slow ledger makes no answer good for longer: it is as old as the question', async () => {
  let holding = true
  const server = await startMisbehavingServer(({ moment }) =>
    holding && moment === 'body' ? 'hold' : undefined,
  )
  const story = await begin(3, server.url, { smtpConnections: 1 })
  const { room, digest, dispatch } = story
  await withSenders(room, [{}], async () => {
    const [first] = await heldBy(server, 1)
    const [next] = await nextReaders(story, { count: 1, skip: 0 })
    await room.raw.begin(async tx => {
      await tx`select from dispatches where id = ${dispatch} for update`
      first!.says()
      await blockedBackends(room)
      const { at } = (await depart(story, [next!]))[0]!
      await until('the answer to be too old', () => sharedNow() > at + goodFor)
    })
    const [second] = await heldBy(server, 1)
    expect(second!.to).not.toBe(next!.address)
    holding = false
    second!.says()
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: 2, suppressed: 1 })
  })
  await server.close()
})
