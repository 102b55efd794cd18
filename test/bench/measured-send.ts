import { generateKeyPairSync } from 'node:crypto'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { ended, type Newsroom, readBalance } from '../support/sending.ts'
import { type RunningProcess, startProcess } from '../support/server.ts'
import type { SinkFigures } from '../support/smtp-sink.ts'
import { until } from '../support/until.ts'
import type { BenchRoom } from './bench-room.ts'
import { type Growth, readGrowth, readRowChanges } from './growth.ts'
import { cpuOf, cpuOfServer, peakOf } from './processes.ts'

type Wish = {
  digestId: number
  recipients: number
  connections: number
  /** More of the sender's environment. */
  env?: Record<string, string>
  /** Runs beside it from its first message to its last. */
  beside?: (over: AbortSignal) => Promise<void>
}

export type MeasuredSend = {
  sink: SinkFigures
  perSecond: number
  /** Milliseconds from the start of the dispatch to its first message: compiling, making the deliveries, leasing. */
  startMs: number
  /** Milliseconds of processor time per message, from the first one on. */
  cpu: { sender: number; postgres: number; sink: number }
  /** The sink's share of one core: what comes near 1 measures the sink. */
  sinkBusy: number
  peak: number
  /** What a delivery leaves behind in PostgreSQL. */
  left: Growth & { deadRows: number; touchedIndexes: number }
}

/** Dispatches a digest and lets the real sender, `broadsheet deliver`, send it; all messages must arrive. */
export async function sendMeasured(bench: BenchRoom, wish: Wish): Promise<MeasuredSend> {
  const { room, sink, database } = bench
  const { digestId, recipients, connections, env, beside = async () => {} } = wish
  await sink.clear()
  const rowsBefore = await readRowChanges(room.raw)
  const sender = await startProcess(
    ['deliver'],
    { ...installationEnv(room), SMTP_CONNECTIONS: `${connections}`, ...env },
    'Delivering',
  )
  const pid = sender.child.pid!
  const use = () => ({
    at: performance.now(),
    sender: cpuOf(pid),
    postgres: cpuOfServer(database.postmaster),
    sink: cpuOf(sink.pid),
  })
  try {
    await dispatchDigest(room.services, digestId)
    await until('the first message', async () => (await sink.count()) > 0, 120_000, 5)
    const [before, done] = [use(), await sink.count()]
    const grownBefore = await readGrowth(room.raw)
    const over = new AbortController()
    const besides = beside(over.signal)
    await Promise.race([allSent(bench, digestId, recipients), fails(sender)]).finally(() => over.abort())
    const after = use()
    const grown = await readGrowth(room.raw)
    await besides
    await ended(room, digestId)
    const peak = peakOf(pid)
    await sender.stop()
    const rows = await readRowChanges(room.raw)
    const figures = await sink.figures()
    if (figures.count !== recipients) throw new Error(`of ${recipients} messages ${figures.count} arrived`)
    const each = (from: number, to: number) => (to - from) / (recipients - done)
    return {
      sink: figures,
      perSecond: (recipients / figures.span) * 1000,
      startMs: figures.firstAt - (await startedAt(room, digestId)),
      cpu: {
        sender: each(before.sender, after.sender),
        postgres: each(before.postgres, after.postgres),
        sink: each(before.sink, after.sink),
      },
      sinkBusy: (after.sink - before.sink) / (after.at - before.at),
      peak,
      left: {
        deadRows: (rows.changed - rowsBefore.changed) / recipients,
        touchedIndexes: (rows.cold - rowsBefore.cold) / recipients,
        heap: each(grownBefore.heap, grown.heap),
        indexes: each(grownBefore.indexes, grown.indexes),
        wal: each(grownBefore.wal, grown.wal),
      },
    }
  } finally {
    await sender.stop()
  }
}

/** The environment in which a process works on the room's database and sends to its sink. */
export const installationEnv = (room: Newsroom) => ({
  DATABASE_URL: room.databaseUrl,
  SMTP_URL: room.smtpUrl,
  PUBLIC_URL: 'http://localhost:3000',
  SECRET_KEY: '1:a secret for tests only',
})

/** What the sender needs to sign each message with RSA-2048. */
export const dkimEnv = () => ({
  DKIM_DOMAIN: 'bulletin.example',
  DKIM_SELECTOR: 'bench',
  DKIM_PRIVATE_KEY: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string,
})

/** The last result is durable a moment after the last message: only then all of its cost is spent. */
async function allSent({ room, sink }: BenchRoom, digestId: number, recipients: number) {
  const hour = 3_600_000
  await until('all messages', async () => (await sink.count()) >= recipients, hour, 20)
  await until(
    'the last results',
    async () => (await readBalance(room, digestId)).sent === recipients,
    60_000,
    20,
  )
}

/** Nobody waits for a sender that has ended. */
const fails = ({ ended, output }: RunningProcess) =>
  ended.then(code => {
    throw new Error(`the sender ended with ${code}:\n${output()}`)
  })

async function startedAt(room: Newsroom, digestId: number): Promise<number> {
  const [row] = await room.raw`
    select extract(epoch from started_at)::float8 * 1000 as ms from dispatches where digest_id = ${digestId}`
  return row!.ms
}
