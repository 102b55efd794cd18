import { readToken } from '../domain/tokens.ts'
import { latestEditionFor } from '../store/latest-edition.ts'
import { queueNotice } from '../store/notices.ts'
import { findSignUp } from '../store/sign-ups.ts'
import { findSubscriberByKey } from '../store/subscribers.ts'
import { subscriptionsOf } from '../store/subscriptions.ts'
import { suppressionCauses } from '../store/suppressions.ts'
import type { Services } from './services.ts'

export type LatestEditionOutcome = { kind: 'queued'; subject: string } | { kind: 'nothing' }

/**
 * Sends who has just confirmed the last edition of what they signed up for, once. `nothing`: they have it already, there
 * is none, or they don't read it (any more).
 */
export async function sendLatestEdition(
  { db, keys, config, wake }: Pick<Services, 'db' | 'keys' | 'config' | 'wake'>,
  token: string,
): Promise<LatestEditionOutcome> {
  const reading = readToken(keys, ['confirm'], token)
  if (reading.kind !== 'valid') return { kind: 'nothing' }
  const outcome = await db.transaction(async (tx): Promise<LatestEditionOutcome> => {
    const signUp = await findSignUp(tx, reading.token.signUp, 'lock')
    if (signUp?.state !== 'confirmed') return { kind: 'nothing' }
    const subscriber = await findSubscriberByKey(tx, signUp.addressKey)
    if (!subscriber || (await suppressionCauses(tx, keys, signUp.addressKey)).length)
      return { kind: 'nothing' }
    const active = (await subscriptionsOf(tx, subscriber.id))
      .filter(row => row.subscription.state === 'active')
      .map(row => row.newsletter.id)
    const newsletterIds = signUp.newsletterIds.filter(id => active.includes(id))
    const edition = await latestEditionFor(tx, subscriber.id, newsletterIds)
    if (!edition) return { kind: 'nothing' }
    const { dispatchId, newsletterId, subject } = edition
    await queueNotice(tx, {
      kind: 'latest_edition',
      recipient: subscriber.address,
      language: subscriber.locale,
      transport: config.transport.kind,
      content: { subscriberId: subscriber.id, dispatchId, newsletterId },
      subscriberId: subscriber.id,
    })
    return { kind: 'queued', subject }
  })
  if (outcome.kind === 'queued') wake()
  return outcome
}
