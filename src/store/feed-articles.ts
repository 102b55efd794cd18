import { and, eq, inArray, isNull, notExists, sql } from 'drizzle-orm'
import { findByAddress, holdAddresses } from './article-addresses.ts'
import type { NewArticle } from './articles.ts'
import type { Queryable } from './client.ts'
import { articles } from './schema/content.ts'
import { dispatchArticles } from './schema/sending.ts'

/** A story of a feed, as an article: its `url` is its address (`articleAddress`). */
export type FeedArticle = Pick<
  NewArticle,
  | 'url'
  | 'title'
  | 'standfirst'
  | 'section'
  | 'byline'
  | 'publishedAt'
  | 'imageUrl'
  | 'imageAlt'
  | 'imageCredit'
  | 'language'
> & { feedKey: string }

/**
 * Takes a feed's stories in, within a transaction: each key once; one whose address is there already is only linked to
 * the feed, unless another feed has it. A story that the feed has changed is changed where no editor has touched it and
 * no dispatch has sent it. The oldest comes first, so that later ids are newer stories.
 */
export async function takeIn(
  tx: Queryable,
  feedId: number,
  stories: readonly FeedArticle[],
): Promise<{ added: number }> {
  if (!stories.length) return { added: 0 }
  await holdAddresses(tx)
  const known = await knownKeys(tx, feedId, stories)
  await changeUntouched(
    tx,
    feedId,
    stories.filter(story => isChanged(story, known.get(story.feedKey))),
  )
  const unknown = stories.filter(story => !known.has(story.feedKey))
  const there = await findByAddress(
    tx,
    unknown.map(story => story.url),
  )
  for (const { url, feedKey } of unknown) {
    const article = there.get(url)
    if (article) await link(tx, article.id, { feedId, feedKey })
  }
  const added = unknown
    .filter(story => !there.has(story.url))
    .toReversed()
    .map(story => ({ ...story, feedId, source: 'feed' as const }))
  if (added.length) await tx.insert(articles).values(added).onConflictDoNothing()
  return { added: added.length }
}

/**
 * The ids of stories whose picture nobody has asked for yet, the newest first: noted as asked for with this, so that of
 * several who look each gets others. What is not had then is not asked for again by itself.
 */
export async function claimPictures(db: Queryable, limit: number): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    update ${articles} set picture_asked_at = now()
    where id in (
      select id from ${articles}
      where source = 'feed' and image_url is not null and picture_hash is null and picture_asked_at is null
      order by id desc limit ${limit} for update skip locked
    ) returning id`)
  return rows.map(row => Number(row.id))
}

/** A story whose picture was claimed and not asked for after all. */
export const givePictureBack = (db: Queryable, id: number) =>
  db.update(articles).set({ pictureAskedAt: null }).where(eq(articles.id, id))

type Known = { title: string; standfirst: string; byline: string }

async function knownKeys(tx: Queryable, feedId: number, stories: readonly FeedArticle[]) {
  const { feedKey, title, standfirst, byline } = articles
  const rows = await tx
    .select({ feedKey, title, standfirst, byline })
    .from(articles)
    .where(
      and(
        eq(articles.feedId, feedId),
        inArray(
          feedKey,
          stories.map(story => story.feedKey),
        ),
      ),
    )
  return new Map<string, Known>(rows.map(row => [row.feedKey!, row]))
}

const isChanged = (story: FeedArticle, known: Known | undefined) =>
  known !== undefined && (known.title !== story.title || known.standfirst !== story.standfirst)

/** What an editor saves gets a later `updated_at` than its `created_at`; these changes leave it as it is. */
async function changeUntouched(tx: Queryable, feedId: number, stories: readonly FeedArticle[]) {
  const sent = tx
    .select({ one: sql`1` })
    .from(dispatchArticles)
    .where(eq(dispatchArticles.articleId, articles.id))
  for (const { feedKey, title, standfirst, byline } of stories)
    await tx
      .update(articles)
      .set({ title, standfirst, byline })
      .where(
        and(
          eq(articles.feedId, feedId),
          eq(articles.feedKey, feedKey),
          eq(articles.source, 'feed'),
          eq(articles.updatedAt, articles.createdAt),
          notExists(sent),
        ),
      )
}

const link = (tx: Queryable, id: number, { feedId, feedKey }: { feedId: number; feedKey: string }) =>
  tx
    .update(articles)
    .set({ feedId, feedKey })
    .where(and(eq(articles.id, id), isNull(articles.feedId)))
