import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { runBroadsheet } from '../support/server.ts'
import { addAudience, openBenchRoom } from './bench-room.ts'
import { type Figure, round } from './figures.ts'
import { installationEnv } from './measured-send.ts'
import type { Options } from './options.ts'

/** The command as a person runs it, its start counted in: every row is validated, every tenth has an attribute more. */
export async function* benchImport({ recipients, short }: Options): AsyncGenerator<Figure> {
  const rows = recipients ?? (short ? 2000 : 500_000)
  await using opened = new AsyncDisposableStack()
  const { room, durability, close } = await openBenchRoom()
  opened.defer(close)
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  opened.defer(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'readers.csv')
  await pipeline(Readable.from(csv(rows)), createWriteStream(file))
  await addAudience(room, 0)
  const args = [
    'subscribers',
    'import',
    file,
    '--newsletter',
    'to-0-from-1',
    '--consent',
    'a bench',
    '--json',
  ]
  // The first one builds what is new of the sources.
  await runBroadsheet(['--help'], {})
  const began = performance.now()
  const { code, stdout, stderr } = await runBroadsheet(args, installationEnv(room))
  const took = performance.now() - began
  if (code !== 0) throw new Error(`the import ended with ${code}: ${stderr}`)
  const { added } = JSON.parse(stdout) as { added: number }
  if (added !== rows) throw new Error(`of ${rows} rows ${added} were added: ${stdout.slice(0, 500)}`)
  yield {
    figure: `import, ${rows} rows`,
    unit: 'rows/s',
    ours: Math.round((rows / took) * 1000),
    goal: 50_000,
    seconds: round(took / 1000, 2),
    ...durability,
  }
}

function* csv(rows: number) {
  yield 'email,name,city\n'
  for (let row = 1; row <= rows; row++)
    yield `reader${row}@${['one', 'two', 'three'][row % 3]}.example,Reader ${row},${row % 10 ? '' : 'Kiel'}\n`
}
