import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runBroadsheet, startServer } from '../support/server.ts'
import { type Figure, round } from './figures.ts'
import type { Options } from './options.ts'

/** From the command to the front page, in a new folder and in the same one again, each three times. */
export async function* benchStart({ short }: Options): AsyncGenerator<Figure> {
  // The first one builds what is new of the sources, as `npm install` does.
  await runBroadsheet(['--help'], {})
  const [fresh, again]: [number[], number[]] = [[], []]
  for (let times = short ? 1 : 3; times > 0; times--) {
    const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
    try {
      fresh.push(await startOnce(dataDir))
      again.push(await startOnce(dataDir))
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
  }
  yield {
    figure: 'start in a new folder',
    unit: 's',
    ours: median(fresh),
    worst: Math.max(...fresh),
    goal: 3,
  }
  yield { figure: 'start again', unit: 's', ours: median(again), worst: Math.max(...again), goal: 1 }
}

/** Seconds until the front page has come. */
async function startOnce(dataDir: string): Promise<number> {
  const began = performance.now()
  const server = await startServer({ dataDir })
  try {
    const answer = await fetch(server.url)
    await answer.text()
    if (!answer.ok) throw new Error(`the front page answered ${answer.status}`)
    return round((performance.now() - began) / 1000, 2)
  } finally {
    await server.stop()
  }
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
