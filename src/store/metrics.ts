import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'

export type Counts = {
  dispatches: Record<string, number>
  deliveries: { sent: number; failed: number; suppressed: number; unknown: number; pending: number }
  pauses: Record<string, number>
  batches: { waiting: number; leased: number; overdue: number; oldestDueSeconds: number }
  connections: { open: number; sending: number }
  notices: { waiting: number; oldestWaitingSeconds: number }
  signUps: Record<string, number>
  /** Domains that are left alone, by the reason. */
  pausedDomains: Record<string, number>
}

/** What is counted of the whole installation, in one round: counters and small tables only, never the ledger. */
export async function countAll(db: Queryable): Promise<Counts> {
  const [row] = await db.execute<{ counts: Counts | string }>(sql`
    select jsonb_build_object(
      'dispatches', (select coalesce(jsonb_object_agg(state, count), '{}') from (select state, count(*) from dispatches group by 1) as d),
      'deliveries', (select jsonb_build_object('sent', coalesce(sum(sent), 0), 'failed', coalesce(sum(failed), 0),
        'suppressed', coalesce(sum(suppressed), 0), 'unknown', coalesce(sum(unknown), 0), 'pending', coalesce(sum(pending), 0)) from balances),
      'pauses', (select coalesce(jsonb_object_agg(reason, count), '{}')
        from (select coalesce(pause_reason, 'editor') as reason, count(*) from dispatches where state = 'paused' group by 1) as p),
      'batches', (select jsonb_build_object(
        'waiting', count(*) filter (where holder is null and not due), 'leased', count(*) filter (where holder is not null),
        'overdue', count(*) filter (where holder is null and due),
        'oldestDueSeconds', coalesce(extract(epoch from now() - min(due_at) filter (where holder is null and due)), 0))
        from (select b.holder, b.due_at, b.due_at <= now() and d.state = 'sending' as due
          from batches b join dispatches d on d.id = b.dispatch_id where b.finished_at is null) as b),
      'connections', (select jsonb_build_object('open', count(*), 'sending', count(subscriber_id)) from in_flight),
      'notices', (select jsonb_build_object('waiting', count(*),
        'oldestWaitingSeconds', coalesce(extract(epoch from now() - min(created_at)), 0)) from notices where state = 'waiting'),
      'pausedDomains', (select coalesce(jsonb_object_agg(pause_reason, count), '{}') from (
        select pause_reason, count(*) from mail_domains where paused_until > now() group by 1) as m),
      'signUps', (select coalesce(jsonb_object_agg(state, count), '{}') from (select state, count(*) from sign_ups group by 1) as s)
    ) as counts`)
  const { counts } = row!
  return typeof counts === 'string' ? JSON.parse(counts) : counts
}
