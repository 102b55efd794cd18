import { and, asc, desc, eq, lt } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { digests } from './schema/content.ts'
import { deliveries } from './schema/ledger.ts'
import { notices } from './schema/mail.ts'
import { dispatches } from './schema/sending.ts'

/** The digests that went, or are to go, to a reader: asked dispatch by dispatch, as the ledger's key wants it. */
export const deliveriesOf = (db: Queryable, subscriberId: number) =>
  db
    .select({ subject: digests.subject, at: deliveries.changedAt, state: deliveries.state })
    .from(dispatches)
    .innerJoin(
      deliveries,
      and(eq(deliveries.dispatchId, dispatches.id), eq(deliveries.subscriberId, subscriberId)),
    )
    .innerJoin(digests, eq(digests.id, dispatches.digestId))
    .orderBy(asc(dispatches.id))

/** The same a page at a time, the newest first; `before` is the last dispatch of the page before. */
export const deliveryPage = (
  db: Queryable,
  subscriberId: number,
  { before, limit }: { before?: number; limit: number },
) =>
  db
    .select({
      dispatchId: dispatches.id,
      digestId: digests.id,
      subject: digests.subject,
      newsletterId: deliveries.newsletterId,
      at: deliveries.changedAt,
      state: deliveries.state,
      reply: deliveries.reply,
    })
    .from(dispatches)
    .innerJoin(
      deliveries,
      and(eq(deliveries.dispatchId, dispatches.id), eq(deliveries.subscriberId, subscriberId)),
    )
    .innerJoin(digests, eq(digests.id, dispatches.digestId))
    .where(before === undefined ? undefined : lt(dispatches.id, before))
    .orderBy(desc(dispatches.id))
    .limit(limit)

/** The other mails to a reader. */
export const noticesOf = (db: Queryable, subscriberId: number) =>
  db
    .select({ kind: notices.kind, at: notices.createdAt, state: notices.state })
    .from(notices)
    .where(eq(notices.subscriberId, subscriberId))
    .orderBy(asc(notices.id))
