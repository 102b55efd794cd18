import type { Raw } from './client.ts'
import { foldTallies, withTallies } from './tallies.ts'

type Wish = {
  dispatchId: number
  readers: readonly number[]
  /** Milliseconds until they are tried again. */
  pause: number
}

/**
 * Takes refusals back: those readers are pending again, in batches of their own, and what suppressed them by this
 * dispatch is gone. Moves the counters with it.
 */
export async function takeBack(raw: Raw, wish: Wish): Promise<void> {
  await withTallies(
    () => foldTallies(raw, wish.dispatchId),
    () => takeOnce(raw, wish),
  )
}

const takeOnce = (raw: Raw, { dispatchId, readers, pause }: Wish) => raw`
  with refused as (
    select d.subscriber_id, b.newsletter_id, b.domain from deliveries d join batches b on b.id = d.batch_id
    where d.dispatch_id = ${dispatchId} and d.subscriber_id = any(${`{${readers.join()}}`}::text::bigint[])
      and d.state = 'failed'
  ), made as (
    insert into batches (dispatch_id, newsletter_id, domain, due_at)
    select distinct ${dispatchId}::bigint, newsletter_id, domain, now() + ${pause}::float8 * interval '1 millisecond'
    from refused
    returning id, newsletter_id, domain
  ), back as (
    update deliveries d set state = 'pending', batch_id = made.id, moved = true, changed_at = now()
    from refused join made using (newsletter_id, domain)
    where d.dispatch_id = ${dispatchId} and d.subscriber_id = refused.subscriber_id and d.state = 'failed'
    returning d.subscriber_id
  ), lifted as (
    delete from suppressions x using subscribers r, back
    where r.id = back.subscriber_id and x.address_key = r.address_key
      and x.dispatch_id = ${dispatchId} and x.cause = 'bounced'
  ), t as (select count(*)::int as n from back)
  update dispatches set failed = failed - t.n, pending = pending + t.n
  from t where id = ${dispatchId} and t.n > 0`

/**
 * How many readers of a domain a dispatch goes to, and which of them failed since the domain does not know them (RFC
 * 3463: 5.1.1, 5.1.10). Reads all of its ledger: asked rarely.
 */
export async function countDomain(
  raw: Raw,
  dispatchId: number,
  domain: string,
): Promise<{ readers: number; refused: number[] }> {
  const [row] = await raw`
    select count(*)::int as readers,
      array_agg(d.subscriber_id::text) filter (where d.state = 'failed' and d.reply ~ '\\m5\\.1\\.(1|10)\\M') as refused
    from deliveries d join subscribers r on r.id = d.subscriber_id
    where d.dispatch_id = ${dispatchId} and split_part(r.address_key, '@', -1) = ${domain}`
  return { readers: row!.readers, refused: (row!.refused ?? []).map(Number) }
}
