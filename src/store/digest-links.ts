import { and, asc, eq, sql } from 'drizzle-orm'
import { isWebUrl } from '../domain/text.ts'
import type { Queryable } from './client.ts'
import { sentStories } from './schema/after.ts'

export type SentStory = Omit<typeof sentStories.$inferSelect, 'digestId' | 'position'>

/** Keeps how a digest sent its stories, in order, once and for ever. */
export async function addSentStories(
  tx: Queryable,
  digestId: number,
  stories: readonly SentStory[],
): Promise<void> {
  if (!stories.length) return
  await tx
    .insert(sentStories)
    .values(stories.map((story, position) => ({ ...story, digestId, position })))
    .onConflictDoNothing()
}

/** The stories of a digest as it sent them, in order; none where it began to go out before such was kept. */
export const listSentStories = (db: Queryable, digestId: number): Promise<SentStory[]> =>
  db
    .select({
      articleId: sentStories.articleId,
      title: sentStories.title,
      standfirst: sentStories.standfirst,
      url: sentStories.url,
      correctable: sentStories.correctable,
      counted: sentStories.counted,
    })
    .from(sentStories)
    .where(eq(sentStories.digestId, digestId))
    .orderBy(asc(sentStories.position))

/**
 * Where the link of a story in the mails of a digest leads now, and whether to count that it was followed: readers were
 * told so when it was sent, and it is still wished.
 */
export async function findLink(
  db: Queryable,
  { digest, article }: { digest: number; article: number },
): Promise<{ url: string; counted: boolean } | undefined> {
  const [row] = await db
    .select({
      url: sql<string>`coalesce((select c.url from corrections c where c.digest_id = ${sentStories.digestId}
        and c.article_id = ${sentStories.articleId} and c.url is not null order by c.id desc limit 1), ${sentStories.url})`,
      counted: sql<boolean>`${sentStories.counted} and exists (select from publication where count_clicks)`,
    })
    .from(sentStories)
    .where(and(eq(sentStories.digestId, digest), eq(sentStories.articleId, article)))
  return row && isWebUrl(row.url) ? row : undefined
}
