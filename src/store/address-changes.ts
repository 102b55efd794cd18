import { and, eq, gt, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { notices } from './schema/mail.ts'
import { consents } from './schema/readers.ts'

const of = (subscriberId: number) =>
  and(eq(notices.kind, 'address_change'), eq(notices.subscriberId, subscriberId))

/** How many changes of address a reader asked for in the last 24 hours. */
export async function countAddressChanges(db: Queryable, subscriberId: number): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(notices)
    .where(and(of(subscriberId), gt(notices.createdAt, sql`now() - interval '24 hours'`)))
  return row!.count
}

/**
 * A change of address that a reader asked for, by the notice that carries its link. `superseded`: another was asked for
 * or made since.
 */
export async function findAddressChange(
  db: Queryable,
  subscriberId: number,
  noticeId: number,
): Promise<{ newAddress: string; superseded: boolean } | undefined> {
  const [row] = await db
    .select({
      newAddress: notices.recipient,
      superseded: sql<boolean>`exists (select from ${notices} later where later.kind = 'address_change'
          and later.subscriber_id = ${subscriberId} and later.id > ${noticeId})
        or exists (select from ${consents} where ${consents.subscriberId} = ${subscriberId}
          and ${consents.kind} = 'address_changed' and ${consents.at} >= ${notices.createdAt})`,
    })
    .from(notices)
    .where(and(of(subscriberId), eq(notices.id, noticeId)))
  return row
}
