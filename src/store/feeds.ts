import { and, asc, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { FeedTrouble } from '../domain/feed.ts'
import type { Queryable } from './client.ts'
import { articles, feeds } from './schema/content.ts'

export type Feed = typeof feeds.$inferSelect
/** A feed in one poller's hands: `polledAt` tells its claim from later ones. */
export type ClaimedFeed = Feed & { polledAt: Date }

/** All feeds by name, with how many stories each has brought. */
export const listFeeds = (db: Queryable): Promise<{ feed: Feed; stories: number }[]> =>
  db
    .select({
      feed: feeds,
      stories: sql<number>`(select count(*)::int from ${articles} where ${eq(articles.feedId, feeds.id)})`,
    })
    .from(feeds)
    .orderBy(sql`lower(coalesce(nullif(${feeds.title}, ''), ${feeds.url}))`, asc(feeds.id))

export async function findFeed(db: Queryable, id: number): Promise<Feed | undefined> {
  const [row] = await db.select().from(feeds).where(eq(feeds.id, id))
  return row
}

export async function findFeedByUrl(db: Queryable, url: string): Promise<Feed | undefined> {
  const [row] = await db.select().from(feeds).where(eq(feeds.url, url))
  return row
}

/** Adds a feed as one that its first poll has in hand; undefined where its URL is there already. */
export async function addClaimedFeed(
  db: Queryable,
  { url, section }: { url: string; section: string },
): Promise<ClaimedFeed | undefined> {
  const [row] = await db
    .insert(feeds)
    .values({ url, section, ...claim })
    .onConflictDoNothing()
    .returning()
  return row as ClaimedFeed | undefined
}

export async function setFeedSection(db: Queryable, id: number, section: string): Promise<Feed | undefined> {
  const [row] = await db.update(feeds).set({ section }).where(eq(feeds.id, id)).returning()
  return row
}

/** Removes a feed; its stories stay. */
export async function removeFeed(db: Queryable, id: number): Promise<Feed | undefined> {
  const [row] = await db.delete(feeds).where(eq(feeds.id, id)).returning()
  return row
}

// A poller that dies gives its feeds back after ten minutes.
const claim = { polledAt: sql`now()`, nextPollAt: sql`now() + interval '10 minutes'` }

/** Takes feeds that are to be asked, each for one poller alone, across all processes; those that are gone (410) rest. */
export async function claimDueFeeds(db: Queryable, limit: number): Promise<ClaimedFeed[]> {
  const due = db
    .select({ id: feeds.id })
    .from(feeds)
    .where(
      and(
        sql`${feeds.nextPollAt} <= now()`,
        or(isNull(feeds.trouble), sql`not ${feeds.trouble} @> '{"kind": "status", "status": 410}'`),
      ),
    )
    .orderBy(asc(feeds.nextPollAt))
    .limit(limit)
    .for('update', { skipLocked: true })
  const rows = await db.update(feeds).set(claim).where(sql`${feeds.id} in ${due}`).returning()
  return rows as ClaimedFeed[]
}

/** Takes one feed whatever its time, unless somebody has asked it within the last 30 s. */
export async function claimFeed(db: Queryable, id: number): Promise<ClaimedFeed | undefined> {
  const rested = or(isNull(feeds.polledAt), sql`${feeds.polledAt} < now() - interval '30 seconds'`)
  const [row] = await db
    .update(feeds)
    .set(claim)
    .where(and(eq(feeds.id, id), rested))
    .returning()
  return row as ClaimedFeed | undefined
}

const held = (feed: ClaimedFeed) => and(eq(feeds.id, feed.id), eq(feeds.polledAt, feed.polledAt))

/** Whether a claim still holds; until the transaction ends nobody else gets the feed. */
export async function holdClaim(tx: Queryable, feed: ClaimedFeed): Promise<boolean> {
  const rows = await tx.select({ id: feeds.id }).from(feeds).where(held(feed)).for('update')
  return rows.length > 0
}

type Kept = { title?: string; url?: string; etag?: string | null; lastModified?: string | null }

const inMs = (ms: number): SQL => sql`now() + ${ms}::float8 * interval '1 millisecond'`

/** Ends a claim with an answer: the feed is asked again after `pause` milliseconds. A new URL is taken if it is free. */
export const noteFeedAnswer = (db: Queryable, feed: ClaimedFeed, pause: number, { url, ...kept }: Kept) =>
  db
    .update(feeds)
    .set({
      ...kept,
      ...(url !== undefined && { url: freeUrl(url) }),
      nextPollAt: inMs(pause),
      succeededAt: sql`now()`,
      failures: 0,
      trouble: null,
    })
    .where(held(feed))

const freeUrl = (url: string): SQL =>
  sql`case when exists (select from ${feeds} as other where other.url = ${url}) then ${feeds.url} else ${url} end`

/** Ends a claim with a failure. */
export const noteFeedFailure = (db: Queryable, feed: ClaimedFeed, pause: number, trouble: FeedTrouble) =>
  db
    .update(feeds)
    .set({ nextPollAt: inMs(pause), failures: feed.failures + 1, trouble })
    .where(held(feed))

/** Gives a feed back that was not asked. */
export const giveFeedBack = (db: Queryable, feed: ClaimedFeed) =>
  db.update(feeds).set({ nextPollAt: sql`now()` }).where(held(feed))
