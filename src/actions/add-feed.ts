import type { FindFeedsOutcome } from '../reading/find-feeds.ts'
import { addClaimedFeed, type Feed, findFeed, findFeedByUrl } from '../store/feeds.ts'
import { takeAnswerIn } from './poll-feeds.ts'
import type { Services } from './services.ts'

export type AddFeedOutcome =
  | { kind: 'added'; feed: Feed; added: number }
  | { kind: 'known'; feed: Feed }
  | Extract<FindFeedsOutcome, { kind: 'several' }>
  | { kind: 'refused'; refusal: Exclude<FindFeedsOutcome, { kind: 'found' | 'several' }> }
  /** Its address has more than 1,000 characters. */
  | { kind: 'too-long' }

/**
 * Adds the feed at an address, or the one that the page there names, and takes its newest stories in; where the page
 * names several, answers them to choose from.
 */
export async function addFeed(
  services: Pick<Services, 'db' | 'fetcher'>,
  { url: typed, section }: { url: string; section: string },
): Promise<AddFeedOutcome> {
  const { findFeeds } = await import('../reading/find-feeds.ts')
  const { db, fetcher } = services
  const outcome = await findFeeds(typed, { fetcher })
  if (outcome.kind === 'several') return outcome
  if (outcome.kind !== 'found') return { kind: 'refused', refusal: outcome }
  const { found } = outcome
  const url = found.settledAt.href.replace(/#.*$/s, '')
  if (url.length > 1000) return { kind: 'too-long' }
  const claimed = await addClaimedFeed(db, { url, section })
  if (!claimed) return { kind: 'known', feed: (await findFeedByUrl(db, url))! }
  const added = await takeAnswerIn(services, claimed, { ...found, settledAt: new URL(url) })
  return { kind: 'added', feed: (await findFeed(db, claimed.id))!, added }
}
