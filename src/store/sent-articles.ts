import { sql } from 'drizzle-orm'
import type { SentStory } from '../domain/preflight/repeats.ts'
import type { Queryable } from './client.ts'
import { articles } from './schema/content.ts'
import { dispatchArticles } from './schema/sending.ts'

/** Keeps which stories a dispatch sends: for "sent on 12 March in Daily". */
export const noteSentArticles = (tx: Queryable, dispatchId: number, articleIds: readonly number[]) =>
  tx.execute(sql`
    insert into ${dispatchArticles} (article_id, dispatch_id)
    select id, ${dispatchId}::bigint from ${articles} where id = any(${sql.param([...articleIds])}::bigint[])
    on conflict do nothing`)

/** Of these stories, those that went out through one of these newsletters: when last, and through which, by its slug. */
export async function findSentArticles(
  db: Queryable,
  articleIds: readonly number[],
  newsletterIds: readonly number[],
): Promise<SentStory[]> {
  if (!articleIds.length || !newsletterIds.length) return []
  const rows = await db.execute<{ articleId: string; at: string; newsletter: string }>(sql`
    select distinct on (a.article_id) a.article_id as "articleId", n.slug as newsletter,
      to_char(d.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from ${dispatchArticles} a
    join dispatches d on d.id = a.dispatch_id and d.started_at is not null
    join renderings r on r.dispatch_id = d.id
    join newsletters n on n.id = r.newsletter_id
    where a.article_id = any(${sql.param([...articleIds])}::bigint[])
      and n.id = any(${sql.param([...newsletterIds])}::bigint[])
    order by a.article_id, d.started_at desc, array_position(${sql.param([...newsletterIds])}::bigint[], n.id)`)
  return rows.map(row => ({ ...row, articleId: Number(row.articleId), at: new Date(row.at) }))
}
