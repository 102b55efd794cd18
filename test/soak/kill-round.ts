import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { forkSender } from '../support/fork-sender.ts'
import { countRows, draftDigest, ended, type Newsroom, readBalance } from '../support/sending.ts'
import type { Sink } from '../support/sink.ts'
import { until } from '../support/until.ts'

export type KillReport = {
  /** Messages that had arrived when the sender was killed. */
  killedAt: number
  recipients: number
  /** Readers who got nothing. */
  lost: number
  /** Readers who got it more than once. */
  duplicated: number
  /** What was promised: one per connection that was open. */
  bound: number
  /** Duplicates with another Message-ID, or a third copy: none is allowed. */
  broken: number
  unknown: number
}

type Wish = {
  newsletterId: number
  connections: number
  /** The share of the dispatch after which the sender is killed. */
  share: number
  /** Ends the dead sender's leases at once, rather than to wait 15 s for them. */
  impatient?: boolean
}

/** Kills a sender's whole process group in the middle of a dispatch, starts another, and counts what arrived. */
export async function killRound(room: Newsroom, sink: Sink, wish: Wish): Promise<KillReport> {
  const { newsletterId, connections, share, impatient } = wish
  const options = {
    databaseUrl: room.databaseUrl,
    smtpUrl: room.smtpUrl,
    config: { smtpConnections: connections },
  }
  await sink.clear()
  const digest = await draftDigest(room, [newsletterId])
  const first = await forkSender(options)
  await dispatchDigest(room.services, digest)
  first.wake()
  const { intended } = await until('the start', async () => {
    const balance = await readBalance(room, digest)
    return balance.state === 'sending' && balance
  })
  await until('the moment to kill', async () => (await sink.count()) >= intended * share, 60_000, 1)
  await first.kill()
  const killedAt = await sink.count()
  if (impatient) await room.raw`update batches set leased_until = now() where leased_until is not null`

  const second = await forkSender(options)
  const balance = await ended(room, digest, 120_000)
  await second.stop()
  const rows = await countRows(room.raw, digest)
  if (balance.sent !== intended || rows.sent !== intended)
    throw new Error(`the ledger says ${JSON.stringify({ balance, rows })}`)

  const copies = new Map<string, string[]>()
  for (const { to, messageId } of await sink.records()) copies.set(to, [...(copies.get(to) ?? []), messageId])
  const duplicates = [...copies.values()].filter(ids => ids.length > 1)
  const [unknown] = await room.raw`
    select count(*)::int as n from deliveries l join dispatches d on d.id = l.dispatch_id
    where d.digest_id = ${digest} and l.attempts > 1`
  return {
    killedAt,
    recipients: intended,
    lost: intended - copies.size,
    duplicated: duplicates.length,
    bound: connections,
    broken: duplicates.filter(ids => ids.length > 2 || new Set(ids).size > 1).length,
    unknown: unknown!.n,
  }
}
