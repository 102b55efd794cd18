import { type SQL, sql, TransactionRollbackError } from 'drizzle-orm'
import type { Db } from './client.ts'
import { type Chosen, chosenOf, retriable } from './failures.ts'
import { foldTalliesOf, withTallies } from './tallies.ts'

/** As many as a sender leases at a time. */
const batchSize = 1000

type Wish = {
  chosen: Chosen
  /** Only what has stood so since then: a second click finds nothing that the first one sent and that failed again. */
  asOf?: Date
}

const chosenRows = (dispatchId: number, { chosen, asOf }: Wish) => sql`
  select d.subscriber_id, d.state, b.newsletter_id, b.domain
  from deliveries d join dispatches p on p.id = d.dispatch_id join batches b on b.id = d.batch_id
    left join subscribers r on r.id = d.subscriber_id
  where ${chosenOf(dispatchId, chosen)}
    and (${asOf?.toISOString() ?? null}::timestamptz is null
      or d.changed_at is null or d.changed_at <= ${asOf?.toISOString() ?? null}::timestamptz)`

/**
 * Puts failed and unknown deliveries back to pending, as if never tried, in batches that are due now, with new time to
 * deliver (`deliverFor` in milliseconds); a finished dispatch goes on. One statement, which moves the counters too and
 * locks as `takeTurns` does: batches, deliveries, dispatches. Answers how many.
 */
export const putBack = (
  db: Db,
  dispatchId: number,
  { deliverFor, ...wish }: Wish & { deliverFor: number },
): Promise<number> =>
  changing(
    db,
    dispatchId,
    sql`
    with locked as materialized (
      ${chosenRows(dispatchId, wish)} and ${retriable} order by d.subscriber_id for update of d
    ), placed as materialized (
      select *, ((row_number() over (partition by newsletter_id, domain order by subscriber_id) - 1) / ${batchSize}::int)::int as place
      from locked
    ), made as (
      insert into batches (dispatch_id, newsletter_id, domain, due_at)
      select ${dispatchId}::bigint, newsletter_id, domain, now() from placed group by newsletter_id, domain, place
      returning id, newsletter_id, domain
    ), cut as (
      select newsletter_id, domain, array_agg(id order by id) as ids from made group by 1, 2
    ), back as (
      update deliveries d set state = 'pending', attempts = 0, changed_at = now(), moved = true,
        batch_id = cut.ids[placed.place + 1]
      from placed join cut using (newsletter_id, domain)
      where d.dispatch_id = ${dispatchId}::bigint and d.subscriber_id = placed.subscriber_id
      returning placed.state as was
    ), t as (
      select count(*) filter (where was = 'failed')::int as failed,
        count(*) filter (where was = 'unknown')::int as unknown from back
    )
    update dispatches p set failed = p.failed - t.failed, unknown = p.unknown - t.unknown,
      pending = p.pending + t.failed + t.unknown,
      state = case when p.state = 'finished' then 'sending' else p.state end, finished_at = null,
      active_at = case when p.state = 'finished' then now() else p.active_at end,
      deliver_until = greatest(p.deliver_until, now() + ${deliverFor}::float8 * interval '1 millisecond')
    from t
    where p.id = ${dispatchId}::bigint and p.state in ('sending', 'paused', 'finished') and t.failed + t.unknown > 0
    returning t.failed + t.unknown as readers`,
  )

/** What is unknown is taken for sent; only where nobody sends it again by itself. Answers how many. */
export const countAsSent = (db: Db, dispatchId: number, wish: Wish): Promise<number> =>
  changing(
    db,
    dispatchId,
    sql`
    with locked as materialized (
      ${chosenRows(dispatchId, wish)} and d.state = 'unknown' and p.unknown_policy = 'hold'
      order by d.subscriber_id for update of d
    ), settled as (
      update deliveries d set state = 'sent', changed_at = now() from locked
      where d.dispatch_id = ${dispatchId}::bigint and d.subscriber_id = locked.subscriber_id
      returning 1
    ), t as (select count(*)::int as n from settled)
    update dispatches p set unknown = p.unknown - t.n, sent = p.sent + t.n from t
    where p.id = ${dispatchId}::bigint and p.state in ('sending', 'paused', 'finished') and t.n > 0
    returning t.n as readers`,
  )

/** Where the counters did not move, since the dispatch was cancelled meanwhile, nothing else has either. */
async function changing(db: Db, dispatchId: number, statement: SQL): Promise<number> {
  try {
    return await withTallies(
      () => foldTalliesOf(db, dispatchId),
      () =>
        db.transaction(async tx => {
          const [row] = await tx.execute<{ readers: number }>(statement)
          return row ? Number(row.readers) : tx.rollback()
        }),
    )
  } catch (error) {
    if (error instanceof TransactionRollbackError) return 0
    throw error
  }
}
