import type { Db } from '../store/client.ts'
import type { Notice } from '../store/notices.ts'
import { renewNoticeLease } from '../store/outbox.ts'

const renewEvery = 8000
/** Seen at the third renewal that fails, before the lease of 30 s is over: no two attempts overlap. */
const giveUpAfter = 20_000

/**
 * Renews the lease of a notice while it is under way. `lost` aborts as soon as the lease is another's, or can't be
 * renewed in time because the database is away.
 */
export function holdNotice(db: Db, notice: Notice): { lost: AbortSignal; release(): void } {
  const lost = new AbortController()
  let renewedAt = performance.now()
  const timer = setInterval(async () => {
    const asked = performance.now()
    if (asked - renewedAt > giveUpAfter) lost.abort()
    try {
      if (await renewNoticeLease(db, notice)) renewedAt = asked
      else lost.abort()
    } catch {
      // The next round tries again, until it is too late.
    }
  }, renewEvery)
  timer.unref()
  return { lost: lost.signal, release: () => clearInterval(timer) }
}
