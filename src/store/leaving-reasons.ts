import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import type { LeavingLink } from '../domain/leaving.ts'
import { undoHours } from '../domain/subscription.ts'
import type { Queryable } from './client.ts'
import { consents } from './schema/readers.ts'

/** What this link did in the last 24 hours, the newest last: leaving, and giving a reason for it. */
export const recentLeaving = (db: Queryable, link: LeavingLink) =>
  db
    .select({ kind: consents.kind, newsletterIds: consents.newsletterIds })
    .from(consents)
    .where(
      and(
        eq(consents.subscriberId, link.subscriberId),
        inArray(consents.kind, ['left', 'reason']),
        eq(consents.origin, link.origin),
        sql`${consents.dispatchId} is not distinct from ${link.dispatchId}::bigint`,
        gt(consents.at, sql`now() - make_interval(hours => ${undoHours}::int)`),
      ),
    )
    .orderBy(consents.id)
