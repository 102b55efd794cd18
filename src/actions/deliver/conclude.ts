import { type Handed, judge, type Verdict } from '../../domain/delivery.ts'
import { domainOf } from '../../domain/email-address.ts'
import { addressHash } from '../../domain/keys.ts'
import { pauseAfter } from '../../domain/retry-policy.ts'
import type { Task } from './holdings.ts'
import type { Done, Lanes } from './lanes.ts'

/** What came of a message: what the ledger is told of it, and what the other lanes are. */
export async function conclude(lanes: Lanes, task: Task, address: string, handed: Handed): Promise<Done> {
  const { claim, dispatchId } = task
  const domain = domainOf(address)
  const verdict = judge(handed)
  switch (verdict.kind) {
    case 'sent':
      lanes.domains.accepted(domain)
      lanes.faults.sent(dispatchId)
      return { task, result: { claim, state: 'sent' } }
    case 'failed':
      return handed.kind === 'reply'
        ? fail(lanes, task, address, verdict)
        : { task, result: { claim, state: 'failed', reply: verdict.reply } }
    case 'deferred':
      // A domain that says so again and again must not take the connections from all others.
      if (verdict.slow && lanes.domains.slowed(domain, verdict.reply) === 'first') lanes.gate.slow()
      return defer(lanes, task, { pause: pauseAfter(claim.attempts + 1, lanes.retry), reply: verdict.reply })
    case 'unknown': {
      const pause = pauseAfter(claim.attempts + 1, lanes.retry)
      const deferred = await defer(lanes, task, { pause, reply: verdict.reply })
      return { task, result: { ...deferred.result!, state: 'unknown' } }
    }
    case 'again':
      if (verdict.slow) lanes.gate.slow()
      return { task }
    case 'ours': {
      const isOneDomain =
        verdict.reason === 'policy' &&
        handed.kind === 'reply' &&
        handed.stage !== 'mail' &&
        (await lanes.faults.isDomains(dispatchId, domain))
      if (isOneDomain) return leaveAlone(lanes, task, domain, verdict.reply)
      lanes.faults.ours(dispatchId, verdict.reason, verdict.reply)
      return { task }
    }
  }
}

/** A delivery may be moved to another batch without a try: to its domain's own, which is leased a moment later. */
const soon = 1000

/** A domain that is paused is left for later; one that got a limit meanwhile waits among its own. */
export async function divert(lanes: Lanes, task: Task, domain: string): Promise<Done | undefined> {
  const { domains } = lanes
  const paused = domains.pausedFor(domain)
  if (paused > 0) return defer(lanes, task, { pause: paused, untried: true, domain })
  if (task.domain === domain || !domains.isLimited(domain)) return undefined
  return defer(lanes, task, { pause: soon, untried: true, domain })
}

/** A domain that refuses us by its policy, while others take our mail. */
async function leaveAlone(lanes: Lanes, task: Task, domain: string, reply: string): Promise<Done> {
  const pause = await lanes.patience.ask(() => lanes.domains.pause(domain, 'policy', reply))
  return defer(lanes, task, { pause, reply, domain })
}

async function fail(
  lanes: Lanes,
  task: Task,
  address: string,
  { reply, suppress }: Extract<Verdict, { kind: 'failed' }>,
): Promise<Done> {
  const { claim } = task
  const domain = domainOf(address)
  const opinion = await lanes.faults.failed(task, domain, { reply, suppress })
  if (opinion.kind === 'take-back') return { task }
  if (opinion.kind === 'hold') return defer(lanes, task, { pause: opinion.ms, reply, domain })
  const { version } = lanes.keys.current
  const suppression = { hash: addressHash(lanes.keys, address.toLowerCase()), version }
  return { task, result: { claim, state: 'failed', reply, ...(suppress && { suppress: suppression }) } }
}

type Deferral = {
  /** Milliseconds until it is tried again. */
  pause: number
  reply?: string
  untried?: true
  /** Where it is to wait among its domain's own. */
  domain?: string
}

async function defer(lanes: Lanes, task: Task, { pause, reply, untried, domain }: Deferral): Promise<Done> {
  const { claim, dispatchId } = task
  const limited = domain !== undefined && lanes.domains.isLimited(domain) ? domain : task.domain
  const stream = { dispatchId, newsletterId: claim.newsletterId, domain: limited }
  const laterBatch = await lanes.patience.ask(() => lanes.later.find(stream, pause))
  return { task, result: { claim, state: 'pending', laterBatch, reply, ...(untried && { untried }) } }
}
