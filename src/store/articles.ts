import { and, desc, eq, inArray, isNull, lt, notInArray, or, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { contains } from './containing.ts'
import { articles } from './schema/content.ts'
import { dispatchArticles, dispatches, renderings } from './schema/sending.ts'

export type Article = typeof articles.$inferSelect
export type NewArticle = Omit<typeof articles.$inferInsert, 'id' | 'createdAt' | 'updatedAt'>

type Page = { limit: number; before?: number; search?: string }

/** The newest stories first; `before` is the last id of the page before. */
export const listArticles = (db: Queryable, { limit, before, search }: Page): Promise<Article[]> =>
  db
    .select()
    .from(articles)
    .where(
      and(
        before === undefined ? undefined : lt(articles.id, before),
        search ? or(contains(articles.title, search), contains(articles.section, search)) : undefined,
      ),
    )
    .orderBy(desc(articles.id))
    .limit(limit)

export async function findArticle(db: Queryable, id: number): Promise<Article | undefined> {
  const [row] = await db.select().from(articles).where(eq(articles.id, id))
  return row
}

/** The articles with these ids, by id; one that is gone is left out. */
export async function findArticles(db: Queryable, ids: readonly number[]): Promise<Map<number, Article>> {
  if (!ids.length) return new Map()
  const rows = await db
    .select()
    .from(articles)
    .where(inArray(articles.id, [...ids]))
  return new Map(rows.map(row => [row.id, row]))
}

type Slot = { section: string; count: number; without: readonly number[]; notSentThrough: readonly number[] }

/** The ids of the newest stories that an automatic slot may take, the newest first: nothing paid, dismissed or embargoed. */
export async function newestArticles(
  db: Queryable,
  { section, count, without, notSentThrough }: Slot,
): Promise<number[]> {
  const sent = db
    .select({ one: sql`1` })
    .from(dispatchArticles)
    .innerJoin(dispatches, eq(dispatches.id, dispatchArticles.dispatchId))
    .innerJoin(renderings, eq(renderings.dispatchId, dispatches.id))
    .where(
      and(eq(dispatchArticles.articleId, articles.id), inArray(renderings.newsletterId, [...notSentThrough])),
    )
  const rows = await db
    .select({ id: articles.id })
    .from(articles)
    .where(
      and(
        eq(articles.kind, 'editorial'),
        isNull(articles.dismissedAt),
        or(isNull(articles.embargoUntil), sql`${articles.embargoUntil} <= now()`),
        section ? sql`lower(${articles.section}) = lower(${section})` : undefined,
        without.length ? notInArray(articles.id, [...without]) : undefined,
        notSentThrough.length ? sql`not exists ${sent}` : undefined,
      ),
    )
    .orderBy(desc(sql`coalesce(${articles.publishedAt}, ${articles.createdAt})`), desc(articles.id))
    .limit(count)
  return rows.map(row => row.id)
}

/** The sections that stories have, those with the newest stories first; at most 50. */
export async function sectionsInUse(db: Queryable): Promise<string[]> {
  const rows = await db
    .select({ section: articles.section })
    .from(articles)
    .where(sql`${articles.section} <> ''`)
    .groupBy(articles.section)
    .orderBy(desc(sql`max(${articles.id})`))
    .limit(50)
  return rows.map(row => row.section)
}

export async function addArticle(db: Queryable, values: NewArticle): Promise<Article> {
  const [row] = await db.insert(articles).values(values).returning()
  return row!
}

export async function updateArticle(
  db: Queryable,
  id: number,
  change: Partial<NewArticle>,
): Promise<Article | undefined> {
  const [row] = await db
    .update(articles)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(articles.id, id))
    .returning()
  return row
}
