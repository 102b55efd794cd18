import { sql } from 'drizzle-orm'
import type { Db, Tx } from './client.ts'

/**
 * Drops the partitions of the ledger all of whose dispatches ended so many days ago as the publication keeps who got
 * what; their counts stand in `dispatches`.
 * Answers the names of what it dropped. Dropping one locks the ledger for a moment: where somebody reads it for longer
 * than a second, it throws, nothing is dropped, and the next round tries again.
 */
export const dropOldLedgers = (db: Db): Promise<string[]> =>
  db.transaction(async tx => {
    await tx.execute(sql`set local lock_timeout = '1s'`)
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('deliveries'))`)
    const names = await oldLedgers(tx)
    for (const name of names) await tx.execute(sql`drop table ${sql.identifier(name)}`)
    return names
  })

async function oldLedgers(tx: Tx): Promise<string[]> {
  const old = await tx.execute<{ name: string }>(sql`
    with kept as (
      select coalesce((select ledger_days from publication), 90) as days
    ), partitions as (
      select child.relname as name, substring(child.relname from '^deliveries_([0-9]+)$')::bigint as first,
        substring(pg_get_expr(child.relpartbound, child.oid) from $$TO [(]'([0-9]+)'[)]$$)::bigint as next
      from pg_inherits join pg_class child on child.oid = inhrelid where inhparent = 'deliveries'::regclass
    )
    select name from partitions
    where next <= (select coalesce(max(id), 0) from dispatches)
      and not exists (
        select from dispatches where id >= first and id < next
          and (finished_at is null or finished_at > now() - make_interval(days => (select days from kept)))
      )
    order by first`)
  return old.map(row => row.name)
}
