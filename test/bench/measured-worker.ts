import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { readBalance } from '../support/sending.ts'
import type { SinkFigures } from '../support/smtp-sink.ts'
import { until } from '../support/until.ts'
import { type RunningWorker, startWorker } from '../support/worker.ts'
import type { BenchRoom } from './bench-room.ts'
import { type DatabaseWork, readDatabaseWork, workEach } from './database-work.ts'
import { installationEnv } from './measured-send.ts'
import { cpuOf, cpuOfServer, startedBy } from './processes.ts'

type Wish = {
  /** How the Worker reaches the database. */
  databaseUrl: string
  digestId: number
  recipients: number
  /** Over all batches at once. */
  connections: number
  /** More of the Worker's variables. */
  variables?: Record<string, string>
  /** Milliseconds for which workerd is watched while it has nothing to do. */
  idle: number
}

/** An invocation of a consumer, as wrangler logs it: which queue, how many messages, how long. */
type Invocation = { queue: string; messages: number; ms: number }

export type MeasuredWorker = {
  sink: SinkFigures
  perSecond: number
  batches: number
  /** Milliseconds of each invocation that delivered a batch, with what comes before and after. */
  batchMs: number[]
  /** Invocations of the queues' consumers but for those that delivered: rounds of what is due. */
  rounds: number
  /** How many there were in the queue of batches, those that came twice among them. */
  batchMessages: number
  /** Milliseconds of processor time per message, from the first one on; workerd's beyond what it takes at rest. */
  cpu: { workerd: number; postgres: number }
  /** Per message, from the first one on. */
  work: DatabaseWork
}

/** Dispatches a digest and lets the Worker send it, in workerd; all messages must arrive. */
export async function sendByWorker(bench: BenchRoom, wish: Wish): Promise<MeasuredWorker> {
  const { room, sink, database } = bench
  const { digestId, recipients } = wish
  await sink.clear()
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  const worker = await startWorker(wish.databaseUrl, variablesOf(bench, wish), { folder })
  try {
    await worker.tick(everyMinute)
    const workerds = startedBy(worker.pid, 'workerd')
    const use = () => ({
      at: performance.now(),
      workerd: workerds.reduce((sum, pid) => sum + cpuOf(pid), 0),
      postgres: cpuOfServer(database.postmaster),
    })
    const atRest = await watch(use, wish.idle)
    const began = new Date()
    await dispatchDigest(room.services, digestId)
    const round = worker.tick(everyMinute)
    await until('the first message', async () => (await sink.count()) > 0, 120_000, 5)
    const [before, workBefore, done] = [use(), await readDatabaseWork(room.raw), await sink.count()]
    await until('all messages', async () => (await sink.count()) >= recipients, 3_600_000, 20)
    await round
    const batches = await countBatches(bench, digestId)
    const all = await until('the last batch', () => {
      const logged = invocationsOf(worker)
      return logged.filter(isDelivery).length >= batches && logged
    })
    const after = use()
    await until('the last session', () => noneSince(bench, began))
    const work = workEach(workBefore, await readDatabaseWork(room.raw), recipients - done)
    const figures = await sink.figures()
    const { sent, state } = await readBalance(room, digestId)
    if (figures.count !== recipients || sent !== recipients || state !== 'finished')
      throw new Error(`of ${recipients} messages ${figures.count} arrived, ${sent} are noted, it is ${state}`)
    return {
      sink: figures,
      perSecond: (recipients / figures.span) * 1000,
      batches,
      batchMs: all.filter(isDelivery).map(({ ms }) => ms),
      rounds: all.filter(one => !isDelivery(one)).length,
      batchMessages: all.filter(isDelivery).reduce((sum, { messages }) => sum + messages, 0),
      cpu: {
        workerd: (after.workerd - before.workerd - atRest * (after.at - before.at)) / (recipients - done),
        postgres: (after.postgres - before.postgres) / (recipients - done),
      },
      work,
    }
  } finally {
    await worker.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const everyMinute = '* * * * *'

function variablesOf({ room, sink }: BenchRoom, { connections, variables }: Wish) {
  const { DATABASE_URL: _, PUBLIC_URL: __, ...env } = installationEnv(room)
  return { ...env, SMTP_URL: sink.url, SMTP_CONNECTIONS: `${connections}`, ...variables }
}

/** The share of a core that workerd takes while nothing is to be done. */
async function watch(use: () => { at: number; workerd: number }, ms: number): Promise<number> {
  const before = use()
  await new Promise(resolve => setTimeout(resolve, ms))
  const after = use()
  return (after.workerd - before.workerd) / (after.at - before.at)
}

/** What is not printable stands for colours. */
const logged = /QUEUE (\S+) (\d+)\/\d+.*? \((\d+)ms\)/g

const invocationsOf = (worker: RunningWorker): Invocation[] =>
  [...stripVTControlCharacters(worker.output()).matchAll(logged)].map(([, queue, messages, ms]) => ({
    queue: queue!,
    messages: Number(messages),
    ms: Number(ms),
  }))

const isDelivery = ({ queue }: Invocation) => queue.endsWith('-batches')

async function countBatches({ room }: BenchRoom, digestId: number): Promise<number> {
  const [row] = await room.raw`
    select count(*)::int as n from batches join dispatches d on d.id = dispatch_id where d.digest_id = ${digestId}`
  return row!.n
}

/** A session tells what it did when it ends. */
async function noneSince({ room }: BenchRoom, began: Date) {
  const [row] = await room.raw`
    select count(*)::int as n from pg_stat_activity
    where backend_type = 'client backend' and backend_start > ${began}`
  return row!.n === 0
}
