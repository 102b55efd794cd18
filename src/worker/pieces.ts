import type { Log } from '../log.ts'

/** Does one piece of work after the other, though another fails: it is named in the log, and done again next time. */
export async function each(log: Log, pieces: Record<string, () => Promise<unknown>>): Promise<void> {
  for (const [work, piece] of Object.entries(pieces))
    try {
      await piece()
    } catch (error) {
      log.error({ err: error, work }, 'work failed and is tried again')
    }
}
