import { countReaderDays } from '../store/reader-days.ts'
import { countTerms } from '../store/reader-terms.ts'
import type { Services } from './services.ts'

/** At most this often: nothing is to be seen sooner. */
const leastWait = 30_000
/** Counting takes one part in so many of a database's time. */
const share = 200

/**
 * Counts who joined, left and reads by day, and the tags and attributes in use: 3 s with a million readers. A repeat
 * corrects. Answers after how many milliseconds to count again.
 */
export async function keepReaderNumbers({ db }: Pick<Services, 'db'>): Promise<number> {
  const began = performance.now()
  await countReaderDays(db)
  await countTerms(db)
  return Math.max(leastWait, (performance.now() - began) * share)
}
