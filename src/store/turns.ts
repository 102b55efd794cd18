import type { DeliveryState } from '../domain/delivery.ts'
import type { Raw } from './client.ts'
import { partitionName } from './ledger.ts'
import { type CountsIn, foldTallies, withTallies } from './tallies.ts'
import { arrivalStatement, turnStatement } from './turn-statements.ts'

/** A delivery as a sender claimed it, from a batch that it leases. */
export type Claim = {
  subscriberId: number
  newsletterId: number
  batchId: number
  fence: number
  attempts: number
  /** Unknown: it may have arrived, and the dispatch's policy is to send it again. */
  was: 'pending' | 'unknown'
}

/** What came of a claim. All but `sent` needs the fence. */
export type Result = {
  claim: Claim
  state: DeliveryState
  reply?: string
  /** The server was not asked: it counts as no attempt. */
  untried?: true
  /** The batch in which it is tried again. */
  laterBatch?: number
  /** Suppresses the address: the keyed hash of its key, with the key's version. */
  suppress?: { hash: Uint8Array; version: number }
}

/** What one connection hands in, and which delivery it asks to start next; without one it says that it starts none. */
export type Turn = {
  connection: string
  /** Its row is there: it was told `go` before, and not `lost` since. */
  isNoted: boolean
  result?: Result
  next?: Claim
}

/** What a connection is told. `go`: start now; the answer is good for 100 ms. */
export type Answer =
  | { kind: 'go'; address: string; name: string }
  /** Another sender saw to it. */
  | { kind: 'done' }
  /** The reader left, was suppressed or erased. */
  | { kind: 'gone' }
  /** The lease ended. */
  | { kind: 'lost' }
  /** The dispatch is paused or has ended. */
  | { kind: 'stopped' }
  | { kind: 'idle' }

/**
 * One statement for all connections that wait, of one dispatch: makes results durable, moves the counters, notes
 * which delivery each connection starts next, and asks whether those readers are still to get it. Answers in the order
 * of the turns. To run it again after a connection to the database broke is harmless.
 *
 * The locks are taken in the order batches, deliveries, in_flight, dispatches, as in `reclaimExpired`.
 */
export const takeTurns = (raw: Raw, at: Counter, turns: readonly Turn[]): Promise<Answer[]> =>
  withTallies(
    () => foldTallies(raw, at.dispatchId),
    () => takeOnce(raw, at, turns),
  )

type Counter = { dispatchId: number; holder: string; countsIn?: CountsIn }

async function takeOnce(
  raw: Raw,
  { dispatchId, holder, countsIn = 'dispatch' }: Counter,
  turns: readonly Turn[],
): Promise<Answer[]> {
  const results = turns.flatMap(turn => turn.result ?? [])
  const isQuick = ({ state, claim }: Result) => state === 'sent' && claim.was === 'pending'
  const sent = results.filter(isQuick)
  const others = results.filter(result => !isQuick(result))
  const fences = new Map<number, number>()
  for (const { result, next } of turns) {
    if (result) fences.set(result.claim.batchId, result.claim.fence)
    if (next) fences.set(next.batchId, next.fence)
  }
  const isPlain = others.length === 0 && turns.every(turn => turn.isNoted || !turn.next)
  const rows = await raw.unsafe(
    turnStatement(partitionName(dispatchId), isPlain ? 'plain' : 'any', countsIn),
    [
      dispatchId,
      holder,
      list(sent.map(({ claim }) => claim.subscriberId)),
      list([...fences.keys()]),
      list([...fences.values()]),
      list(turns.map(turn => turn.connection)),
      list(turns.map(turn => turn.next?.subscriberId)),
      list(turns.map(turn => turn.next?.newsletterId)),
      list(turns.map(turn => turn.next?.batchId)),
      ...(isPlain ? [] : [JSON.stringify(others.map(otherOf)), list(others.map(other => other.laterBatch))]),
    ],
    { prepare: true },
  )
  const arrived = results.filter(({ state }) => state === 'sent')
  const written = Number(rows[0]?.written ?? arrived.length)
  if (written < arrived.length)
    await raw.unsafe(arrivalStatement(countsIn), [
      dispatchId,
      list(arrived.map(({ claim }) => claim.subscriberId)),
    ])
  return rows.map(answerOf)
}

const list = (items: readonly (number | string | undefined)[]) =>
  `{${items.map(item => item ?? 'null').join()}}`

const otherOf = ({ claim, state, reply, untried, laterBatch, suppress }: Result) => ({
  s: claim.subscriberId,
  was: claim.was,
  now: state,
  reply: reply ?? null,
  tried: untried || state === 'suppressed' ? 0 : 1,
  batch: claim.batchId,
  later: laterBatch ?? null,
  hash: suppress ? Buffer.from(suppress.hash).toString('hex') : null,
  version: suppress?.version ?? null,
})

function answerOf(row: Record<string, unknown>): Answer {
  const kind = row.answer as Answer['kind']
  return kind === 'go' ? { kind, address: row.address as string, name: row.name as string } : { kind }
}
