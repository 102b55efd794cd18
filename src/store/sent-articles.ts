import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { articles } from './schema/content.ts'
import { dispatchArticles } from './schema/sending.ts'

/** Keeps which stories a dispatch sends: for "sent on 12 March in Daily". */
export const noteSentArticles = (tx: Queryable, dispatchId: number, articleIds: readonly number[]) =>
  tx.execute(sql`
    insert into ${dispatchArticles} (article_id, dispatch_id)
    select id, ${dispatchId}::bigint from ${articles} where id = any(${sql.param([...articleIds])}::bigint[])
    on conflict do nothing`)
