import type { Raw } from '../../src/store/client.ts'

/** What PostgreSQL has done so far, for all its sessions together. */
export type DatabaseWork = {
  /** `begin` and `commit` among them: each is a way there and back. */
  statements: number
  /** Those of them by which a sender hands in results and asks whom to write to next. */
  turns: number
  transactions: number
  /** Updated or deleted. */
  rows: number
  /** Octets. */
  wal: number
  /** Milliseconds in which a session was in a statement or a transaction: what a pool needs a connection for. */
  held: number
}

/** Wants `counted` of the database. Sessions that have not ended may keep a second of it to themselves. */
export async function readDatabaseWork(raw: Raw): Promise<DatabaseWork> {
  const [row] = await raw`
    select statements, turns, (xact_commit + xact_rollback)::float8 as transactions, rows,
      pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as wal,
      active_time + idle_in_transaction_time as held
    from pg_stat_database, (
      select sum(calls)::float8 as statements,
        sum(calls) filter (where query like '%with held as materialized%')::float8 as turns
      from pg_stat_statements
    ) as s, (
      select sum(n_tup_upd + n_tup_del)::float8 as rows from pg_stat_user_tables
    ) as t
    where datname = current_database()`
  return row as DatabaseWork
}

/** Each figure's growth, per message or whatever `parts` there were. */
export const workEach = (before: DatabaseWork, after: DatabaseWork, parts: number): DatabaseWork =>
  Object.fromEntries(
    Object.entries(after).map(([name, now]) => [name, (now - before[name as keyof DatabaseWork]) / parts]),
  ) as DatabaseWork
