import { sql } from 'drizzle-orm'
import type { Db, Queryable } from './client.ts'
import { newsletterHours, openNow } from './open-hours.ts'

type Wish = {
  transport: 'smtp' | 'mailbox'
  /** So many batches at most are offered or leased at any moment. */
  most: number
}

/**
 * Chooses the batches that are to be delivered next and answers their ids: those of breaking dispatches first, then so that
 * each stream has as many as the others; of a domain that has a limit one at a time. Each is offered for 30 s: whose
 * message was lost, or found nobody at work, is offered again then.
 */
export const offerBatches = (db: Db, { transport, most }: Wish): Promise<number[]> =>
  db.transaction(async tx => {
    // Two that count at once would both find room.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('offers'))`)
    const rows = await tx.execute<{ id: string }>(sql`
      with hand as materialized (
        select dispatch_id, newsletter_id, domain, count(*)::int as n from batches
        where finished_at is null and (leased_until > now() or offered_until > now()) group by 1, 2, 3
      ), domains as (
        select '' as domain, false as limited, false as paused
        union all
        select domain, connections is not null or per_minute is not null, coalesce(paused_until > now(), false)
        from mail_domains
      ), streams as (
        select d.id as dispatch_id, d.breaking, r.newsletter_id, m.domain, coalesce(h.n, 0) as n,
          case when m.limited then 1 - coalesce(h.n, 0) else ${most}::int end as room
        from dispatches d
        join renderings r on r.dispatch_id = d.id
        ${sql.raw(newsletterHours('r.newsletter_id'))}
        cross join domains m
        left join hand h on h.dispatch_id = d.id and h.newsletter_id = r.newsletter_id and h.domain = m.domain
        where d.state = 'sending' and d.transport = ${transport}
          and (d.deliver_until <= now() or (not m.paused and ${sql.raw(openNow)}))
      ), free as (
        select f.id, f.due_at, s.breaking,
          s.n + row_number() over (partition by s.dispatch_id, s.newsletter_id, s.domain order by f.due_at, f.id) as turn
        from streams s cross join lateral (
          select id, due_at from batches b
          where b.dispatch_id = s.dispatch_id and b.newsletter_id = s.newsletter_id and b.domain = s.domain
            and finished_at is null and holder is null and due_at <= now()
            and (offered_until is null or offered_until <= now())
          order by due_at, id limit greatest(0, s.room)
        ) as f
      )
      update batches set offered_until = now() + interval '30 seconds'
      where id in (
        select id from free order by breaking desc, turn, due_at, id
        limit greatest(0, ${most}::int - (select coalesce(sum(n), 0) from hand))
      )
      returning id`)
    return rows.map(row => Number(row.id))
  })

/** Takes offers back that could not be made. */
export const withdrawOffers = (db: Queryable, ids: readonly number[]) =>
  db.execute(sql`
    update batches set offered_until = null
    where id = any(${sql.param(ids)}::bigint[]) and holder is null`)
