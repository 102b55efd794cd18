import { nextMailAt, sameRequestMs } from '../domain/mail-limits.ts'
import { blocksConfirmation } from '../domain/suppression.ts'
import { tryLock } from '../store/advisory-locks.ts'
import type { Tx } from '../store/client.ts'
import { databaseTime } from '../store/clock.ts'
import {
  dueLinkRequests,
  type LinkRequest,
  mailedLinkRequests,
  settleLinkRequests,
} from '../store/link-requests.ts'
import { queueNotice } from '../store/notices.ts'
import { findSubscriberByKey } from '../store/subscribers.ts'
import { suppressionCauses } from '../store/suppressions.ts'
import type { Services } from './services.ts'

type Deps = Pick<Services, 'db' | 'keys' | 'config' | 'wake'>

/**
 * Decides about the requests for a preferences link that are due: a mail to a reader, nothing to anybody else, with
 * the limits of confirmations (one in 10 minutes, three in 24 hours; what was asked meanwhile gets one mail then).
 * Answers how many requests it looked at.
 */
export async function decideLinkRequests(deps: Deps, { limit = 100 } = {}): Promise<number> {
  const decided = await deps.db.transaction(async tx => {
    if (!(await tryLock(tx, 'decide-link-requests'))) return 0
    const due = await dueLinkRequests(tx, deps.config.transport.kind, limit)
    if (!due.length) return 0
    const mailed = await mailedLinkRequests(tx, [...new Set(due.map(row => row.limitKey))])
    const now = await databaseTime(tx)
    for (const [key, requests] of Map.groupBy(due, row => row.addressKey))
      await decideAddress(tx, deps, { key, requests, mailed, now })
    return due.length
  })
  if (decided) deps.wake()
  return decided
}

type Case = { key: string; requests: LinkRequest[]; mailed: LinkRequest[]; now: Date }

async function decideAddress(tx: Tx, { keys, config }: Deps, { key, requests, mailed, now }: Case) {
  const subscriber = await findSubscriberByKey(tx, key)
  const former = mailed.filter(row => row.limitKey === requests[0]!.limitKey)
  const fresh = requests.filter(
    row =>
      !former.some(
        one => one.addressKey === key && row.createdAt.getTime() - one.createdAt.getTime() < sameRequestMs,
      ),
  )
  if (!subscriber || !fresh.length || blocksConfirmation(await suppressionCauses(tx, keys, key)))
    return settleLinkRequests(tx, idsOf(requests), { state: 'refused' })
  const next = nextMailAt(
    former.map(row => row.mailedAt!),
    now,
  )
  const [last, others] = [fresh.at(-1)!, requests.filter(row => row !== fresh.at(-1))]
  if (others.length) await settleLinkRequests(tx, idsOf(others), { state: 'refused' })
  if (next) return settleLinkRequests(tx, [last.id], { dueAt: next })
  await queueNotice(tx, {
    kind: 'preferences',
    recipient: subscriber.address,
    language: subscriber.locale,
    transport: config.transport.kind,
    content: { subscriberId: subscriber.id },
    subscriberId: subscriber.id,
  })
  await settleLinkRequests(tx, [last.id], { state: 'mailed' })
  mailed.push({ ...last, state: 'mailed', mailedAt: now })
}

const idsOf = (rows: readonly LinkRequest[]) => rows.map(row => row.id)
