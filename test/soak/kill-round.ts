import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { cancelDigest } from '../../src/actions/steer-dispatch.ts'
import type { DigestBalance } from '../../src/store/dispatches.ts'
import type { EmbeddedDatabase } from '../../src/store/embedded/open.ts'
import { countRows, draftDigest, type Newsroom } from '../support/sending.ts'
import { freePort, type RunningProcess, startProcess } from '../support/server.ts'
import type { Sink } from '../support/sink.ts'
import { until } from '../support/until.ts'
import { type Arrivals, countArrivals } from './arrivals.ts'
import { type BalanceWatch, watchBalance } from './balance-watch.ts'
import { blows, type Kind, type Scene } from './blows.ts'

export type KillReport = Arrivals & {
  kind: Kind
  command: 'deliver' | 'serve'
  /** Messages that had arrived when it was struck. */
  killedAt: number
  recipients: number
  /** How many duplicates are allowed: one per connection that may have been open, none at a SIGTERM. */
  bound: number
  /** How often the balance was read, and held. */
  readings: number
  /** The promises that did not hold, in words. */
  broken: string[]
}

type Place = { room: Newsroom; sink: Sink; database?: EmbeddedDatabase }
type Wish = {
  kind: Kind
  command: 'deliver' | 'serve'
  newsletterId: number
  recipients: number
  connections: number
  /** The share of the dispatch after which the blow falls. */
  share: number
  patient?: boolean
}

/** A sender that meets an outage says so, and tries again with growing pauses. */
const fewLines = 100

/** A dispatch through real processes, one blow in the middle of it, and what arrived in the end. */
export async function killRound(place: Place, wish: Wish): Promise<KillReport> {
  const { room, sink } = place
  const { kind, command, recipients } = wish
  await sink.clear()
  const digest = await draftDigest(room, [wish.newsletterId])
  const startSender = () => startBroadsheet(place, wish)
  const sender = await startSender()
  await dispatchDigest(room.services, digest)
  const watch = watchBalance(room, digest)
  const senders: RunningProcess[] = [sender]
  const broken: string[] = []
  let killedAt = 0
  try {
    const moment = Math.floor(recipients * wish.share)
    await until('the moment to strike', async () => (await sink.count()) >= moment, 60_000, 1)
    const scene: Scene = { ...place, sender, startSender, patient: wish.patient ?? false }
    const blow = blows[kind](scene)
    killedAt = await sink.count()
    senders.push(...(await blow))
    broken.push(...(await balanceFaults(room, digest, await endOf(watch, senders))))
  } catch (error) {
    broken.push(`${(error as Error).message}; ${await describe(room, digest)}`)
    await cancelDigest(room.services, digest)
  } finally {
    watch.stop()
    for (const one of senders) one.child.kill('SIGCONT')
    await Promise.all(senders.map(one => one.stop()))
  }
  for (const one of senders) {
    const lines = one.output().split('\n').length
    if (lines > fewLines) broken.push(`a sender said ${lines} lines`)
  }
  const arrivals = countArrivals(await sink.records(), recipients)
  const bound = kind === 'term' ? 0 : wish.connections
  if (arrivals.lost) broken.push('readers were lost')
  if (arrivals.duplicated > bound) broken.push('more duplicates than were promised')
  if (arrivals.thirds) broken.push('a third copy')
  if (arrivals.changedIds) broken.push('a duplicate with another Message-ID')
  return { kind, command, killedAt, recipients, ...arrivals, bound, readings: watch.readings(), broken }
}

async function startBroadsheet(
  { room, sink }: Place,
  { command, connections }: Wish,
): Promise<RunningProcess> {
  const env = {
    DATABASE_URL: room.databaseUrl,
    SMTP_URL: sink.url,
    SMTP_CONNECTIONS: String(connections),
    PUBLIC_URL: room.services.config.publicUrl,
    SECRET_KEY: '1:a secret for the kill loop only',
  }
  return command === 'deliver'
    ? startProcess(['deliver'], env, 'Delivering what goes by SMTP')
    : startProcess(['serve'], { ...env, PORT: String(await freePort()) }, 'Broadsheet runs')
}

/** The balance at the end, unless it takes more than two minutes, or a sender that was not struck ends by itself. */
function endOf(watch: BalanceWatch, senders: readonly RunningProcess[]): Promise<DigestBalance> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the dispatch did not end in 120 s')), 120_000)
    watch.ended.then(resolve, reject).finally(() => clearTimeout(timer))
    for (const sender of senders.slice(1))
      sender.ended.then(code => reject(new Error(`a sender ended with ${code}:\n${sender.output()}`)))
  })
}

/** All is sent in the end, and the counters say what the rows say. */
async function balanceFaults(room: Newsroom, digest: number, balance: DigestBalance): Promise<string[]> {
  const rows = await countRows(room.raw, digest)
  const { state, intended, sent } = balance
  const isRight = state === 'finished' && sent === intended && rows.sent === intended
  return isRight ? [] : [`the ledger says ${JSON.stringify({ balance, rows })}`]
}

async function describe({ raw }: Newsroom, digest: number): Promise<string> {
  const batches = await raw`
    select b.id, b.holder, b.leased_until, b.due_at, b.finished_at, now() from batches b
    join dispatches d on d.id = b.dispatch_id where d.digest_id = ${digest}`
  const inFlight =
    await raw`select holder, count(*)::int from in_flight where subscriber_id is not null group by 1`
  return JSON.stringify({ batches, inFlight })
}
