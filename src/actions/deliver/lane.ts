import { randomUUID } from 'node:crypto'
import { domainOf } from '../../domain/email-address.ts'
import type { Content, Wire } from '../../mail/wire.ts'
import { conclude, divert } from './conclude.ts'
import type { Task } from './holdings.ts'
import type { Done, Lanes } from './lanes.ts'
import type { Letters, Reader } from './letters.ts'

/**
 * An answer of the ledger is good for this long from when it was asked, in milliseconds. The promise is that no message
 * starts 100 ms after; the rest is for the way to the mail server and for a busy machine.
 */
const goodFor = 80
/** A ledger that needs longer than that to answer is asked so often; from then on it counts when the answer came. */
const patientFor = 5
/** A connection without work is closed after this long. */
const idleFor = 5000

/** A connection, as the ledger knows it. */
type Lane = { connection: string; isNoted: boolean; wire: Wire; idleSince: number }

/**
 * One connection at work: asks the ledger, sends, and hands in the result together with its next question. Ends when
 * there is no work for 5 s, when the connection broke or is one too many, or when the sender drains. Every result is
 * durable when it ends.
 */
export async function runLane(lanes: Lanes, wire: Wire): Promise<void> {
  const { holdings, rounds } = lanes
  const lane: Lane = { connection: randomUUID(), isNoted: false, wire, idleSince: Date.now() }
  let done: Done | undefined
  let inHand: Task | undefined
  try {
    for (;;) {
      const fruitless = done !== undefined && !done.result
      const mayGoOn = wire.alive && !fruitless && !lanes.stopping.aborted && !lanes.gate.crowded
      inHand = mayGoOn ? nextInTime(lanes, done?.task) : undefined
      if (done && inHand?.dispatchId !== done.task.dispatchId) {
        const { connection, isNoted } = lane
        await rounds.take(done.task.dispatchId, { connection, isNoted, result: done.result })
        await close(lanes, done)
        done = undefined
      }
      if (!inHand) {
        if (!mayGoOn || Date.now() - lane.idleSince > idleFor) break
        inHand = await waitForNext(lanes)
      }
      if (!inHand) continue
      lane.idleSince = Date.now()
      done = await step(lanes, lane, inHand, done)
      inHand = undefined
    }
    wire.close()
  } catch (error) {
    // What it had in hand is unknown to the ledger: the lease runs out, and what was in flight is found there.
    for (const open of [inHand, done?.task]) if (open) holdings.lost(open)
    throw error
  }
}

/** The next task, if its time has come by the rate that all senders share. */
function nextInTime({ holdings, pace }: Lanes, before: Task | undefined): Task | undefined {
  if (pace && !pace.tryTake()) return undefined
  const task = holdings.next(before)
  if (!task) pace?.giveBack()
  return task
}

/** Waits for a turn of the rate, which may be long in coming, or for something to do; answers a task if there is one. */
async function waitForNext({ holdings, pace, patience, stopping }: Lanes): Promise<Task | undefined> {
  const paced = pace && holdings.ready > 0 ? pace : undefined
  if (paced && !(await patience.ask(() => paced.take(stopping)))) return undefined
  const task = paced || !pace ? holdings.next() : undefined
  if (task) return task
  paced?.giveBack()
  await holdings.wait(idleFor)
  return undefined
}

async function step(
  lanes: Lanes,
  lane: Lane,
  task: Task,
  before: Done | undefined,
): Promise<Done | undefined> {
  const { claim, dispatchId } = task
  const { connection, wire } = lane
  let done = before
  let tries = 0
  for (;;) {
    const letters = await lanes.patience.ask(() => lanes.lettersOf(dispatchId))
    const { isNoted } = lane
    const turn = { connection, isNoted, result: done?.result, next: claim }
    const { answer, asOf } = await lanes.rounds.take(dispatchId, turn)
    const answeredAt = performance.now()
    if (done) await close(lanes, done)
    done = undefined
    lane.isNoted = answer.kind === 'go' || (lane.isNoted && answer.kind !== 'lost')
    switch (answer.kind) {
      case 'gone':
        return { task, result: { claim, state: 'suppressed' } }
      case 'stopped':
        await lanes.holdings.settled(task)
        await lanes.holdings.giveUp(dispatchId)
        lanes.faults.stopped(dispatchId)
        return undefined
      case 'lost':
        lanes.holdings.lost(task)
        return undefined
      case 'done':
      case 'idle':
        await lanes.holdings.settled(task)
        return undefined
    }
    const { address, name } = answer
    const elsewhere = await divert(lanes, task, domainOf(address))
    if (elsewhere) return elsewhere
    const letter = await write(letters, task, { id: claim.subscriberId, address, name })
    if (letter.kind === 'faulty') return { task, result: { claim, state: 'failed', reply: letter.why } }
    const isStale = performance.now() - (tries < patientFor ? asOf : answeredAt) > goodFor
    if (isStale && ++tries) continue
    const handed = await wire.send(
      { from: letter.from, to: address, delivery: letter.delivery },
      letter.content,
    )
    // A connection that was of use may end: the next one is opened at once.
    if (handed.kind === 'reply' && handed.stage !== 'mail' && handed.reply.code !== 421) {
      if (lanes.gate.worked()) lanes.grew()
    } else if (!wire.worked) {
      if ('stage' in handed && handed.stage !== 'mail') lanes.gate.dropped()
      else lanes.gate.failed()
    }
    return conclude(lanes, task, address, handed)
  }
}

type Written =
  | { kind: 'written'; from: string; delivery: string; content: Content }
  | { kind: 'faulty'; why: string }

/** One reader's values must not stop the others: what can't be written fails for that reader alone. */
async function write(letters: Letters, { claim }: Task, reader: Reader): Promise<Written> {
  try {
    const { content, ...letter } = letters(claim.newsletterId, reader)
    return { kind: 'written', ...letter, content: content instanceof Promise ? await content : content }
  } catch (error) {
    return { kind: 'faulty', why: `the message could not be made: ${(error as Error).message}`.slice(0, 500) }
  }
}

/** The claim of a turn that is durable: without a result it is to be had again. */
function close({ holdings, faults }: Lanes, { task, result }: Done): Promise<void> {
  if (!result) return holdings.putBack(task)
  faults.written(task, result)
  return holdings.settled(task)
}
