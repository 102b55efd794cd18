import { and, desc, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { ReaderFilter } from '../domain/reader-filter.ts'
import type { Queryable } from './client.ts'
import type { Place } from './place.ts'
import { fitsReader, foundReader } from './reader-conditions.ts'
import { readerSearch } from './schema/reader-search.ts'
import { subscribers } from './schema/readers.ts'
import { type ListedSubscriber, listed, withSubscriptions } from './subscribers.ts'

type Search = ReaderFilter & { before?: Place; limit: number }
type Row = Omit<ListedSubscriber, 'subscriptions'>

/** So many of the newest are simply read: most filters fill a page from them, and it takes 10 to 20 ms. */
const newest = 4000
/** How many the index names at once. */
const named = 1000

/**
 * The newest readers first, of those who fit. What the newest 4,000 don't hold is found by the index, whatever pair of
 * filters is rare; who has changed since it was written is asked for themselves.
 */
export async function searchReaders(db: Queryable, search: Search): Promise<ListedSubscriber[]> {
  const { limit } = search
  const fits = fitsReader(search)
  if (!fits || search.addressKey !== undefined)
    return withSubscriptions(db, await readersIn(db, and(joined(search, search.before), fits), limit))
  const ids = sql`select id from ${subscribers} where ${joined(search, search.before)}
    order by created_at desc, id desc limit ${newest}`
  const rows = await readersIn(db, sql`${subscribers.id} in (${ids}) and ${fits}`, limit)
  if (rows.length < limit) {
    const last = await lastOfNewest(db, search)
    if (last) rows.push(...(await beyond(db, fits, search, last)))
  }
  return withSubscriptions(db, rows.slice(0, limit))
}

const readersIn = (db: Queryable, which: SQL | undefined, limit: number): Promise<Row[]> =>
  db
    .select(listed)
    .from(subscribers)
    .where(which)
    .orderBy(desc(subscribers.createdAt), desc(subscribers.id))
    .limit(limit)

const joined = ({ joinedFrom, joinedBefore }: ReaderFilter, before: Place | undefined): SQL =>
  and(
    sql`true`,
    before && sql`(created_at, id) < (${before.at.toISOString()}::timestamptz, ${before.id}::bigint)`,
    joinedFrom && gte(subscribers.createdAt, joinedFrom),
    joinedBefore && lt(subscribers.createdAt, joinedBefore),
  )!

/** The last of the newest, where there are more. */
async function lastOfNewest(db: Queryable, search: Search): Promise<Place | undefined> {
  const [row] = await db
    .select({ at: subscribers.createdAt, id: subscribers.id })
    .from(subscribers)
    .where(joined(search, search.before))
    .orderBy(desc(subscribers.createdAt), desc(subscribers.id))
    .offset(newest - 1)
    .limit(1)
  return row
}

async function beyond(db: Queryable, fits: SQL, search: Search, from: Place): Promise<Row[]> {
  const found = new Map<number, Row>()
  const add = (rows: Row[]) => {
    for (const row of rows) found.set(row.id, row)
    return rows.length
  }
  const changed = await changedReaders(db)
  if (changed) add(await readersIn(db, sql`${changed} and ${joined(search, from)} and ${fits}`, search.limit))
  let count = 0
  for (let before: Place | undefined = from; before && count < search.limit; ) {
    const places = await namedByIndex(db, search, before)
    if (!places.length) break
    const ids = places.map(place => place.id)
    count += add(
      await readersIn(
        db,
        sql`${subscribers.id} = any(${sql.param(ids)}::bigint[]) and ${fits}`,
        search.limit,
      ),
    )
    before = places.length < named ? undefined : places.at(-1)
  }
  return [...found.values()].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || b.id - a.id)
}

/** So many are named one by one; beyond that an import was just made, and its readers are read for some seconds. */
const fewRanges = 1000
const fewChanged = 20_000

/** Whether a reader has changed since the index was written; undefined where none has, as nearly always. */
async function changedReaders(db: Queryable): Promise<SQL | undefined> {
  const due = await db.execute<{ first: string; last: string }>(
    sql`select first, last from reader_search_due limit ${fewRanges + 1}`,
  )
  if (!due.length) return undefined
  const firsts = due.map(range => Number(range.first))
  const lasts = due.map(range => Number(range.last))
  const count = lasts.reduce((sum, last, at) => sum + last - firsts[at]! + 1, 0)
  if (due.length <= fewRanges && count <= fewChanged)
    return sql`${subscribers.id} in (select generate_series(first, last)
      from unnest(${sql.param(firsts)}::bigint[], ${sql.param(lasts)}::bigint[]) as ranges(first, last))`
  return sql`exists (select from reader_search_due due where ${subscribers.id} between due.first and due.last)`
}

const namedByIndex = (db: Queryable, search: Search, before: Place): Promise<Place[]> =>
  db
    .select({ at: readerSearch.joinedAt, id: readerSearch.subscriberId })
    .from(readerSearch)
    .where(
      and(
        sql`(${readerSearch.joinedAt}, ${readerSearch.subscriberId})
          < (${before.at.toISOString()}::timestamptz, ${before.id}::bigint)`,
        search.joinedFrom && gte(readerSearch.joinedAt, search.joinedFrom),
        search.joinedBefore && lt(readerSearch.joinedAt, search.joinedBefore),
        foundReader(search),
      ),
    )
    .orderBy(desc(readerSearch.joinedAt), desc(readerSearch.subscriberId))
    .limit(named)
