import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { LeavingLink } from '../domain/leaving.ts'
import type { EndReason } from '../domain/subscription.ts'
import type { Queryable } from './client.ts'
import { newsletters } from './schema/publication.ts'
import { consents, subscriptions } from './schema/readers.ts'

/** A reader's subscriptions with their newsletters, in the order of the front page; ended ones too. */
export const subscriptionsOf = (db: Queryable, subscriberId: number) =>
  db
    .select({ subscription: subscriptions, newsletter: newsletters })
    .from(subscriptions)
    .innerJoin(newsletters, eq(newsletters.id, subscriptions.newsletterId))
    .where(eq(subscriptions.subscriberId, subscriberId))
    .orderBy(asc(newsletters.position), asc(newsletters.id))

/**
 * Makes a reader's subscriptions active, proven by a consent event. One that is active stays as it began, without its
 * pause; one that ended begins anew.
 */
export async function startSubscriptions(
  tx: Queryable,
  subscriberId: number,
  newsletterIds: readonly number[],
  consentId: number,
): Promise<void> {
  const inOrder = [...newsletterIds].sort((a, b) => a - b)
  const active = sql`${subscriptions.state} = 'active'`
  await tx
    .insert(subscriptions)
    .values(inOrder.map(newsletterId => ({ subscriberId, newsletterId, consentId })))
    .onConflictDoUpdate({
      target: [subscriptions.newsletterId, subscriptions.subscriberId],
      set: {
        state: 'active',
        endReason: null,
        endedAt: null,
        pausedUntil: null,
        consentId,
        since: sql`case when ${active} then ${subscriptions.since} else now() end`,
      },
    })
}

/** Ends those that are active, and answers which they were. Their pause is kept, for an undo. */
export async function endSubscriptions(
  tx: Queryable,
  subscriberId: number,
  newsletterIds: readonly number[],
  reason: EndReason,
): Promise<number[]> {
  const rows = await tx
    .update(subscriptions)
    .set({ state: 'ended', endReason: reason, endedAt: sql`now()` })
    .where(
      and(
        eq(subscriptions.subscriberId, subscriberId),
        inArray(subscriptions.newsletterId, [...newsletterIds]),
        eq(subscriptions.state, 'active'),
      ),
    )
    .returning({ id: subscriptions.newsletterId })
  return rows.map(row => row.id)
}

/** What this link ended in the last `hours`, and what is still ended by it: the newsletters' ids. */
export async function endedByLink(db: Queryable, link: LeavingLink, hours: number): Promise<number[]> {
  const rows = await db
    .selectDistinct({ id: subscriptions.newsletterId })
    .from(consents)
    .innerJoin(
      subscriptions,
      and(
        eq(subscriptions.subscriberId, consents.subscriberId),
        eq(subscriptions.endedAt, consents.at),
        sql`${subscriptions.newsletterId} = any(${consents.newsletterIds})`,
      ),
    )
    .where(
      and(
        eq(consents.subscriberId, link.subscriberId),
        eq(consents.kind, 'left'),
        eq(consents.origin, link.origin),
        sql`${consents.dispatchId} is not distinct from ${link.dispatchId}::bigint`,
        gt(consents.at, sql`now() - make_interval(hours => ${hours}::int)`),
      ),
    )
  return rows.map(row => row.id)
}

/** Makes ended ones active again as they were before, their pause and their beginning included. */
export const reviveSubscriptions = (
  tx: Queryable,
  subscriberId: number,
  newsletterIds: readonly number[],
  consentId: number,
) =>
  tx
    .update(subscriptions)
    .set({ state: 'active', endReason: null, endedAt: null, consentId })
    .where(
      and(
        eq(subscriptions.subscriberId, subscriberId),
        inArray(subscriptions.newsletterId, [...newsletterIds]),
      ),
    )

/** Pauses an active subscription for so many days from now, or ends its pause; false where there is none such. */
export async function pauseSubscription(
  tx: Queryable,
  subscriberId: number,
  newsletterId: number,
  days: number | 'resume',
): Promise<boolean> {
  const rows = await tx
    .update(subscriptions)
    .set({ pausedUntil: days === 'resume' ? null : sql`now() + make_interval(days => ${days}::int)` })
    .where(
      and(
        eq(subscriptions.subscriberId, subscriberId),
        eq(subscriptions.newsletterId, newsletterId),
        eq(subscriptions.state, 'active'),
        days === 'resume' ? gt(subscriptions.pausedUntil, sql`now()`) : undefined,
      ),
    )
    .returning({ id: subscriptions.newsletterId })
  return rows.length > 0
}
