import { leavingLink } from '../domain/leaving.ts'
import type { LeavingReason } from '../domain/subscription.ts'
import { readToken } from '../domain/tokens.ts'
import { recentLeaving } from '../store/leaving-reasons.ts'
import { findNewslettersById } from '../store/newsletters.ts'
import { lockSubscriber } from '../store/subscribers.ts'
import { recordDecision } from './leave.ts'
import type { Services } from './services.ts'

/**
 * Keeps why somebody left, beside the leaving itself: once per leaving, within 24 hours. Anything else is answered the
 * same and keeps nothing.
 */
export async function giveReason(
  { db, keys }: Pick<Services, 'db' | 'keys'>,
  token: string,
  { reason, words, network }: { reason: LeavingReason; words: string; network: string },
): Promise<void> {
  const reading = readToken(keys, ['unsubscribe'], token)
  if (reading.kind !== 'valid') return
  await db.transaction(async tx => {
    const subscriber = await lockSubscriber(tx, reading.token.subscriber)
    if (!subscriber) return
    const last = (await recentLeaving(tx, leavingLink(reading.token))).at(-1)
    if (last?.kind !== 'left') return
    const newsletters = await findNewslettersById(tx, last.newsletterIds)
    const text = words ? `${reason}: ${words}` : reason
    await recordDecision(tx, 'leave', 'reason', {
      subscriber,
      token: reading.token,
      network,
      newsletters,
      reason: text,
    })
  })
}
