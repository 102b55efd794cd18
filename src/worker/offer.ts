import type { Services } from '../actions/services.ts'
import { offerBatches, withdrawOffers } from '../store/offers.ts'
import type { Env } from './bindings.ts'
import { sharesOf } from './shares.ts'

/** As the platform takes them. */
const messagesAtOnce = 100

/**
 * Puts batches that are due into the queue, so that SMTP_CONNECTIONS are in use and no more: the queue stays short, and who
 * pauses a dispatch stops it.
 */
export async function offerMore(env: Env, { db, config }: Pick<Services, 'db' | 'config'>): Promise<void> {
  const ids = await offerBatches(db, { transport: config.transport.kind, most: sharesOf(config).batches })
  try {
    for (let from = 0; from < ids.length; from += messagesAtOnce)
      await env.BATCHES.sendBatch(ids.slice(from, from + messagesAtOnce).map(batch => ({ body: { batch } })))
  } catch (error) {
    await withdrawOffers(db, ids)
    throw error
  }
}
