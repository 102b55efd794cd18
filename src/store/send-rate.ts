import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { sendRate } from './schema/limits.ts'

type Wish = { scope: string; perSecond: number; count: number }

/**
 * Reserves `count` messages of an allowance that all processes of the database share, at `perSecond` and without
 * bursts. Answers the milliseconds from now at which the first of them may start; the others follow evenly. What nobody
 * used is not saved up.
 */
export async function reserve(db: Queryable, { scope, perSecond, count }: Wish): Promise<number> {
  const span = sql`${(count * 1000) / perSecond}::float8 * interval '1 millisecond'`
  const [row] = await db
    .insert(sendRate)
    .values({ scope, spentUntil: sql`clock_timestamp() + ${span}` })
    .onConflictDoUpdate({
      target: sendRate.scope,
      set: { spentUntil: sql`greatest(${sendRate.spentUntil}, clock_timestamp()) + ${span}` },
    })
    .returning({
      wait: sql<number>`(extract(epoch from ${sendRate.spentUntil} - ${span} - clock_timestamp()) * 1000)::float8`,
    })
  return Math.max(0, Number(row!.wait))
}

/** Keeps everybody from `scope` for so many milliseconds, or as long as somebody wanted already. */
export const holdOff = (db: Queryable, scope: string, ms: number) => {
  const until = sql`clock_timestamp() + ${ms}::float8 * interval '1 millisecond'`
  return db
    .insert(sendRate)
    .values({ scope, spentUntil: until })
    .onConflictDoUpdate({
      target: sendRate.scope,
      set: { spentUntil: sql`greatest(${sendRate.spentUntil}, ${until})` },
    })
}
