import { balanceOf } from '../../src/store/dispatches.ts'
import type { Newsroom } from '../support/sending.ts'
import { addAudience, addBenchDigest, openBenchRoom } from './bench-room.ts'
import { costsOf, type Figure, round } from './figures.ts'
import { type MeasuredSend, sendMeasured } from './measured-send.ts'
import type { Options } from './options.ts'

/** Octets of a message: what grows with the ledger is the same at any size. */
const messageSize = 6000

/** What one delivery costs in a small dispatch and in a large one. */
export async function* benchScale(options: Options): AsyncGenerator<Figure> {
  const { short, connections = [50] } = options
  await using opened = new AsyncDisposableStack()
  const bench = await openBenchRoom()
  opened.defer(bench.close)
  const costs: { wall: number; cpu: number }[] = []
  let from = 1
  for (const size of options.sizes ?? (short ? ['1000', '2000'] : ['10000', '100000', '1000000'])) {
    const recipients = Number(size)
    const newsletter = await addAudience(bench.room, recipients, from)
    from += recipients
    const digestId = await addBenchDigest(bench.room, newsletter, messageSize)
    const asked: number[] = []
    const beside = (over: AbortSignal) => askBalance(bench.room, digestId, asked, over)
    const send = await sendMeasured(bench, { digestId, recipients, connections: connections[0]!, beside })
    const cost = costOf(send)
    costs.push(cost)
    yield {
      figure: `scale, ${recipients} deliveries`,
      unit: 'messages/s',
      ours: Math.round(send.perSecond),
      wallMsPerMessage: round(cost.wall, 4),
      ...costsOf(send),
      startMs: Math.round(send.startMs),
      startGoalMs: 5000,
      peakGoalMB: 200,
      balanceP50Ms: round(share(asked, 0.5), 2),
      balanceP99Ms: round(share(asked, 0.99), 2),
      ...bench.durability,
    }
  }
  const [smallest, largest] = [costs[0]!, costs.at(-1)!]
  yield {
    figure: 'scale, cost of a delivery in the largest dispatch to that in the smallest',
    unit: 'ratio',
    ours: round(largest.cpu / smallest.cpu, 2),
    wall: round(largest.wall / smallest.wall, 2),
    goal: 1.2,
  }
}

/** Milliseconds per message: by the clock, and of the processor for the sender and PostgreSQL together. */
const costOf = ({ perSecond, cpu }: MeasuredSend) => ({
  wall: 1000 / perSecond,
  cpu: cpu.sender + cpu.postgres,
})

/** Asks for the balance as the page of a dispatch does, and notes how long each answer took. */
async function askBalance(room: Newsroom, digestId: number, asked: number[], over: AbortSignal) {
  while (!over.aborted) {
    const began = performance.now()
    await balanceOf(room.services.db, digestId)
    asked.push(performance.now() - began)
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}

function share(times: readonly number[], part: number): number {
  const sorted = Float64Array.from(times).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!
}
