import type { CountsIn } from './tallies.ts'

const statements = new Map<string, string>()

/**
 * What `takeTurns` asks. It names the ledger's partition, since a plan for all of them locks each at every run. `plain` is
 * the same for the usual case, all sent and every connection known: 0.1 ms less of 0.5 ms for ten turns.
 */
export function turnStatement(partition: string, kind: 'plain' | 'any', countsIn: CountsIn): string {
  const key = `${partition} ${kind} ${countsIn === 'dispatch' ? countsIn : countsIn.slot}`
  const known = statements.get(key)
  if (known) return known
  const made = (kind === 'plain' ? plainStatement : anyStatement)(partition, countsIn)
  statements.set(key, made)
  return made
}

const heldAndAsked = (partition: string) => `
with held as materialized (
  select b.id, b.fence from unnest($4::bigint[], $5::int[]) as mine(id, fence)
  join batches b on b.id = mine.id and b.fence = mine.fence and b.holder = $2::uuid and b.leased_until > now()
  for share of b
), asked as materialized (
  select w.place, w.connection, w.batch, h.fence, r.address, r.name, case
      when w.subscriber is null then 'idle'
      when p.state <> 'sending' then 'stopped'
      when h.id is null then 'lost'
      when d.subscriber_id is null then 'done'
      when r.id is null or s.subscriber_id is null or x.hit then 'gone'
      else 'go' end as answer, w.subscriber
  from unnest($6::uuid[], $7::bigint[], $8::bigint[], $9::bigint[])
    with ordinality as w(connection, subscriber, newsletter, batch, place)
  cross join (select state from dispatches where id = $1::bigint) as p
  left join held h on h.id = w.batch
  left join ${partition} d on d.dispatch_id = $1::bigint and d.subscriber_id = w.subscriber
    and d.state in ('pending', 'unknown')
  left join subscribers r on r.id = w.subscriber
  left join subscriptions s on s.newsletter_id = w.newsletter and s.subscriber_id = w.subscriber
    and s.state = 'active' and (s.paused_until is null or s.paused_until <= now())
  -- The limit keeps the planner from hashing all suppressions each time.
  left join lateral (select true as hit from suppressions where address_key = r.address_key limit 1) as x on true
), sent as (
  update ${partition} set state = 'sent', attempts = attempts + 1, changed_at = now()
  where dispatch_id = $1::bigint and subscriber_id = any($3::bigint[]) and state = 'pending'
  returning 1
), noted as (
  update in_flight f set holder = $2::uuid, dispatch_id = $1::bigint, batch_id = a.batch, fence = a.fence,
    subscriber_id = case when answer = 'go' then a.subscriber end
  from asked a where f.connection = a.connection
  returning f.connection
)`

const moved = '(t.sent <> 0 or t.failed <> 0 or t.suppressed <> 0 or t.unknown <> 0 or t.pending <> 0)'

/** Moves the counters by `t`, the last of a statement's locks: after what `after` reads. */
const counting = (countsIn: CountsIn, after: string) =>
  countsIn === 'dispatch'
    ? `update dispatches d set sent = d.sent + t.sent, failed = d.failed + t.failed,
    suppressed = d.suppressed + t.suppressed, unknown = d.unknown + t.unknown, pending = d.pending + t.pending,
    active_at = now()
  from t, ${after} where d.id = $1::bigint and ${moved}`
    : `insert into tallies as y (dispatch_id, slot, sent, failed, suppressed, unknown, pending)
  select $1::bigint, ${countsIn.slot}, t.sent, t.failed, t.suppressed, t.unknown, t.pending from t, ${after} where ${moved}
  on conflict (dispatch_id, slot) do update set sent = y.sent + excluded.sent, failed = y.failed + excluded.failed,
    suppressed = y.suppressed + excluded.suppressed, unknown = y.unknown + excluded.unknown,
    pending = y.pending + excluded.pending`

/** A connection whose row is gone was taken for dead: it starts nothing. */
const plainStatement = (
  partition: string,
  countsIn: CountsIn,
) => `${heldAndAsked(partition)}, t as materialized (
  select count(*)::int as sent, 0 as failed, 0 as suppressed, 0 as unknown, -count(*)::int as pending from sent
), counted as (
  ${counting(countsIn, '(select count(*) from noted) as after')}
)
select case when answer = 'go' and n.connection is null then 'lost' else answer end as answer, address, name,
  (select count(*) from sent) as written
from asked a left join noted n on n.connection = a.connection order by place`

const anyStatement = (
  partition: string,
  countsIn: CountsIn,
) => `${heldAndAsked(partition)}, later as materialized (
  select id from batches
  where id = any($11::bigint[]) and finished_at is null and holder is null and due_at > now() for share
), known as materialized (
  -- Waits for an erasure that is under way: a server's words often name the address.
  select r.id from subscribers r
  where r.id in (select o.s from jsonb_to_recordset($10::text::jsonb) as o(s bigint)) for key share
), moved as (
  update ${partition} d set state = o.now::delivery_state, attempts = d.attempts + o.tried,
    reply = case when k.id is null then null when o.now = 'pending' and o.tried = 0 then d.reply else o.reply end,
    batch_id = coalesce(l.id, d.batch_id), moved = d.moved or l.id is not null, changed_at = now()
  from jsonb_to_recordset($10::text::jsonb) as o(s bigint, was text, now text, reply text, tried int,
      batch bigint, later bigint, hash text, version int)
  left join held h on h.id = o.batch
  left join later l on l.id = o.later
  left join known k on k.id = o.s
  where d.dispatch_id = $1::bigint and d.subscriber_id = o.s and d.state = o.was::delivery_state
    and (o.now = 'sent' or h.id is not null)
  returning o.s, o.was, o.now, o.reply, o.hash, o.version
), suppressed as (
  insert into suppressions (address_key, address_hash, hash_version, cause, evidence, dispatch_id)
  select r.address_key, decode(m.hash, 'hex'), m.version, 'bounced', jsonb_build_object('reply', m.reply), $1::bigint
  from moved m join subscribers r on r.id = m.s
  where m.hash is not null
  on conflict (address_hash, cause) do nothing
), opened as (
  insert into in_flight (connection, holder, dispatch_id, subscriber_id, batch_id, fence)
  select a.connection, $2::uuid, $1::bigint, a.subscriber, a.batch, a.fence from asked a
  where a.answer = 'go' and not exists (select from noted n where n.connection = a.connection)
  on conflict (connection) do nothing
), t as materialized (
    select fast.n + sum((now = 'sent')::int - (was = 'sent')::int) as sent,
      sum((now = 'failed')::int - (was = 'failed')::int) as failed,
      sum((now = 'suppressed')::int - (was = 'suppressed')::int) as suppressed,
      sum((now = 'unknown')::int - (was = 'unknown')::int) as unknown,
      sum((now = 'pending')::int - (was = 'pending')::int) - fast.n as pending
    from (select count(*)::int as n from sent) as fast
    cross join (select was, now from moved union all select 'none', 'none') as steps
    group by fast.n
), counted as (
  ${counting(countsIn, '(select count(*) from noted) as after')}
)
select answer, address, name,
  (select count(*) from sent) + (select count(*) from moved where now = 'sent') as written
from asked order by place`

/** Writes facts that did not find their delivery as it was claimed: a 250 counts, whoever held it meanwhile. */
export const arrivalStatement = (countsIn: CountsIn) => `
with old as (
  select subscriber_id, state from deliveries
  where dispatch_id = $1::bigint and subscriber_id = any($2::text::bigint[]) and state <> 'sent'
  order by subscriber_id for update
), changed as (
  update deliveries d set state = 'sent', changed_at = now() from old
  where d.dispatch_id = $1::bigint and d.subscriber_id = old.subscriber_id
  returning old.state
), t as (
  select count(*)::int as sent, -count(*) filter (where state = 'pending')::int as pending,
    -count(*) filter (where state = 'failed')::int as failed,
    -count(*) filter (where state = 'suppressed')::int as suppressed,
    -count(*) filter (where state = 'unknown')::int as unknown from changed
)
${counting(countsIn, '(select) as after')}`
