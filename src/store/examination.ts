import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'

/** The server's version, such as `18.4`. */
export async function serverVersion(db: Queryable): Promise<string> {
  const [row] = await db.execute<{ server_version: string }>(sql`show server_version`)
  return row!.server_version.split(' ')[0]!
}

/** The digests whose dispatch's counters differ from its rows, of one moment. Ledgers that were dropped have no rows. */
export async function digestsOutOfBalance(db: Queryable): Promise<number[]> {
  const rows = await db.execute<{ digest_id: string }>(sql`
    select d.digest_id from dispatches d join (
      select dispatch_id, count(*) as intended, count(*) filter (where state = 'sent') as sent,
        count(*) filter (where state = 'failed') as failed, count(*) filter (where state = 'suppressed') as suppressed,
        count(*) filter (where state = 'unknown') as unknown, count(*) filter (where state = 'pending') as pending
      from deliveries group by dispatch_id
    ) r on r.dispatch_id = d.id join balances b on b.dispatch_id = d.id
    where (r.intended, r.sent, r.failed, r.suppressed, r.unknown, r.pending)
      <> (b.intended, b.sent, b.failed, b.suppressed, b.unknown, b.pending)
    order by d.digest_id`)
  return rows.map(row => Number(row.digest_id))
}

type Transport = 'smtp' | 'mailbox'
export type Stuck = { digestId: number; transport: Transport }

/** Digests that should be on their way, and that no sender has had in hand for two minutes. */
export async function digestsWithoutSender(db: Queryable): Promise<Stuck[]> {
  const rows = await db.execute<{ digest_id: string; transport: Transport }>(sql`
    select digest_id, transport from dispatches
    where (state = 'scheduled' and due_at < now() - interval '2 minutes')
      or (state = 'sending' and active_at < now() - interval '2 minutes')
    order by digest_id`)
  return rows.map(row => ({ digestId: Number(row.digest_id), transport: row.transport }))
}

export type Waiting = { transport: Transport; waiting: number; stuck: number }

/** What waits to be mailed or decided, by transport; `stuck` has waited over ten minutes though its time had come. */
export async function waitingByTransport(db: Queryable): Promise<Waiting[]> {
  const rows = await db.execute<Waiting>(sql`
    select transport, count(*)::int as waiting, (count(*) filter (where old and due))::int as stuck
    from (
      select transport, created_at < now() - interval '10 minutes' as old, due_at < now() + interval '1 hour' as due
      from notices where state = 'waiting'
      union all
      select transport, due_at < now() - interval '10 minutes', true from sign_ups where state = 'waiting'
    ) as mails
    group by transport order by transport`)
  return [...rows]
}
