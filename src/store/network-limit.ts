import { sql } from 'drizzle-orm'
import type { Tx } from './client.ts'

/**
 * What a network asked for in the last hour, sign-ups and preferences links together. Answers the seconds until it may
 * ask again, or undefined where it may now. Holds every other request of this network until the transaction ends, so
 * that many at once don't slip through together.
 */
export async function networkWait(tx: Tx, network: string, perHour: number): Promise<number | undefined> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${network}, 7305122020))`)
  const [row] = await tx.execute<{ seconds: number }>(sql`
    select ceil(extract(epoch from created_at + interval '1 hour' - now()))::int as seconds from (
      select created_at from sign_ups where network = ${network} and created_at > now() - interval '1 hour'
      union all
      select created_at from link_requests where network = ${network} and created_at > now() - interval '1 hour'
    ) asked order by created_at desc offset ${perHour - 1} limit 1`)
  return row && Math.max(1, row.seconds)
}
