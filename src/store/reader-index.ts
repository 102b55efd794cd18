import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'

/** Readers of one round, which takes about a second. */
const atOnce = 20_000

/**
 * Makes anew what readers are found by, for those that are due, up to 20,000; several processes may do so at once.
 * Answers whether there was any.
 */
export const indexDueReaders = (db: Db): Promise<boolean> =>
  db.transaction(async tx => {
    const [low] = await tx.execute<{ first: string | null }>(
      sql`select min(first) as first from reader_search_due`,
    )
    if (!low?.first) return false
    const end = Number(low.first) + atOnce - 1
    // What is noted here has happened already: ranges that overlap are done together, what reaches further is cut.
    const due = await tx.execute<{ id: string; first: string; last: string }>(
      sql`select id, first, last from reader_search_due where first <= ${end} order by id limit 5000 for update skip locked`,
    )
    if (!due.length) return false
    const numbers = (name: 'id' | 'first' | 'last') => due.map(row => Number(row[name]))
    const within = due.filter(row => Number(row.last) <= end).map(row => Number(row.id))
    await tx.execute(sql`delete from reader_search_due where id = any(${sql.param(within)}::bigint[])`)
    await tx.execute(
      sql`update reader_search_due set first = ${end + 1} where id = any(${sql.param(numbers('id'))}::bigint[]) and last > ${end}`,
    )
    const firsts = numbers('first')
    const lasts = numbers('last').map(last => Math.min(last, end))
    await tx.execute(sql`
      with due as (
        select distinct s.id from unnest(${sql.param(firsts)}::bigint[], ${sql.param(lasts)}::bigint[]) as ranges(first, last)
        join subscribers s on s.id between ranges.first and ranges.last
      )
      insert into reader_search (subscriber_id, words, name, joined_at, facets)
      select s.id, s.address_key || ' ' || s.name, s.name, s.created_at, array['l:' || s.locale]
        || array(select 't:' || tag from unnest(s.tags) as tag)
        || array(select unnest(array['h:' || lower(left(key, 100)), 'a:' || lower(left(key, 100)) || '=' || lower(left(value, 100))])
          from jsonb_each_text(s.attributes))
        || array(select distinct unnest(array['n:' || newsletter_id, 'n:' || newsletter_id || ':' || state, 's:' || state]
            || case when state = 'active' and paused_until is not null then array['n:' || newsletter_id || ':paused', 's:paused'] end)
          from subscriptions where subscriber_id = s.id)
        || case when exists (select from subscriptions where subscriber_id = s.id and state = 'active') then '{}' else array['s:none'] end
        || array(select distinct unnest(array['x', 'x:' || cause]) from suppressions where suppressions.address_key = s.address_key)
      from due join subscribers s using (id)
      on conflict (subscriber_id) do update set words = excluded.words, name = excluded.name, facets = excluded.facets
        where (reader_search.words, reader_search.facets) is distinct from (excluded.words, excluded.facets)`)
    return true
  })
