import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startServer } from '../support/server.ts'
import { openBenchRoom } from './bench-room.ts'
import { type Figure, round } from './figures.ts'
import type { LoadReport, LoadWish } from './load-process.ts'
import { installationEnv } from './measured-send.ts'
import type { Options } from './options.ts'
import { cpuOf, peakOf } from './processes.ts'

/** The form of a publication, posted to a real server: at a steady rate, then by all who can. Each is a row in the end. */
export async function* benchSignUp(options: Options): AsyncGenerator<Figure> {
  const { short, connections = [50] } = options
  const requests = options.recipients ?? (short ? 400 : 40_000)
  await using opened = new AsyncDisposableStack()
  const { room, durability, close } = await openBenchRoom()
  opened.defer(close)
  const server = await startServer({ env: installationEnv(room) })
  opened.defer(server.dispose)
  const url = `${server.url}/subscribe`
  const pid = server.child.pid!
  const at = { url, body: 'newsletter=morning-brief&name=', connections: connections[0]! }
  const few = short ? 100 : 1000
  await load({ ...at, requests: few, from: 1 })

  const steady = await load({ ...at, requests: short ? 300 : 2200, lead: 200, perSecond: 200, from: few + 1 })
  yield {
    figure: 'signup at 200 a second, p99',
    unit: 'ms',
    ours: round(steady.p99, 1),
    goal: 50,
    p50Ms: round(steady.p50, 1),
    ...durability,
  }
  const cpu = cpuOf(pid)
  const full = await load({ ...at, requests, from: 1_000_000 })
  yield {
    figure: `signup, ${connections[0]} connections at full load`,
    unit: 'requests/s',
    ours: Math.round(full.ok / full.seconds),
    goal: 2000,
    p50Ms: round(full.p50, 1),
    p99Ms: round(full.p99, 1),
    cpuMsPerRequest: round((cpuOf(pid) - cpu) / requests, 3),
    peakMB: Math.round(peakOf(pid) / 1e6),
    requests,
    ...durability,
  }
  const [row] = await room.raw`select count(*)::int as n from sign_ups`
  const expected = few + steady.ok + full.ok
  if (row!.n !== expected) throw new Error(`${expected} signed up, and the table has ${row!.n}`)
}

async function load(wish: LoadWish): Promise<LoadReport> {
  const file = fileURLToPath(new URL('./load-process.ts', import.meta.url))
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, ['--import', 'tsx', file, JSON.stringify(wish)])
  const report: LoadReport = JSON.parse(stdout)
  if (report.failed) throw new Error(`${report.failed} of ${wish.requests} requests failed`)
  return report
}
