import { and, asc, desc, eq, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { Readership } from './audience.ts'
import type { Db, Queryable } from './client.ts'
import type { Place } from './place.ts'
import { digestNewsletters, digests } from './schema/content.ts'
import { newsletters } from './schema/publication.ts'
import { dispatches } from './schema/sending.ts'

export type DigestRow = typeof digests.$inferSelect
type DispatchState = (typeof dispatches.$inferSelect)['state']
/** A digest with the newsletters it goes to, in order, and the state of its dispatch; without one it is a draft. */
export type Digest = DigestRow & {
  newsletters: { id: number; slug: string; name: string }[]
  state: 'draft' | DispatchState
  dispatchId: number | null
  dueAt: Date | null
  /** By each reader's own clock. */
  localTime: string | null
  /** It goes ahead of every other that is being sent. */
  breaking: boolean
}

const withNewsletters = {
  digest: digests,
  state: dispatches.state,
  dispatchId: dispatches.id,
  dueAt: dispatches.dueAt,
  localTime: dispatches.localTime,
  breaking: dispatches.breaking,
}

/** The newsletters of these digests, in each digest's order. */
export const newslettersOf = async (db: Queryable, ids: number[]) =>
  ids.length === 0
    ? []
    : await db
        .select({
          digestId: digestNewsletters.digestId,
          id: newsletters.id,
          slug: newsletters.slug,
          name: newsletters.name,
        })
        .from(digestNewsletters)
        .innerJoin(newsletters, eq(newsletters.id, digestNewsletters.newsletterId))
        .where(sql`${digestNewsletters.digestId} = any(${sql.param(ids)}::bigint[])`)
        .orderBy(asc(digestNewsletters.digestId), asc(digestNewsletters.position))

/** When a digest goes or went out; a draft: when it was last changed. */
export const momentOf = ({ dueAt, updatedAt }: Pick<Digest, 'dueAt' | 'updatedAt'>): Date =>
  dueAt ?? updatedAt

const moment = sql`coalesce(${dispatches.dueAt}, ${digests.updatedAt})`

/** The newest first by `momentOf`, hidden ones left out; `before` is where the page before ended. */
export const listDigests = (
  db: Queryable,
  { limit, before }: { limit: number; before?: Place },
): Promise<Digest[]> =>
  visibleDigests(db, {
    where:
      before &&
      sql`(${moment}, ${digests.id}) < (${before.at.toISOString()}::timestamptz, ${before.id}::bigint)`,
    order: [desc(moment), desc(digests.id)],
    limit,
  })

/**
 * Those that were begun last first, hidden ones left out: an order that no change moves. `before` is the last id of the
 * page before.
 */
export const listDigestsById = (
  db: Queryable,
  { limit, before }: { limit: number; before?: number },
): Promise<Digest[]> =>
  visibleDigests(db, {
    where: before === undefined ? undefined : lt(digests.id, before),
    order: [desc(digests.id)],
    limit,
  })

async function visibleDigests(
  db: Queryable,
  { where, order, limit }: { where: SQL | undefined; order: SQL[]; limit: number },
): Promise<Digest[]> {
  const rows = await db
    .select(withNewsletters)
    .from(digests)
    .leftJoin(dispatches, eq(dispatches.digestId, digests.id))
    .where(and(isNull(digests.hiddenAt), where))
    .orderBy(...order)
    .limit(limit)
  const links = await newslettersOf(
    db,
    rows.map(row => row.digest.id),
  )
  return rows.map(row => assemble(row, links))
}

export async function findDigest(db: Queryable, id: number): Promise<Digest | undefined> {
  const [row] = await db
    .select(withNewsletters)
    .from(digests)
    .leftJoin(dispatches, eq(dispatches.digestId, digests.id))
    .where(eq(digests.id, id))
  return row && assemble(row, await newslettersOf(db, [id]))
}

/** Locks a digest until the transaction ends; false where there is none. */
export async function lockDigest(tx: Queryable, id: number): Promise<boolean> {
  const rows = await tx.select({ id: digests.id }).from(digests).where(eq(digests.id, id)).for('update')
  return rows.length === 1
}

type Row = {
  digest: DigestRow
  state: DispatchState | null
  dispatchId: number | null
  dueAt: Date | null
  localTime: string | null
  breaking: boolean | null
}
type Link = { digestId: number; id: number; slug: string; name: string }

const assemble = (row: Row, links: Link[]): Digest => ({
  ...row.digest,
  state: row.state ?? 'draft',
  dispatchId: row.dispatchId,
  dueAt: row.dueAt,
  localTime: row.localTime,
  breaking: row.breaking ?? false,
  newsletters: links
    .filter(link => link.digestId === row.digest.id)
    .map(({ id, slug, name }) => ({ id, slug, name })),
})

/** The subjects of these digests, by id. */
export async function subjectsOf(db: Queryable, ids: readonly number[]): Promise<Map<number, string>> {
  if (!ids.length) return new Map()
  const rows = await db
    .select({ id: digests.id, subject: digests.subject })
    .from(digests)
    .where(inArray(digests.id, [...ids]))
  return new Map(rows.map(row => [row.id, row.subject]))
}

/** The latest digests of which it is known who got them, to choose readers by. */
export const digestsWithLedger = (
  db: Queryable,
  { without, limit }: { without: number; limit: number },
): Promise<{ id: number; subject: string; startedAt: Date }[]> =>
  db
    .select({
      id: digests.id,
      subject: digests.subject,
      startedAt: sql<Date>`${dispatches.startedAt}`.mapWith(dispatches.startedAt),
    })
    .from(digests)
    .innerJoin(dispatches, eq(dispatches.digestId, digests.id))
    .where(
      and(
        isNull(digests.hiddenAt),
        sql`${dispatches.startedAt} is not null and ${digests.id} <> ${without}`,
        sql`exists (select from deliveries d where d.dispatch_id = ${dispatches.id})`,
      ),
    )
    .orderBy(desc(dispatches.startedAt))
    .limit(limit)

/** Whom it is for. */
export const readershipOf = ({
  newsletters,
  audience,
}: Pick<Digest, 'newsletters' | 'audience'>): Readership => ({
  newsletterIds: newsletters.map(newsletter => newsletter.id),
  audience,
})

/** The digest that was dispatched last: what the next edition starts from. */
export async function latestDispatched(db: Queryable): Promise<Digest | undefined> {
  const [row] = await db
    .select({ id: digests.id })
    .from(digests)
    .innerJoin(dispatches, eq(dispatches.digestId, digests.id))
    .where(isNull(digests.hiddenAt))
    .orderBy(desc(dispatches.dueAt), desc(digests.id))
    .limit(1)
  return row && findDigest(db, row.id)
}

/** A draft goes, also one that waits for its time, which then does not come; one that has started is only hidden, since its ledger and archive stand. */
export const removeDigest = (db: Db, id: number): Promise<'removed' | 'hidden' | 'unknown'> =>
  db.transaction(async tx => {
    const [row] = await tx.select().from(digests).where(eq(digests.id, id)).for('update')
    if (!row) return 'unknown'
    const [dispatch] = await tx
      .select({ id: dispatches.id, startedAt: dispatches.startedAt })
      .from(dispatches)
      .where(eq(dispatches.digestId, id))
      .for('update')
    if (dispatch?.startedAt) {
      await tx.update(digests).set({ hiddenAt: sql`now()` }).where(eq(digests.id, id))
      return 'hidden'
    }
    if (dispatch) await tx.delete(dispatches).where(eq(dispatches.id, dispatch.id))
    await tx.delete(digests).where(eq(digests.id, id))
    return 'removed'
  })

/** No preview link of the digest that was made until now works any more. */
export const endPreviewLinks = (db: Queryable, id: number) =>
  db
    .update(digests)
    .set({ previewLinks: sql`${digests.previewLinks} + 1` })
    .where(eq(digests.id, id))
