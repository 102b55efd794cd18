import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'

/** Readers of one round: a round of 20,000 takes about 0.7 s. */
const atOnce = 20_000

/**
 * Makes anew what readers are found by, for those that are due, up to 20,000; several processes may do so at once.
 * Answers whether there was any.
 */
export const indexDueReaders = (db: Db): Promise<boolean> =>
  db.transaction(async tx => {
    const due = await tx.execute<{ id: string; first: string; last: string }>(
      sql`select id, first, last from reader_search_due order by id limit 500 for update skip locked`,
    )
    if (!due.length) return false
    let left = atOnce
    const firsts: number[] = []
    const lasts: number[] = []
    const done: number[] = []
    for (const { id, first, last } of due) {
      if (left <= 0) break
      const end = Math.min(Number(last), Number(first) + left - 1)
      firsts.push(Number(first))
      lasts.push(end)
      left -= end - Number(first) + 1
      if (end === Number(last)) done.push(Number(id))
      else await tx.execute(sql`update reader_search_due set first = ${end + 1} where id = ${Number(id)}`)
    }
    await tx.execute(sql`delete from reader_search_due where id = any(${sql.param(done)}::bigint[])`)
    await tx.execute(sql`
      with due as (
        select distinct s.id from unnest(${sql.param(firsts)}::bigint[], ${sql.param(lasts)}::bigint[]) as ranges(first, last)
        join subscribers s on s.id between ranges.first and ranges.last
      )
      insert into reader_search (subscriber_id, words, joined_at, facets)
      select s.id, s.address_key || ' ' || s.name, s.created_at, array['l:' || s.locale]
        || array(select 't:' || tag from unnest(s.tags) as tag)
        || array(select unnest(array['h:' || lower(left(key, 100)), 'a:' || lower(left(key, 100)) || '=' || lower(left(value, 100))])
          from jsonb_each_text(s.attributes))
        || array(select distinct unnest(array['n:' || newsletter_id, 'n:' || newsletter_id || ':' || state, 's:' || state]
            || case when state = 'active' and paused_until is not null then array['n:' || newsletter_id || ':paused', 's:paused'] end)
          from subscriptions where subscriber_id = s.id)
        || case when exists (select from subscriptions where subscriber_id = s.id and state = 'active') then '{}' else array['s:none'] end
        || array(select distinct unnest(array['x', 'x:' || cause]) from suppressions where suppressions.address_key = s.address_key)
      from due join subscribers s using (id)
      on conflict (subscriber_id) do update set words = excluded.words, facets = excluded.facets
        where (reader_search.words, reader_search.facets) is distinct from (excluded.words, excluded.facets)`)
    return true
  })
