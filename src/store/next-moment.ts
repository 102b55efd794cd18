import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { troubleOf } from './outbox.ts'

type Wish = {
  transport: 'smtp' | 'mailbox'
  /** How far to look ahead, in milliseconds. */
  within: number
}

/**
 * Milliseconds until something is due that waits for its time: a dispatch, a batch or its domain, a lease's end, a
 * notice, a sign-up; undefined where that is not `within` sight. What is due already has been seen to, or waits for
 * something else, but for sign-ups that a limit holds back: they are worth another look in a second.
 */
export async function nextMoment(db: Queryable, { transport, within }: Wish): Promise<number | undefined> {
  const [row] = await db.execute<{ wait: number | null }>(sql`
    select (extract(epoch from min(at) - now()) * 1000)::float8 as wait from (
      select min(due_at) as at from dispatches
      where state = 'scheduled' and transport = ${transport} and due_at > now()
      union all
      select min(greatest(b.due_at, b.leased_until, b.offered_until, m.paused_until, m.leased_until))
      from batches b join dispatches d on d.id = b.dispatch_id left join mail_domains m on m.domain = b.domain
      where d.state = 'sending' and d.transport = ${transport} and b.finished_at is null
        and greatest(b.due_at, b.leased_until, b.offered_until, m.paused_until, m.leased_until) > now()
      union all
      select min(greatest(n.due_at, n.leased_until, w.spent_until))
      from notices n left join send_rate w on w.scope = ${troubleOf(transport)}
      where n.state = 'waiting' and n.transport = ${transport}
        and greatest(n.due_at, n.leased_until, w.spent_until) > now()
      union all
      select min(greatest(due_at, now() + interval '1 second')) from sign_ups
      where state = 'waiting' and transport = ${transport}
      union all
      select min(greatest(due_at, now() + interval '1 second')) from link_requests
      where state = 'waiting' and transport = ${transport}
    ) as moments
    where at <= now() + ${within}::float8 * interval '1 millisecond'`)
  return row?.wait == null ? undefined : Math.max(0, row.wait)
}

/**
 * Milliseconds until the first of what deliveries have put off is due; undefined where that is not `within` sight. A round
 * that went before them does not know of it.
 */
export async function nextDeferral(db: Queryable, { transport, within }: Wish): Promise<number | undefined> {
  const [row] = await db.execute<{ wait: number | null }>(sql`
    select (extract(epoch from min(b.due_at) - now()) * 1000)::float8 as wait
    from batches b join dispatches d on d.id = b.dispatch_id
    where d.state = 'sending' and d.transport = ${transport} and b.finished_at is null and b.due_at > now()
      and b.due_at <= now() + ${within}::float8 * interval '1 millisecond'`)
  return row?.wait == null ? undefined : Math.max(0, row.wait)
}
