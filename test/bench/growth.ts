import type { Raw } from '../../src/store/client.ts'

/** Octets, so far. */
export type Growth = { heap: number; indexes: number; wal: number }

export async function readGrowth(raw: Raw): Promise<Growth> {
  const [row] = await raw`
    select sum(pg_relation_size(oid)) filter (where relkind = 'r')::float8 as heap,
      sum(pg_relation_size(oid)) filter (where relkind = 'i')::float8 as indexes,
      pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as wal
    from pg_class where relnamespace = 'public'::regnamespace`
  return row as Growth
}

/** Rows that were replaced or removed, so far; `cold`: those among them whose replacement stands in every index anew. */
export async function readRowChanges(raw: Raw): Promise<{ changed: number; cold: number }> {
  const [row] = await raw`
    select sum(n_tup_upd + n_tup_del)::float8 as changed, sum(n_tup_upd - n_tup_hot_upd)::float8 as cold
    from pg_stat_user_tables`
  return row as { changed: number; cold: number }
}
