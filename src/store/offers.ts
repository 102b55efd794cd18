import { sql } from 'drizzle-orm'
import type { Db, Queryable } from './client.ts'
import { newsletterHours, openNow } from './open-hours.ts'

type Wish = {
  transport: 'smtp' | 'mailbox'
  /** So many batches at most are offered or leased at any moment. */
  most: number
}

/**
 * Chooses the batches that are to be delivered next and answers their ids: those of breaking dispatches first, then so
 * that each dispatch has as many in hands as the others, and each stream of it; chance decides who is next of those that
 * have equally many. A domain that has a limit is one consumer's at a time, whatever is to go there. Each is offered for
 * 30 s: whose message was lost, or found nobody at work, is offered again then.
 */
export const offerBatches = (db: Db, { transport, most }: Wish): Promise<number[]> =>
  db.transaction(async tx => {
    // Two that count at once would both find room.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('offers'))`)
    const rows = await tx.execute<{ id: string }>(sql`
      with hand as materialized (
        select dispatch_id, newsletter_id, domain from batches
        where finished_at is null and (leased_until > now() or offered_until > now())
      ), domains as (
        select '' as domain, false as limited, false as paused, false as taken
        union all
        select domain, connections is not null or per_minute is not null, coalesce(paused_until > now(), false),
          coalesce(leased_until > now(), false) or exists (select from hand where hand.domain = m.domain)
        from mail_domains m
      ), streams as (
        -- What is past its time only has to fail, whatever its domain allows.
        select d.id as dispatch_id, d.breaking, r.newsletter_id, m.domain,
          m.limited and d.deliver_until > now() as limited
        from dispatches d
        join renderings r on r.dispatch_id = d.id
        ${sql.raw(newsletterHours('r.newsletter_id'))}
        cross join domains m
        where d.state = 'sending' and d.transport = ${transport}
          and (d.deliver_until <= now() or (not m.paused and not (m.limited and m.taken) and ${sql.raw(openNow)}))
      ), free as (
        select f.id, s.*,
          (select count(*) from hand where (hand.dispatch_id, hand.newsletter_id, hand.domain)
            = (s.dispatch_id, s.newsletter_id, s.domain))
          + row_number() over (partition by s.dispatch_id, s.newsletter_id, s.domain order by f.due_at, f.id) as turn,
          row_number() over (partition by s.domain order by s.breaking desc, random()) as of_domain
        from streams s cross join lateral (
          select id, due_at from batches b
          where b.dispatch_id = s.dispatch_id and b.newsletter_id = s.newsletter_id and b.domain = s.domain
            and finished_at is null and holder is null and due_at <= now()
            and (offered_until is null or offered_until <= now())
          order by due_at, id limit case when s.limited then 1 else ${most}::int end
        ) as f
      ), ranked as (
        select id, breaking, (select count(*) from hand where hand.dispatch_id = free.dispatch_id)
          + row_number() over (partition by dispatch_id order by turn, random()) as turn
        from free where not limited or of_domain = 1
      ), chosen as materialized (
        select id, row_number() over (order by breaking desc, turn, random()) as place
        from ranked order by place limit greatest(0, ${most}::int - (select count(*) from hand))
      ), offered as (
        update batches set offered_until = now() + interval '30 seconds'
        from chosen where batches.id = chosen.id and holder is null
        returning batches.id, place
      )
      select id from offered order by place`)
    return rows.map(row => Number(row.id))
  })

/** Takes offers back that could not be made. */
export const withdrawOffers = (db: Queryable, ids: readonly number[]) =>
  db.execute(sql`
    update batches set offered_until = null
    where id = any(${sql.param(ids)}::bigint[]) and holder is null`)

/** Offers a batch to nobody for 30 s, as if one had it: it was given back, and would be again. */
export const postponeOffer = (db: Queryable, id: number) =>
  db.execute(sql`
    update batches set offered_until = now() + interval '30 seconds'
    where id = ${id}::bigint and holder is null and finished_at is null`)
