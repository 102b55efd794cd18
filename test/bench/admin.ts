import { keepReaderNumbers } from '../../src/actions/keep-reader-numbers.ts'
import { addEditor } from '../../src/store/editors.ts'
import { indexDueReaders } from '../../src/store/reader-index.ts'
import { startSession } from '../../src/store/sessions.ts'
import { startServer } from '../support/server.ts'
import { type BenchRoom, openBenchRoom } from './bench-room.ts'
import { type Figure, round } from './figures.ts'
import { installationEnv } from './measured-send.ts'
import type { Options } from './options.ts'
import { type Seeded, seedReaders } from './seed-readers.ts'

/** What an editor may wait for. */
const goalMs = 100

/**
 * The workspace over a million readers, asked as a browser asks a real server: each page and each search, first with
 * PostgreSQL and the server just started, then again and again.
 */
export async function* benchAdmin({ recipients, short }: Options): AsyncGenerator<Figure> {
  const readers = recipients ?? (short ? 20_000 : 1_000_000)
  const rounds = short ? 5 : 100
  await using opened = new AsyncDisposableStack()
  const bench = await openBenchRoom()
  opened.defer(bench.close)
  const { room, durability } = bench
  const seeded = await seedReaders(room.raw, readers)
  yield { ...(await timed('index of readers', () => indexAll(bench))), readers, ...durability }
  yield {
    ...(await timed('numbers of readers', () => keepReaderNumbers(room.services))),
    readers,
    ...durability,
  }
  await room.raw`vacuum analyze`

  const server = await startServer({ env: installationEnv(room) })
  opened.defer(server.dispose)
  const cookie = await signIn(bench)
  for (const [page, path] of pagesOf(seeded)) {
    const ask = async () => {
      const began = performance.now()
      const answer = await fetch(server.url + path, { headers: { cookie }, redirect: 'manual' })
      const body = await answer.text()
      if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}: ${body.slice(0, 300)}`)
      return {
        took: performance.now() - began,
        shown: body.match(/href="\/admin\/readers\/\d+"/g)?.length ?? 0,
      }
    }
    const first = await ask()
    const rest: number[] = []
    for (let n = 0; n < rounds; n++) rest.push((await ask()).took)
    rest.sort((a, b) => a - b)
    yield {
      figure: `admin, ${page}`,
      unit: 'ms, p99',
      ours: round(share(rest, 0.99), 1),
      goal: goalMs,
      p50Ms: round(share(rest, 0.5), 1),
      firstMs: round(first.took, 1),
      readersShown: first.shown,
      readers,
    }
  }
}

const share = (sorted: number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!

async function timed(figure: string, work: () => Promise<unknown>): Promise<Figure> {
  const began = performance.now()
  await work()
  return { figure: `admin, ${figure}`, unit: 's', ours: round((performance.now() - began) / 1000, 2) }
}

async function indexAll({ room }: BenchRoom) {
  while (await indexDueReaders(room.services.db));
}

async function signIn({ room }: BenchRoom): Promise<string> {
  const address = 'owner@bulletin.example'
  const editor = await addEditor(room.services.db, {
    address,
    addressKey: address,
    name: 'Owner',
    role: 'owner',
    language: 'en',
  })
  return `broadsheet=${await startSession(room.services.db, editor!.id)}`
}

function pagesOf({ faithful, newsletters }: Seeded): [string, string][] {
  const [first, second] = newsletters.map(newsletter => newsletter.slug)
  const found = (query: Record<string, string>) => `/admin/readers?${new URLSearchParams(query)}`
  const span = { from: dayBefore(700), to: dayBefore(600) }
  return [
    ['digests', '/admin/digests'],
    ['stories', '/admin/stories'],
    ['newsletters', '/admin/newsletters'],
    ['settings', '/admin/settings'],
    ['readers', '/admin/readers'],
    ['one reader with 300 digests', `/admin/readers/${faithful}`],
    ['sign-ups', '/admin/readers/sign-ups'],
    ['growth, 30 days', '/admin/readers/growth'],
    ['growth, all', '/admin/readers/growth?range=all'],
    ['suppressed', '/admin/readers/suppressed'],
    ['adding a reader', '/admin/readers/add'],
    ['search: frequent, gmail', found({ q: 'gmail' })],
    ['search: a family name', found({ q: 'schmidt' })],
    ['search: two names', found({ q: 'anna müller' })],
    ['search: rare, part of an address', found({ q: 'ter77' })],
    ['search: one company, all old', found({ q: 'acme-holding' })],
    ['search: absent', found({ q: 'qqqzzz' })],
    ['search: absent, of frequent parts', found({ q: 'mailgmx' })],
    ['search: two letters', found({ q: 'be' })],
    ['search: two letters, absent', found({ q: 'qx' })],
    ['search: ended', found({ state: 'ended' })],
    ['search: ended of one newsletter', found({ newsletter: second!, state: 'ended' })],
    ['search: paused', found({ state: 'paused' })],
    ['search: reads nothing now', found({ state: 'none' })],
    ['search: rare tag', found({ tag: 'vip' })],
    ['search: rare tag at gmail', found({ tag: 'vip', q: 'gmail' })],
    ['search: rare tag, ended', found({ tag: 'vip', newsletter: first!, state: 'ended' })],
    ['search: frequent tag of a company', found({ tag: 'subscriber', q: 'acme-holding' })],
    ['search: unknown tag', found({ tag: 'nobody' })],
    ['search: attribute', found({ attribute: 'city', value: 'kiel' })],
    ['search: attribute and rare tag', found({ attribute: 'city', value: 'leeds', tag: 'vip' })],
    ['search: suppressed', found({ suppressed: 'any' })],
    ['search: suppressed and paused', found({ suppressed: 'any', state: 'paused' })],
    ['search: suppressed for what none is', found({ suppressed: 'objected' })],
    ['search: language', found({ language: 'de' })],
    ['search: language and a company', found({ language: 'de', q: 'acme-holding' })],
    ['search: joined two years ago', found(span)],
    ['search: joined two years ago, at gmail', found({ ...span, q: 'gmail' })],
    ['search: joined two years ago, rare tag', found({ ...span, tag: 'vip' })],
    ['search: joined lately, at a company of old', found({ from: span.from, q: 'acme-holding' })],
  ]
}

const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
