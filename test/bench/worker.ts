import { addAudience, addBenchDigest, openBenchRoom } from './bench-room.ts'
import { openFarDatabase } from './far-database.ts'
import { type Figure, round } from './figures.ts'
import { sendByCrowd } from './measured-crowd.ts'
import { dkimEnv, sendMeasured } from './measured-send.ts'
import { type MeasuredWorker, sendByWorker } from './measured-worker.ts'
import { parseSize } from './message-of-size.ts'
import { countMoves, slowCommits } from './moved-counters.ts'
import type { Options } from './options.ts'

/** Milliseconds that the mail server takes for a message, and of the way to the database and back. */
type Place = { takes: number; away: number; dkim: boolean }

const here: Place[] = [false, true].map(dkim => ({ takes: 0, away: 0, dkim }))
const far: Place[] = [20, 50, 100].map(takes => ({ takes, away: 20, dkim: true }))

/** Milliseconds that a commit takes beside what the disk does. */
type Crowd = { connections: number; commit: number }
const crowds: Crowd[] = [
  { connections: 40, commit: 0 },
  { connections: 40, commit: 5 },
  { connections: 100, commit: 5 },
]

/**
 * What a batch costs on Workers: the Worker in workerd, of which `wrangler dev` says how long each invocation took; then
 * what many batches of one dispatch do to each other. The peer is the sender on Node, with as many connections and in the
 * same place.
 */
export async function* benchWorker(options: Options): AsyncGenerator<Figure> {
  for (const place of options.short ? here.slice(0, 1) : [...here, ...far])
    yield await benchPlace(place, options)
  for (const crowd of options.short ? [{ connections: 8, commit: 0 }] : crowds)
    yield await benchCrowd(crowd, options)
}

async function benchPlace({ takes, away, dkim }: Place, options: Options): Promise<Figure> {
  const { short, sizes: [size = 'sample'] = [], connections: [connections = 4] = [] } = options
  const recipients = options.recipients ?? (short ? 1500 : 3000)
  await using opened = new AsyncDisposableStack()
  const bench = await openBenchRoom({ takes }, { counted: true })
  opened.defer(bench.close)
  const database = await openFarDatabase(bench.room.databaseUrl, away)
  opened.defer(database.close)
  const newsletter = await addAudience(bench.room, recipients)
  const digest = () => addBenchDigest(bench.room, newsletter, parseSize(size))
  const wish = { recipients, connections }
  const env = dkim ? dkimEnv() : {}
  const ours = await sendByWorker(bench, {
    ...wish,
    digestId: await digest(),
    databaseUrl: database.url,
    variables: env,
    idle: short ? 500 : 3000,
  })
  const theirs = await sendMeasured(bench, {
    ...wish,
    digestId: await digest(),
    env: { ...env, DATABASE_URL: database.url },
  })
  return {
    figure: `worker${dkim ? ' with DKIM' : ''}, a mail server that takes ${takes} ms, a database ${away} ms away`,
    ...ratesOf(ours, theirs),
    ...costsOf(ours),
    theirCpuMsPerMessage: round(theirs.cpu.sender, 3),
    theirPostgresCpuMsPerMessage: round(theirs.cpu.postgres, 3),
    bytes: Math.round(ours.sink.bytes / ours.sink.count),
    connections,
    recipients,
    ...bench.durability,
  }
}

/**
 * Many batches of one dispatch at once. Were its counters one row, which a statement with results holds until it is on the
 * disk, they would wait for each other: `movesOfCountersPerSecond` is what such a row bears.
 */
async function benchCrowd({ connections, commit }: Crowd, { sizes, short }: Options): Promise<Figure> {
  await using opened = new AsyncDisposableStack()
  const bench = await openBenchRoom({ takes: 50 }, { counted: true })
  opened.defer(bench.close)
  const recipients = connections * 250
  const newsletter = await addAudience(bench.room, recipients)
  await slowCommits(bench.room, commit)
  const digest = () => addBenchDigest(bench.room, newsletter, parseSize(sizes?.[0] ?? 'sample'))
  const ours = await sendByCrowd(bench, { digestId: await digest(), recipients, connections })
  const theirs = await sendMeasured(bench, { digestId: await digest(), recipients, connections })
  const moves = await countMoves(bench.room, ours.batchesAtOnce, short ? 200 : 3000)
  return {
    figure: `worker, ${ours.batchesAtOnce} batches of a dispatch at once, commits of ${commit} ms`,
    ...ratesOf(ours, theirs),
    movesOfCountersPerSecond: Math.round(moves),
    messagesPerTurn: round(1 / ours.work.turns, 2),
    heldMsPerMessage: round(ours.work.held, 3),
    connections,
    recipients,
    ...bench.durability,
  }
}

type Rate = { perSecond: number }
const ratesOf = (ours: Rate, theirs: Rate): Figure => ({
  unit: 'messages/s',
  ours: round(ours.perSecond, 1),
  peer: 'Node',
  theirs: round(theirs.perSecond, 1),
  ratio: round(ours.perSecond / theirs.perSecond, 2),
})

const costsOf = ({ batchMs, batches, batchMessages, rounds, cpu, work }: MeasuredWorker): Figure => ({
  batchMs: median(batchMs),
  batches,
  batchMessages,
  rounds,
  cpuMsPerMessage: round(cpu.workerd, 3),
  postgresCpuMsPerMessage: round(cpu.postgres, 3),
  statementsPerMessage: round(work.statements, 3),
  turnsPerMessage: round(work.turns, 3),
  transactionsPerMessage: round(work.transactions, 3),
  rowsPerMessage: round(work.rows, 3),
  walBytesPerMessage: Math.round(work.wal),
  heldMsPerMessage: round(work.held, 3),
})

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
