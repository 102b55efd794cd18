import { randomUUID } from 'node:crypto'
import { type Handed, judge, type Verdict } from '../../domain/delivery.ts'
import { addressHash, type Keyring } from '../../domain/keys.ts'
import { pauseAfter, type RetryPolicy } from '../../domain/retry-policy.ts'
import type { Content, Wire } from '../../mail/smtp/wire.ts'
import type { Result } from '../../store/turns.ts'
import { type Faults, heldFor } from './faults.ts'
import type { Gate } from './gate.ts'
import type { Holdings, Task } from './holdings.ts'
import type { LaterBatches } from './later-batches.ts'
import type { Letters, Reader } from './letters.ts'
import type { Pace } from './pace.ts'
import type { Patience } from './patience.ts'
import type { Rounds } from './rounds.ts'

/** What the connections of a sender share. */
export type Lanes = {
  holdings: Holdings
  rounds: Rounds
  gate: Gate
  pace: Pace | undefined
  later: LaterBatches
  faults: Faults
  keys: Keyring
  retry: RetryPolicy
  patience: Patience
  lettersOf(dispatchId: number): Promise<Letters>
  /** Aborted when the sender drains. */
  stopping: AbortSignal
}

/** An answer of the ledger is good for this long, in milliseconds. */
const goodFor = 100
/** A connection without work is closed after this long. */
const idleFor = 5000

/** What a lane brings to its next turn: the task that it did, and its result, unless nothing came of it. */
type Done = { task: Task; result?: Result }

/**
 * One connection at work: asks the ledger, sends, and hands in the result together with its next question. Ends when
 * there is no work for 5 s, when the connection broke or is one too many, or when the sender drains. Every result is
 * durable when it ends.
 */
export async function runLane(lanes: Lanes, wire: Wire): Promise<void> {
  const connection = randomUUID()
  const idle = { since: Date.now() }
  let done: Done | undefined
  let inHand: Task | undefined
  const goOn = async (): Promise<boolean> => {
    const fruitless = done !== undefined && !done.result
    const mayGoOn = wire.alive && !fruitless && !lanes.stopping.aborted && !lanes.gate.crowded
    const task = mayGoOn ? lanes.holdings.next() : undefined
    inHand = task
    const inTime = task !== undefined && (!lanes.pace || lanes.pace.tryTake())
    if (done && !(inTime && task.dispatchId === done.task.dispatchId)) {
      await lanes.rounds.take(done.task.dispatchId, { connection, result: done.result })
      await close(lanes, done)
      done = undefined
    }
    if (!task) {
      if (!mayGoOn || Date.now() - idle.since > idleFor) return false
      await lanes.holdings.wait(idleFor)
      return true
    }
    if (!inTime && !(await waitTurn(lanes, task))) return true
    idle.since = Date.now()
    done = await step(lanes, wire, connection, task, done)
    return true
  }
  try {
    while (await goOn());
    wire.close()
  } catch (error) {
    // What it had in hand is unknown to the ledger: the lease runs out, and what was in flight is found there.
    for (const open of [inHand, done?.task]) if (open) lanes.holdings.lost(open.claim.batchId)
    throw error
  }
}

/** A turn may be long in coming, and the sender may have to end before it comes. */
async function waitTurn(lanes: Lanes, task: Task): Promise<boolean> {
  if (await lanes.patience.ask(() => lanes.pace!.take(lanes.stopping))) return true
  await lanes.holdings.putBack(task)
  return false
}

async function step(
  lanes: Lanes,
  wire: Wire,
  connection: string,
  task: Task,
  before: Done | undefined,
): Promise<Done | undefined> {
  const { claim, dispatchId } = task
  let done = before
  for (;;) {
    const letters = await lanes.patience.ask(() => lanes.lettersOf(dispatchId))
    const answer = await lanes.rounds.take(dispatchId, { connection, result: done?.result, next: claim })
    const answeredAt = performance.now()
    if (done) await close(lanes, done)
    done = undefined
    switch (answer.kind) {
      case 'gone':
        return { task, result: { claim, state: 'suppressed' } }
      case 'stopped':
        await lanes.holdings.settled(task)
        await lanes.holdings.giveUp(dispatchId)
        return undefined
      case 'lost':
        lanes.holdings.lost(claim.batchId)
        return undefined
      case 'done':
      case 'idle':
        await lanes.holdings.settled(task)
        return undefined
    }
    const { address, name } = answer
    if (lanes.faults.isHeld(dispatchId, address)) return defer(lanes, task, heldFor, 'the domain is held')
    const letter = await write(letters, task, { id: claim.subscriberId, address, name })
    if (letter.kind === 'faulty') return { task, result: { claim, state: 'failed', reply: letter.why } }
    if (performance.now() - answeredAt > goodFor) continue
    const handed = await wire.send({ from: letter.from, to: address }, letter.content)
    // A connection that was of use may end: the next one is opened at once.
    if (handed.kind === 'reply' && handed.stage !== 'mail') lanes.gate.worked()
    else if (!wire.worked) lanes.gate.failed()
    return conclude(lanes, task, address, handed)
  }
}

type Written = { kind: 'written'; from: string; content: Content } | { kind: 'faulty'; why: string }

/** One reader's values must not stop the others: what can't be written fails for that reader alone. */
async function write(letters: Letters, { claim }: Task, reader: Reader): Promise<Written> {
  try {
    const { from, content } = letters(claim.newsletterId, reader)
    return { kind: 'written', from, content: content instanceof Promise ? await content : content }
  } catch (error) {
    return { kind: 'faulty', why: `the message could not be made: ${(error as Error).message}`.slice(0, 500) }
  }
}

/** What the ledger is told, and what the other lanes are. */
async function conclude(lanes: Lanes, task: Task, address: string, handed: Handed): Promise<Done> {
  const { claim } = task
  const verdict = judge(handed)
  switch (verdict.kind) {
    case 'sent':
      lanes.faults.sent(task.dispatchId)
      return { task, result: { claim, state: 'sent' } }
    case 'failed':
      return handed.kind === 'reply'
        ? fail(lanes, task, address, verdict)
        : { task, result: { claim, state: 'failed', reply: verdict.reply } }
    case 'deferred':
      if (verdict.slow) lanes.gate.slow()
      return defer(lanes, task, pauseAfter(claim.attempts + 1, lanes.retry), verdict.reply)
    case 'unknown': {
      const deferred = await defer(lanes, task, pauseAfter(claim.attempts + 1, lanes.retry), verdict.reply)
      return { task, result: { ...deferred.result!, state: 'unknown' } }
    }
    case 'again':
      if (verdict.slow) lanes.gate.slow()
      return { task }
    case 'ours':
      lanes.faults.ours(task.dispatchId, verdict.reason, verdict.reply)
      return { task }
  }
}

async function fail(
  lanes: Lanes,
  task: Task,
  address: string,
  { reply, suppress }: Extract<Verdict, { kind: 'failed' }>,
): Promise<Done> {
  const { claim } = task
  const opinion = await lanes.faults.failed(task, address, { reply, suppress })
  if (opinion === 'take-back') return { task }
  if (opinion === 'hold') return defer(lanes, task, heldFor, reply)
  const { version } = lanes.keys.current
  const suppression = { hash: addressHash(lanes.keys, address.toLowerCase()), version }
  return { task, result: { claim, state: 'failed', reply, ...(suppress && { suppress: suppression }) } }
}

async function defer(lanes: Lanes, task: Task, pause: number, reply: string): Promise<Done> {
  const laterBatch = await lanes.patience.ask(() => lanes.later.find(task.dispatchId, pause))
  return { task, result: { claim: task.claim, state: 'pending', reply, laterBatch } }
}

/** The claim of a turn that is durable: without a result it is to be had again. */
function close({ holdings, faults }: Lanes, { task, result }: Done): Promise<void> {
  if (!result) return holdings.putBack(task)
  faults.written(task)
  return holdings.settled(task)
}
