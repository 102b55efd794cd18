import { and, desc, eq, gte, lt, lte, type SQL, sql } from 'drizzle-orm'
import type { SuppressionCause } from '../domain/suppression.ts'
import type { Queryable } from './client.ts'
import { contains } from './containing.ts'
import { digests } from './schema/content.ts'
import { suppressions } from './schema/readers.ts'
import { dispatches } from './schema/sending.ts'
import type { Suppression } from './suppressions.ts'

/** Which suppressions are meant: all that every given part fits. */
export type SuppressionFilter = {
  /** A part of the address. */
  search?: string
  /** The whole address, by its key. */
  addressKey?: string
  cause?: SuppressionCause
  /** The addresses' domain. */
  domain?: string
  from?: Date
  to?: Date
  /** The dispatch that brought them about. */
  dispatchId?: number
}

export type ListedSuppression = Suppression & { digest: { id: number; subject: string } | null }

const fits = ({
  search,
  addressKey,
  cause,
  domain,
  from,
  to,
  dispatchId,
}: SuppressionFilter): SQL | undefined =>
  and(
    search ? contains(suppressions.addressKey, search) : undefined,
    addressKey ? eq(suppressions.addressKey, addressKey) : undefined,
    cause ? eq(suppressions.cause, cause) : undefined,
    domain ? sql`split_part(${suppressions.addressKey}, '@', -1) = ${domain}` : undefined,
    from ? gte(suppressions.createdAt, from) : undefined,
    to ? lte(suppressions.createdAt, to) : undefined,
    dispatchId ? eq(suppressions.dispatchId, dispatchId) : undefined,
  )

/** Suppressions, the newest first, with the digest that brought each about; `before` is the last id of the page before. */
export const listSuppressions = (
  db: Queryable,
  { limit, before, ...filter }: SuppressionFilter & { limit: number; before?: number },
): Promise<ListedSuppression[]> =>
  db
    .select({
      id: suppressions.id,
      addressKey: suppressions.addressKey,
      addressHash: suppressions.addressHash,
      hashVersion: suppressions.hashVersion,
      cause: suppressions.cause,
      evidence: suppressions.evidence,
      dispatchId: suppressions.dispatchId,
      createdAt: suppressions.createdAt,
      digest: { id: digests.id, subject: digests.subject },
    })
    .from(suppressions)
    .leftJoin(dispatches, eq(dispatches.id, suppressions.dispatchId))
    .leftJoin(digests, eq(digests.id, dispatches.digestId))
    .where(and(fits(filter), before === undefined ? undefined : lt(suppressions.id, before)))
    .orderBy(desc(suppressions.id))
    .limit(limit)

// Only what a server said can have been a server's mistake; a person's word is taken back one by one.
const bounced = (filter: SuppressionFilter) => and(fits(filter), eq(suppressions.cause, 'bounced'))

/** How many addresses of these are suppressed since mail bounced. */
export async function countBounced(db: Queryable, filter: SuppressionFilter): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(suppressions)
    .where(bounced(filter))
  return row!.count
}

/** Takes back what bounces suppressed, of these; other causes stay. Only an owner may ask for it. Answers how many. */
export async function liftBounced(db: Queryable, filter: SuppressionFilter): Promise<number> {
  const rows = await db.delete(suppressions).where(bounced(filter)).returning({ id: suppressions.id })
  return rows.length
}
