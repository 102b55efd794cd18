import { addAudience, addBenchDigest, type BenchRoom, openBenchRoom } from './bench-room.ts'
import { type Figure, round } from './figures.ts'
import { dkimEnv, sendMeasured } from './measured-send.ts'
import { type MeasuredWorker, sendByWorker } from './measured-worker.ts'
import { parseSize } from './message-of-size.ts'
import { countMoves } from './moved-counters.ts'
import type { Options } from './options.ts'

/** Milliseconds that the mail server takes for each message. */
const answers = [0, 20, 50, 100]

/**
 * What a batch costs on Workers: the Worker in workerd, of which `wrangler dev` says how long each invocation took. With
 * 4 connections it delivers one batch after the other. The peer is the sender on Node with as many connections.
 */
export async function* benchWorker(options: Options): AsyncGenerator<Figure> {
  const { short } = options
  const recipients = options.recipients ?? (short ? 1500 : 3000)
  const connections = options.connections?.[0] ?? 4
  const size = options.sizes?.[0] ?? 'sample'
  for (const takes of short ? [0] : answers) {
    await using opened = new AsyncDisposableStack()
    const bench = await openBenchRoom({ takes }, { counted: true })
    opened.defer(bench.close)
    const newsletter = await addAudience(bench.room, recipients)
    for (const env of short ? [undefined] : [undefined, dkimEnv()]) {
      const digest = () => addBenchDigest(bench.room, newsletter, parseSize(size))
      const ours = await sendByWorker(bench, {
        digestId: await digest(),
        recipients,
        connections,
        variables: env,
        idle: short ? 500 : 3000,
      })
      const theirs = await sendMeasured(bench, { digestId: await digest(), recipients, connections, env })
      yield {
        figure: `worker${env ? ' with DKIM' : ''}, a server that takes ${takes} ms`,
        unit: 'messages/s',
        ours: round(ours.perSecond, 1),
        peer: 'Node',
        theirs: round(theirs.perSecond, 1),
        ratio: round(ours.perSecond / theirs.perSecond, 2),
        ...costsOf(ours),
        theirCpuMsPerMessage: round(theirs.cpu.sender, 3),
        bytes: Math.round(ours.sink.bytes / ours.sink.count),
        connections,
        recipients,
        ...bench.durability,
      }
    }
    if (takes === 0) yield* benchCounters(bench, short)
  }
}

/**
 * What all batches of one dispatch wait for: its counters are one row, which a statement with results holds until it is on
 * the disk.
 */
async function* benchCounters(bench: BenchRoom, short: boolean): AsyncGenerator<Figure> {
  for (const sessions of short ? [4] : [1, 20, 100])
    yield {
      figure: `worker, the counters of one dispatch from ${sessions} sessions`,
      unit: 'statements/s',
      ours: Math.round(await countMoves(bench.room, sessions, short ? 200 : 3000)),
      ...bench.durability,
    }
}

const costsOf = ({ batchMs, batches, invocations, queueMessages, cpu, work }: MeasuredWorker): Figure => ({
  batchMs: median(batchMs),
  batches,
  invocationsPerBatch: round(invocations / batches, 2),
  queueMessagesPerBatch: round(queueMessages / batches, 2),
  cpuMsPerMessage: round(cpu.workerd, 3),
  postgresCpuMsPerMessage: round(cpu.postgres, 3),
  statementsPerMessage: round(work.statements, 3),
  turnsPerMessage: round(work.turns, 3),
  transactionsPerMessage: round(work.transactions, 3),
  rowsPerMessage: round(work.rows, 3),
  walBytesPerMessage: Math.round(work.wal),
  databaseMsPerMessage: round(work.held, 3),
})

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
