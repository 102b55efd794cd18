import { addClicks, type Clicks } from '../store/clicks.ts'
import type { Db } from '../store/client.ts'
import type { Services } from './services.ts'

type Gathered = Map<string, Clicks>
type Run = { next: Gathered; done: Promise<void> }

// By database: on Node that is one for the process, on Workers one for the request, which nothing outlives.
const underWay = new WeakMap<Db, Run>()

/**
 * Counts that a link was followed; never throws. While one statement runs, what comes meanwhile is gathered for the
 * next, by link: however many follow a link at once, they hold one connection and wait for no lock of each other.
 */
export function countClick(
  { db, log }: Pick<Services, 'db' | 'log'>,
  link: { digest: number; article: number },
): Promise<void> {
  const run = underWay.get(db) ?? { next: new Map(), done: Promise.resolve() }
  add(run.next, link)
  if (!underWay.has(db)) {
    underWay.set(db, run)
    run.done = writeAll(db, log, run)
  }
  return run.done
}

async function writeAll(db: Db, log: Services['log'], run: Run): Promise<void> {
  while (run.next.size) {
    const counted = [...run.next.values()]
    run.next = new Map()
    try {
      await addClicks(db, counted)
    } catch (error) {
      log.warn({ err: error, links: counted.length }, 'clicks could not be counted')
    }
  }
  // In the same step as the look at what is left: nothing is added to a run that has ended.
  underWay.delete(db)
}

function add(gathered: Gathered, { digest, article }: { digest: number; article: number }) {
  const key = `${digest} ${article}`
  gathered.set(key, { digest, article, clicks: (gathered.get(key)?.clicks ?? 0) + 1 })
}
