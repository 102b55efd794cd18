import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { endingBrokenTransactions } from './broken-transactions.ts'

/** Drizzle over a client of its own: Drizzle changes how its client reads and writes dates and JSON. */
export type Db = PostgresJsDatabase
/** A transaction of `Db`; the queries of `store` take either. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]
export type Queryable = Db | Tx
/** A raw client: only the sender and COPY use it. */
export type Raw = postgres.Sql

type Options = {
  connections?: number
  name?: string
  /** Makes postgres.js's sockets; absent: it does so itself. */
  socket?: (target: { host: string[]; port: number[]; path?: string | false }) => unknown
}

const settings = ({ connections = 10, name = 'broadsheet', socket }: Options) => ({
  max: connections,
  onnotice: () => {},
  connection: { application_name: name },
  connect_timeout: 10,
  // What a server tells at the start, such as that it can only be read, is learned anew within minutes.
  max_lifetime: 300,
  // A database that is back is found within 2 s; by itself postgres.js would let up to 20 s pass.
  backoff: (attempts: number) => Math.min(2, 0.05 * 2 ** attempts),
  ...(socket && { socket }),
})

/** Opens the database for queries and transactions. Connects at the first query; `close` waits `grace` seconds (5) for running ones. */
export function openDatabase(
  url: string,
  options: Options = {},
): { db: Db; close(grace?: number): Promise<void> } {
  const client = endingBrokenTransactions(postgres(url, settings(options)))
  return {
    db: drizzle(client, { casing: 'snake_case' }),
    close: (grace = 5) => client.end({ timeout: grace }),
  }
}

/** Opens a raw client, which Drizzle must not wrap. The caller ends it. */
export function openRaw(url: string, options: Options = {}): Raw {
  return endingBrokenTransactions(postgres(url, settings(options)))
}

/**
 * Opens a sender's raw client. It plans each statement once, and by its indexes even while tables are small: the
 * ledger's own takes 0.6 ms to run and 1.3 ms to plan, and the plan outlives a table's first rows.
 */
export function openLedger(url: string, options: Options = {}): Raw {
  const { connection, ...rest } = settings({ connections: 4, name: 'broadsheet sender', ...options })
  const plans = { plan_cache_mode: 'force_generic_plan', enable_seqscan: 'off' }
  return endingBrokenTransactions(postgres(url, { ...rest, connection: { ...connection, ...plans } }))
}
