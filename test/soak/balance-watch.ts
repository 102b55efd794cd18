import { awayCode } from '../../src/store/away.ts'
import type { DigestBalance } from '../../src/store/dispatches.ts'
import { type Newsroom, readBalance } from '../support/sending.ts'

export type BalanceWatch = {
  /** How often the balance was read so far, and held. */
  readings(): number
  /** The first balance that says that the dispatch has ended; rejects where one did not hold. */
  ended: Promise<DigestBalance>
  stop(): void
}

const pause = 5

/** Reads the balance all the time, which must hold at every reading, until the dispatch ends; a database that is away is asked again. */
export function watchBalance(room: Newsroom, digestId: number): BalanceWatch {
  let readings = 0
  let stopped = false
  async function watch(): Promise<DigestBalance> {
    while (!stopped) {
      const balance = await readBalance(room, digestId).catch(error => {
        if (!awayCode(error)) throw error
      })
      if (balance) readings++
      if (balance && ['finished', 'cancelled', 'paused'].includes(balance.state)) return balance
      await new Promise(resolve => setTimeout(resolve, pause))
    }
    throw new Error('the watch was given up')
  }
  const ended = watch()
  // Whoever waits for it hears of it; until somebody does, it must not end the process.
  ended.catch(() => {})
  return {
    readings: () => readings,
    ended,
    stop() {
      stopped = true
    },
  }
}
