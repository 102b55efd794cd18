import { type Loop, startLoop } from '../domain/loop.ts'
import type { Log } from '../log.ts'
import { EmbeddedDatabaseLost } from '../store/embedded/error.ts'
import type { EmbeddedDatabase } from '../store/embedded/open.ts'

/** Milliseconds between two looks; one takes 0.1 ms. */
const look = 1000

/**
 * Starts the embedded PostgreSQL again where it ends under a running process (the kernel killed it for memory, somebody
 * stopped it): connections come back by themselves. Where it can't come back as it was, the process ends with 1 at
 * once, as in a crash, for a supervisor to start it anew; nothing is lost by that.
 */
export const keepDatabase = (database: EmbeddedDatabase, log: Log): Loop =>
  startLoop(
    async () => {
      if (await database.revive()) log.warn({}, 'PostgreSQL had ended, and was started again')
      return look
    },
    error => {
      log.error({ err: error }, 'PostgreSQL ended, and can’t be started again')
      if (error instanceof EmbeddedDatabaseLost) process.exit(1)
    },
  )
