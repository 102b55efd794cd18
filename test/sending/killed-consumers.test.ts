import { expect, onTestFinished, test } from 'vitest'
import { offer, tend } from '../support/batch-queue.ts'
import { type ConsumerProcess, forkConsumer } from '../support/fork-consumer.ts'
import {
  addReaders,
  countRows,
  draftDigest,
  type Newsroom,
  openNewsletters,
  readBalance,
  startNow,
} from '../support/sending.ts'
import { freshNewsroom, useSink } from '../support/sending-story.ts'
import { until } from '../support/until.ts'

const consumers = 5
const connections = 4
const readers = 1500
const batches = 12
const kills = 3

const sink = useSink({ takes: 20 })

/** A queue as the platform's: gives each message to a consumer that is free, now and then to two. */
class Queue {
  readonly #room: Newsroom
  readonly #waiting: number[] = []
  readonly #busy = new Map<ConsumerProcess, number>()
  readonly #free: ConsumerProcess[] = []

  constructor(room: Newsroom) {
    this.#room = room
  }

  async open() {
    const { databaseUrl, smtpUrl } = this.#room
    this.#free.push(await forkConsumer({ databaseUrl, smtpUrl }))
  }

  /** Puts what is due into the queue, and hands it out. */
  async turn() {
    for (const id of await offer(this.#room, consumers)) {
      this.#waiting.push(id)
      if (Math.random() < 0.2) this.#waiting.splice(Math.floor(Math.random() * this.#waiting.length), 0, id)
    }
    while (this.#waiting.length && this.#free.length) {
      const consumer = this.#free.pop()!
      const batch = this.#waiting.shift()!
      this.#busy.set(consumer, batch)
      consumer.deliver(batch).then(() => {
        if (this.#busy.delete(consumer)) this.#free.push(consumer)
      })
    }
  }

  /** Kills one that is at work, whose lease ends at once, as in 15 s; false where none is. */
  async killOne(): Promise<boolean> {
    const { raw } = this.#room
    const busy = [...this.#busy]
    const [row] = await raw`
      select id::int, holder from batches where holder is not null and id = any(${busy.map(([, batch]) => batch)})
      order by random() limit 1`
    const victim = busy.find(([, batch]) => batch === row?.id)?.[0]
    if (!victim || !this.#busy.delete(victim)) return false
    await victim.kill()
    await raw`update batches set leased_until = now() - interval '1 millisecond' where id = ${row!.id} and holder = ${row!.holder}`
    return true
  }

  async close() {
    await Promise.all([...this.#free, ...this.#busy.keys()].map(consumer => consumer.kill()))
  }
}

test('of five consumers at once any may be killed: nobody is lost, and what was on the wire comes twice at most', {
  timeout: 120_000,
}, async () => {
  const room = await freshNewsroom({ smtpUrl: sink.current.url })
  const newsletters = await openNewsletters(room, ...Array.from({ length: batches }, (_, n) => `n${n}`))
  const each = readers / batches
  for (const [n, id] of newsletters.entries()) await addReaders(room.raw, each, [id], { from: 1 + n * each })
  const digest = await draftDigest(room, newsletters)
  const queue = new Queue(room)
  onTestFinished(() => queue.close())
  await Promise.all(Array.from({ length: consumers }, () => queue.open()))
  await startNow(room, digest)
  let killed = 0
  await until(
    'the dispatch to finish',
    async () => {
      await tend(room)
      await queue.turn()
      const { state, sent } = await readBalance(room, digest)
      // Evenly over the readers.
      if (killed < kills && sent > ((killed + 0.5) * readers) / (kills + 1) && (await queue.killOne())) {
        killed++
        await queue.open()
      }
      return state === 'finished'
    },
    90_000,
  )
  expect(killed).toBe(kills)
  expect(await readBalance(room, digest)).toMatchObject({ state: 'finished', sent: readers, unknown: 0 })
  expect(await countRows(room.raw, digest)).toEqual({ sent: readers })
  const records = await sink.current.records()
  expect(new Set(records.map(record => record.to)).size).toBe(readers)
  expect(new Set(records.map(record => record.messageId)).size).toBe(readers)
  expect(records.length - readers).toBeLessThanOrEqual(kills * connections)
})
