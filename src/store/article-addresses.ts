import { asc, inArray, sql } from 'drizzle-orm'
import { articleAddress } from '../domain/article-address.ts'
import { awaitLock } from './advisory-locks.ts'
import { type Article, addArticle, type NewArticle } from './articles.ts'
import type { Db, Queryable } from './client.ts'
import { addressOf, articles } from './schema/content.ts'

/** The articles that have these addresses (`articleAddress`), by address; of several the oldest. */
export async function findByAddress(
  db: Queryable,
  addresses: readonly string[],
): Promise<Map<string, Article>> {
  if (!addresses.length) return new Map()
  const address = sql<string>`${addressOf(articles)}`
  const rows = await db
    .select({ address, article: articles })
    .from(articles)
    .where(inArray(address, [...addresses]))
    .orderBy(asc(articles.id))
  const found = new Map<string, Article>()
  for (const row of rows) if (!found.has(row.address)) found.set(row.address, row.article)
  return found
}

/** Lets one transaction at a time decide whether a story is there already. */
export const holdAddresses = (tx: Queryable) => awaitLock(tx, 'article-addresses')

/** Adds an article whose address no other has; else answers the one that has it. */
export const addByAddress = (
  db: Db,
  values: NewArticle,
): Promise<{ kind: 'added' | 'known'; article: Article }> =>
  db.transaction(async tx => {
    await holdAddresses(tx)
    const address = articleAddress(values.url) ?? values.url
    const known = (await findByAddress(tx, [address])).get(address)
    return known
      ? { kind: 'known', article: known }
      : { kind: 'added', article: await addArticle(tx, values) }
  })
