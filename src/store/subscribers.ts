import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { EmailAddress } from '../domain/email-address.ts'
import type { Language } from '../domain/languages.ts'
import { mostTags } from '../domain/tags.ts'
import type { Queryable } from './client.ts'
import { newsletters } from './schema/publication.ts'
import { subscribers, subscriptions } from './schema/readers.ts'

export type Subscriber = typeof subscribers.$inferSelect

export async function findSubscriber(db: Queryable, id: number): Promise<Subscriber | undefined> {
  const [row] = await db.select().from(subscribers).where(eq(subscribers.id, id))
  return row
}

/** The reader of an address, by its key. */
export async function findSubscriberByKey(
  db: Queryable,
  addressKey: string,
): Promise<Subscriber | undefined> {
  const [row] = await db.select().from(subscribers).where(eq(subscribers.addressKey, addressKey))
  return row
}

/** Reads a reader and keeps everybody else from changing them until the transaction ends. */
export async function lockSubscriber(tx: Queryable, id: number): Promise<Subscriber | undefined> {
  const [row] = await tx.select().from(subscribers).where(eq(subscribers.id, id)).for('no key update')
  return row
}

type Proven = {
  address: Pick<EmailAddress, 'address' | 'key'>
  name: string | undefined
  language: Language
}

/**
 * The reader of a proven address, made where there is none. A name counts for somebody new, for who has none, and for
 * who comes back; an active reader's name is changed in the preferences only.
 */
export async function provenSubscriber(tx: Queryable, { address, name, language }: Proven): Promise<number> {
  const reads = sql`exists (select from ${subscriptions} where ${subscriptions.subscriberId} = ${subscribers.id}
    and ${subscriptions.state} = 'active')`
  const [row] = await tx
    .insert(subscribers)
    .values({ address: address.address, addressKey: address.key, name: name ?? '', locale: language })
    .onConflictDoUpdate({
      target: subscribers.addressKey,
      set: {
        name: sql`case when excluded.name = '' or (${subscribers.name} <> '' and ${reads}) then ${subscribers.name}
          else excluded.name end`,
        updatedAt: sql`now()`,
      },
    })
    .returning({ id: subscribers.id })
  return row!.id
}

export const updateSubscriber = (
  tx: Queryable,
  id: number,
  change: Partial<Pick<Subscriber, 'name' | 'locale' | 'timeZone'>>,
) =>
  tx
    .update(subscribers)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(subscribers.id, id))

/** Gives a reader another address; false where another reader has it, even one who confirms at this moment. */
export async function moveSubscriber(
  tx: Queryable,
  id: number,
  address: Pick<Subscriber, 'address' | 'addressKey'>,
): Promise<boolean> {
  try {
    await tx.transaction(savepoint =>
      savepoint
        .update(subscribers)
        .set({ ...address, updatedAt: sql`now()` })
        .where(eq(subscribers.id, id)),
    )
    return true
  } catch (error) {
    if (((error as Error).cause as { code?: string } | undefined)?.code === uniqueViolation) return false
    throw error
  }
}

const uniqueViolation = '23505'

export const removeSubscriber = (tx: Queryable, id: number) =>
  tx.delete(subscribers).where(eq(subscribers.id, id))

type Filter = {
  /** By its key. */
  addressKey?: string
  newsletterId?: number
  /** The last id of the page before. */
  after?: number
  limit: number
}

export type ListedSubscriber = {
  id: number
  email: string
  name: string
  createdAt: Date
  tags: string[]
  subscriptions: { newsletter: string; state: 'active' | 'ended' }[]
}

/** Readers by id, with all their subscriptions; of one newsletter those who have it or had it. */
export async function listSubscribers(db: Queryable, filter: Filter): Promise<ListedSubscriber[]> {
  const rows = await db
    .select(listed)
    .from(subscribers)
    .where(
      and(
        gt(subscribers.id, filter.after ?? 0),
        filter.addressKey === undefined ? undefined : eq(subscribers.addressKey, filter.addressKey),
        hasOrHad(filter.newsletterId),
      ),
    )
    .orderBy(asc(subscribers.id))
    .limit(filter.limit)
  return withSubscriptions(db, rows)
}

/** What a list shows of a reader. */
export const listed = {
  id: subscribers.id,
  email: subscribers.address,
  name: subscribers.name,
  createdAt: subscribers.createdAt,
  tags: subscribers.tags,
}

const hasOrHad = (newsletterId: number | undefined) =>
  newsletterId === undefined
    ? undefined
    : sql`exists (select from ${subscriptions} where ${subscriptions.subscriberId} = ${subscribers.id}
        and ${subscriptions.newsletterId} = ${newsletterId})`

/** Puts their subscriptions beside them, in the order of the front page. */
export async function withSubscriptions(
  db: Queryable,
  rows: Omit<ListedSubscriber, 'subscriptions'>[],
): Promise<ListedSubscriber[]> {
  if (!rows.length) return []
  const theirs = await db
    .select({
      subscriberId: subscriptions.subscriberId,
      newsletter: newsletters.slug,
      state: subscriptions.state,
    })
    .from(subscriptions)
    .innerJoin(newsletters, eq(newsletters.id, subscriptions.newsletterId))
    .where(
      inArray(
        subscriptions.subscriberId,
        rows.map(row => row.id),
      ),
    )
    .orderBy(asc(newsletters.position), asc(newsletters.id))
  const byReader = Map.groupBy(theirs, row => row.subscriberId)
  return rows.map(row => ({
    ...row,
    subscriptions: (byReader.get(row.id) ?? []).map(({ newsletter, state }) => ({ newsletter, state })),
  }))
}

/** Files a reader under more; false where that were too many. */
export async function addTags(tx: Queryable, id: number, tags: readonly string[]): Promise<boolean> {
  const all = sql`array(select distinct unnest(${subscribers.tags} || ${sql.param(tags)}::text[]) order by 1)`
  const rows = await tx
    .update(subscribers)
    .set({ tags: sql`${all}`, updatedAt: sql`now()` })
    .where(and(eq(subscribers.id, id), sql`cardinality(${all}) <= ${mostTags}`))
    .returning({ id: subscribers.id })
  return rows.length > 0
}

export const removeTag = (tx: Queryable, id: number, tag: string) =>
  tx
    .update(subscribers)
    .set({ tags: sql`array_remove(${subscribers.tags}, ${tag})`, updatedAt: sql`now()` })
    .where(eq(subscribers.id, id))
