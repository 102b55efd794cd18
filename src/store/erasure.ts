import { and, eq, notExists, or, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { notices } from './schema/mail.ts'
import { linkRequests, subscribers } from './schema/readers.ts'

type Reader = { id: number; addressKey: string }

/** Removes every mail to a reader that is no digest, waiting or sent. */
export const removeNoticesOf = (tx: Queryable, { id, addressKey }: Reader) =>
  tx.delete(notices).where(or(eq(notices.subscriberId, id), eq(sql`lower(${notices.recipient})`, addressKey)))

/** What else a reader was reached at in the last 30 days, as far as it is no other reader's now. */
export async function formerAddressKeys(tx: Queryable, { id, addressKey }: Reader): Promise<string[]> {
  const former = sql<string>`lower(${notices.content} ->> 'oldAddress')`
  const rows = await tx
    .selectDistinct({ key: former })
    .from(notices)
    .where(
      and(
        eq(notices.subscriberId, id),
        eq(notices.kind, 'address_changed'),
        sql`${former} <> ${addressKey}`,
        notExists(
          tx.select({ id: subscribers.id }).from(subscribers).where(eq(subscribers.addressKey, former)),
        ),
      ),
    )
  return rows.map(row => row.key)
}

export const removeLinkRequestsOf = (tx: Queryable, addressKey: string) =>
  tx.delete(linkRequests).where(eq(linkRequests.addressKey, addressKey))

/**
 * The ledger keeps its rows, whose numbers name nobody then; a server's reply may quote the address, so it goes. The
 * ledger's key starts with the dispatch: asked dispatch by dispatch, a look-up each; by reader alone it would be read
 * whole.
 */
export const blankReplies = (tx: Queryable, subscriberId: number) =>
  tx.execute(sql`
    update deliveries set reply = null from dispatches
    where deliveries.dispatch_id = dispatches.id and deliveries.subscriber_id = ${subscriberId}
      and deliveries.reply is not null`)
