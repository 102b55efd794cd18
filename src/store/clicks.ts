import { asc, eq, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { linkClicks } from './schema/after.ts'

/** So many times the link of a story was followed. */
export type Clicks = { digest: number; article: number; clicks: number }

/**
 * Adds to what was counted in this hour. In the order of their ids, so that two processes never wait for each other in a
 * circle. A crash of the database may lose those of its last moment: no click waits for a disk.
 */
export async function addClicks(db: Queryable, counted: readonly Clicks[]): Promise<void> {
  const rows = counted.toSorted((a, b) => a.digest - b.digest || a.article - b.article)
  const list = (key: keyof Clicks) => sql.param(rows.map(row => row[key]))
  await db.execute(sql`
    with quick as (select set_config('synchronous_commit', 'off', true))
    insert into link_clicks (digest_id, article_id, hour, clicks)
    select digest, article, date_trunc('hour', now(), 'UTC'), clicks
    from quick, unnest(${list('digest')}::bigint[], ${list('article')}::bigint[], ${list('clicks')}::int[])
      as counted (digest, article, clicks)
    on conflict (digest_id, article_id, hour) do update set clicks = link_clicks.clicks + excluded.clicks`)
}

export type HourOfClicks = { articleId: number; hour: Date; clicks: number }

/** What was counted of a digest's links, by story and hour, the oldest first. */
export const listClicks = (db: Queryable, digestId: number): Promise<HourOfClicks[]> =>
  db
    .select({ articleId: linkClicks.articleId, hour: linkClicks.hour, clicks: linkClicks.clicks })
    .from(linkClicks)
    .where(eq(linkClicks.digestId, digestId))
    .orderBy(asc(linkClicks.hour), asc(linkClicks.articleId))
