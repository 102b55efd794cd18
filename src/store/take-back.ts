import { addLaterBatch } from './batches.ts'
import type { Raw } from './client.ts'

type Wish = {
  dispatchId: number
  readers: readonly number[] /** Milliseconds until they are tried again. */
  pause: number
}

/**
 * Takes refusals back: those readers are pending again, in a batch of their own, and what suppressed them by this
 * dispatch is gone. Moves the counters with it.
 */
export async function takeBack(raw: Raw, { dispatchId, readers, pause }: Wish): Promise<void> {
  const batch = await addLaterBatch(raw, dispatchId, pause)
  await raw`
    with back as (
      update deliveries set state = 'pending', batch_id = ${batch}, changed_at = now()
      where dispatch_id = ${dispatchId} and subscriber_id = any(${`{${readers.join()}}`}::text::bigint[]) and state = 'failed'
      returning subscriber_id
    ), lifted as (
      delete from suppressions x using subscribers r, back
      where r.id = back.subscriber_id and x.address_key = r.address_key
        and x.dispatch_id = ${dispatchId} and x.cause = 'bounced'
    ), t as (select count(*)::int as n from back)
    update dispatches set failed = failed - t.n, pending = pending + t.n
    from t where id = ${dispatchId} and t.n > 0`
}

/** How many readers of a domain a dispatch goes to. Reads all of its ledger: asked rarely. */
export async function countDomain(raw: Raw, dispatchId: number, domain: string): Promise<number> {
  const [row] = await raw`
    select count(*)::int as readers from deliveries d join subscribers r on r.id = d.subscriber_id
    where d.dispatch_id = ${dispatchId} and split_part(r.address_key, '@', -1) = ${domain}`
  return Number(row!.readers)
}
