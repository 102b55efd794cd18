import type { Raw } from './client.ts'

/**
 * Reserves `count` messages of an allowance that all senders of the database share, at `perSecond` and without bursts.
 * Answers the milliseconds from now at which the first of them may start; the others follow evenly.
 */
export async function reserve(
  raw: Raw,
  { scope, perSecond, count }: { scope: string; perSecond: number; count: number },
): Promise<number> {
  const seconds = count / perSecond
  const [row] = await raw`
    insert into send_rate as r (scope, spent_until)
    values (${scope}, clock_timestamp() + ${seconds}::float8 * interval '1 second')
    on conflict (scope) do update
      set spent_until = greatest(r.spent_until, clock_timestamp()) + ${seconds}::float8 * interval '1 second'
    returning extract(epoch from spent_until - clock_timestamp())::float8 as until`
  return Math.max(0, (Number(row!.until) - seconds) * 1000)
}
