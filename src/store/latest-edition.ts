import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { digests } from './schema/content.ts'
import { deliveries } from './schema/ledger.ts'
import { notices } from './schema/mail.ts'
import { dispatches, renderings } from './schema/sending.ts'

export type LatestEdition = { dispatchId: number; digestId: number; newsletterId: number; subject: string }

/**
 * The last edition that went out, or is going out, through the first of these newsletters that has one; undefined
 * where this reader had it already, by dispatch or by asking for it.
 */
export async function latestEditionFor(
  db: Queryable,
  subscriberId: number,
  newsletterIds: readonly number[],
): Promise<LatestEdition | undefined> {
  for (const newsletterId of newsletterIds) {
    const [edition] = await db
      .select({
        dispatchId: renderings.dispatchId,
        digestId: dispatches.digestId,
        newsletterId: renderings.newsletterId,
        subject: renderings.subject,
        had: sql<boolean>`exists (select from ${deliveries} where ${deliveries.dispatchId} = ${renderings.dispatchId}
            and ${deliveries.subscriberId} = ${subscriberId})
          or exists (select from ${notices} where ${notices.subscriberId} = ${subscriberId}
            and ${notices.kind} = 'latest_edition'
            and (${notices.content} ->> 'dispatchId')::bigint = ${renderings.dispatchId})`,
      })
      .from(renderings)
      .innerJoin(dispatches, eq(dispatches.id, renderings.dispatchId))
      .innerJoin(digests, eq(digests.id, dispatches.digestId))
      .where(
        and(
          eq(renderings.newsletterId, newsletterId),
          inArray(dispatches.state, ['sending', 'finished']),
          isNull(digests.hiddenAt),
          isNull(digests.withdrawnAt),
        ),
      )
      .orderBy(desc(renderings.dispatchId))
      .limit(1)
    if (edition) return edition.had ? undefined : edition
  }
  return undefined
}
