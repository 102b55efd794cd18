import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { sendRate } from './schema/sending.ts'

/**
 * Takes the next turn of a rate that all processes share, `perSecond` under the name `scope`, and answers how many
 * milliseconds from now it comes. What nobody used is not saved up.
 */
export async function takeTurn(db: Queryable, scope: string, perSecond: number): Promise<number> {
  const step = sql`${1000 / perSecond}::float8 * interval '1 millisecond'`
  const [row] = await db
    .insert(sendRate)
    .values({ scope, spentUntil: sql`clock_timestamp() + ${step}` })
    .onConflictDoUpdate({
      target: sendRate.scope,
      set: { spentUntil: sql`greatest(${sendRate.spentUntil}, clock_timestamp()) + ${step}` },
    })
    .returning({
      wait: sql<number>`(extract(epoch from ${sendRate.spentUntil} - ${step} - clock_timestamp()) * 1000)::float8`,
    })
  return Math.max(0, row!.wait)
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
