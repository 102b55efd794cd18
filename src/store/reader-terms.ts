import { type SQL, sql } from 'drizzle-orm'
import type { Queryable, Tx } from './client.ts'

/** A tag or an attribute's name in use, and how many readers have it. */
export type TermInUse = { term: string; readers: number }

/** At most so many are told: a list to choose from, not an index. */
const shown = 200
/** Up to so many readers are counted at once: 5 ms. */
const countedAtOnce = 10_000

/** The tags that readers have, the most used first: exact up to 10,000 readers, beyond that as `countTerms` saw it last. */
export const tagsInUse = (db: Queryable): Promise<TermInUse[]> => termsInUse(db, 'tag')

/** The names of attributes that readers have, in lower case; counted as tags are. */
export const attributesInUse = (db: Queryable): Promise<TermInUse[]> => termsInUse(db, 'attribute')

type Kind = 'tag' | 'attribute'

const termsOf: Record<Kind, SQL> = {
  tag: sql`unnest(tags)`,
  attribute: sql`lower(jsonb_object_keys(attributes))`,
}
const hasAny: Record<Kind, SQL> = { tag: sql`tags <> '{}'`, attribute: sql`attributes <> '{}'` }

async function termsInUse(db: Queryable, kind: Kind): Promise<TermInUse[]> {
  const [row] = await db.execute<{ few: boolean }>(
    sql`select count(*) <= ${countedAtOnce} as few from (select from subscribers limit ${countedAtOnce + 1}) as first_ones`,
  )
  const rows = await db.execute<TermInUse>(
    row!.few
      ? sql`${counted(kind, sql`subscribers`)} order by readers desc, term limit ${shown}`
      : sql`select term, readers from reader_terms where kind = ${kind} order by readers desc, term limit ${shown}`,
  )
  return [...rows]
}

const counted = (kind: Kind, from: SQL) => sql`
  select term, count(*)::int as readers from (select ${termsOf[kind]} as term from ${from} where ${hasAny[kind]}) as had
  group by term`

/** How many terms are kept: a file whose columns are nonsense must not fill a table. */
const kept = 2000

/** Counts them all anew: 0.3 s for a million readers. */
export const countTerms = (db: Queryable): Promise<unknown> =>
  db.transaction(async tx => {
    await tx.execute(sql`delete from reader_terms`)
    for (const kind of ['tag', 'attribute'] as const)
      await tx.execute(sql`
        insert into reader_terms (kind, term, readers)
        select ${kind}, left(term, 200), sum(readers) from (${counted(kind, sql`subscribers`)} order by readers desc limit ${kept}) as used
        group by left(term, 200) on conflict do nothing`)
  })

/** Adds a tag's readers until they are counted again, so that it stands in the lists at once. */
export const noteTag = (tx: Queryable, tag: string) => noteTerms(tx, sql`select 'tag', ${tag}::text, 1`)

/** The same for the rows of an import that were taken, in one order, so that imports at once don't wait for each other in a ring. */
export async function noteImportedTerms(tx: Tx): Promise<void> {
  for (const kind of ['tag', 'attribute'] as const)
    await noteTerms(
      tx,
      sql`select ${kind}, left(term, 200), sum(readers)::int
        from (${counted(kind, sql`(select tags, attributes from import_rows where cause is null) as rows`)} order by readers desc limit ${kept}) as used
        group by left(term, 200) order by 2`,
    )
}

const noteTerms = (tx: Queryable, terms: SQL) =>
  tx.execute(sql`
    insert into reader_terms (kind, term, readers) ${terms}
    on conflict (kind, term) do update set readers = reader_terms.readers + excluded.readers`)
