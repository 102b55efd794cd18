import type { FeedTrouble } from '../domain/feed.ts'
import { pauseAfterAnswer, pauseAfterFailure } from '../domain/feed-pace.ts'
import { feedPicks } from '../domain/feed-picks.ts'
import type { ReadFeedOutcome } from '../reading/feed.ts'
import { takeIn } from '../store/feed-articles.ts'
import {
  type ClaimedFeed,
  claimDueFeeds,
  claimFeed,
  type Feed,
  findFeed,
  giveFeedBack,
  holdClaim,
  noteFeedAnswer,
  noteFeedFailure,
} from '../store/feeds.ts'
import type { Services } from './services.ts'

type Deps = Pick<Services, 'db' | 'fetcher'>
type Answer = Extract<ReadFeedOutcome, { kind: 'feed' }>

/**
 * Asks the feeds whose time has come, at most `limit` at once, and takes their new stories in. Answers how many it
 * asked: when that is `limit`, more may be due. Any number of processes may call it; each feed is asked by one.
 */
export async function pollDueFeeds(
  services: Deps,
  { limit, signal }: { limit: number; signal?: AbortSignal },
): Promise<number> {
  const due = await claimDueFeeds(services.db, limit)
  const polls = await Promise.allSettled(due.map(feed => pollOrNote(services, feed, signal)))
  for (const poll of polls) if (poll.status === 'rejected') throw poll.reason
  return due.length
}

export type CheckOutcome =
  | { kind: 'checked'; feed: Feed; added: number }
  /** Somebody is asking it, or did within the last 30 s. */
  | { kind: 'just-checked'; feed: Feed }
  | { kind: 'unknown' }

/** Asks one feed now, also one that has stopped; its state tells how it went. */
export async function checkFeed(services: Deps, id: number): Promise<CheckOutcome> {
  const claimed = await claimFeed(services.db, id)
  const added = claimed ? await pollOrNote(services, claimed) : 0
  const feed = await findFeed(services.db, id)
  if (!feed) return { kind: 'unknown' }
  return claimed ? { kind: 'checked', feed, added } : { kind: 'just-checked', feed }
}

/** A feed that we stumble over is asked at longer and longer intervals too, and shows it. */
async function pollOrNote(services: Deps, feed: ClaimedFeed, signal?: AbortSignal): Promise<number> {
  try {
    return await pollFeed(services, feed, signal)
  } catch (error) {
    await noteFeedFailure(services.db, feed, pauseAfterFailure(feed.failures + 1, {}), { kind: 'no-feed' })
    throw new Error(`feed ${feed.id} could not be taken in`, { cause: error })
  }
}

/** Answers how many stories are new. */
async function pollFeed(services: Deps, feed: ClaimedFeed, signal?: AbortSignal): Promise<number> {
  // The parser is loaded where there are feeds: a sender alone has no use for it.
  const { readFeed } = await import('../reading/feed.ts')
  const { fetcher, db } = services
  const mark = { etag: feed.etag, lastModified: feed.lastModified }
  const outcome = await readFeed(new URL(feed.url), { fetcher, mark, signal })
  if (outcome.kind === 'feed') return takeAnswerIn(services, feed, outcome)
  if (outcome.kind === 'unchanged')
    await noteFeedAnswer(db, feed, pauseAfterAnswer(outcome.pace), { url: movedTo(feed, outcome.settledAt) })
  else if (signal?.aborted) await giveFeedBack(db, feed)
  else {
    const pace = 'pace' in outcome ? outcome.pace : {}
    await noteFeedFailure(db, feed, pauseAfterFailure(feed.failures + 1, pace), troubleOf(outcome))
  }
  return 0
}

/** Takes the stories of an answer in and notes it; nothing where the feed went, or to another's hands, meanwhile. */
export const takeAnswerIn = (
  { db }: Pick<Services, 'db'>,
  claimed: ClaimedFeed,
  { feed: document, mark, pace, settledAt }: Answer,
): Promise<number> =>
  db.transaction(async tx => {
    if (!(await holdClaim(tx, claimed))) return 0
    const picks = feedPicks(document.entries, {
      now: new Date(),
      addedAt: claimed.createdAt,
      answeredAt: claimed.succeededAt,
    })
    const stories = picks.map(({ key, ...story }) => ({
      ...story,
      feedKey: key,
      section: claimed.section || story.section,
    }))
    const { added } = await takeIn(tx, claimed.id, stories)
    await noteFeedAnswer(tx, claimed, pauseAfterAnswer(pace), {
      ...mark,
      ...(document.title && { title: document.title }),
      url: movedTo(claimed, settledAt),
    })
    return added
  })

/** Where a feed has moved for good; never from https to http. */
function movedTo(feed: Feed, settledAt: URL): string | undefined {
  const from = new URL(feed.url)
  const { href, protocol } = settledAt
  const weaker = from.protocol === 'https:' && protocol === 'http:'
  return href === from.href || href.length > 1000 || weaker ? undefined : href
}

/** What is kept of an answer that brought nothing. */
function troubleOf(outcome: Exclude<ReadFeedOutcome, { kind: 'feed' | 'unchanged' }>): FeedTrouble {
  switch (outcome.kind) {
    case 'status':
      return { kind: 'status', status: outcome.status }
    case 'blocked-address':
      return { kind: 'blocked-address', host: outcome.host }
    case 'scheme':
      return { kind: 'unreachable', host: '', reason: `a redirect to ${outcome.scheme}:` }
    case 'no-feed':
    case 'too-large':
    case 'timeout':
      return { kind: outcome.kind }
    case 'unknown-host':
    case 'unreachable':
      return outcome
  }
}
