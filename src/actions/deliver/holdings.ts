import type { Log } from '../../log.ts'
import {
  claimBatch,
  endBatch,
  failLate,
  type Lease,
  type Renewed,
  releaseBatches,
  type Stream,
} from '../../store/batches.ts'
import type { Raw } from '../../store/client.ts'
import type { Claim } from '../../store/turns.ts'
import type { Domains } from './domains.ts'

/** A claim with the dispatch, and the limited domain if any, that it belongs to. */
export type Task = { dispatchId: number; domain: string; claim: Claim }

/** With fewer claims ahead than this a stream's next batch is leased: 50 ms of work at 10,000 a second. */
const ahead = 500
/** A connection stays with its dispatch until that is so many messages ahead of another's share. */
const stretch = 20

type Held = {
  lease: Lease
  waiting: Claim[]
  /** Claims that a connection has, and whose result is not durable yet. */
  out: number
  /** Given back as soon as nothing of it is out. */
  givenUp: boolean
}

/** What is held of one stream, oldest batch first. */
type StreamHeld = Stream & {
  batches: Held[]
  /** Nothing of it was there to lease: asked again by the loop, not by each connection. */
  isDry: boolean
}

/** What is held of one dispatch, with how many of its messages were begun since it shares with others. */
type DispatchHeld = { id: number; breaking: boolean; begun: number; streams: Map<string, StreamHeld> }

/** Leases what is due: a batch of each stream at most, but of those that are `ready`. */
export type LeaseMore = (ask: {
  domains: readonly { domain: string; ours: boolean }[]
  ready: readonly Stream[]
}) => Promise<Lease[]>

type Deps = {
  raw: Raw
  holder: string
  log: Log
  domains: Domains
  lease: LeaseMore
  renew(ids: readonly number[]): Promise<Renewed>
  /** Nothing is held any more. */
  emptied(): void
}

/**
 * The batches that this sender leases, and the claims in them that wait for a connection. A breaking dispatch goes
 * first, the others share; within one, no stream waits for another.
 */
export class Holdings {
  readonly #deps: Deps
  readonly #held = new Map<number, Held>()
  readonly #dispatches = new Map<number, DispatchHeld>()
  #waiters = new Set<() => void>()
  #filling: Promise<void> | undefined
  #closed = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  get size(): number {
    return this.#held.size
  }

  /** Claims that could be sent now, were there connections. */
  get ready(): number {
    let sum = 0
    for (const { streams } of this.#dispatches.values())
      for (const stream of streams.values())
        sum += Math.min(waitingIn(stream), this.#deps.domains.room(stream.domain))
    return sum
  }

  dispatches(): Set<number> {
    return new Set([...this.#held.values()].map(({ lease }) => lease.dispatchId))
  }

  /** The next claim that may be sent now, if there is one; orders more before they run out. */
  next(before?: Task): Task | undefined {
    for (const dispatch of this.#inTurn(before))
      for (const stream of dispatch.streams.values()) {
        const held = stream.batches.find(one => one.waiting.length > 0)
        if (!held || !this.#deps.domains.tryStart(stream.domain)) continue
        const claim = held.waiting.shift()!
        held.out++
        dispatch.begun++
        // The streams take turns: the one that was served goes to the end.
        if (dispatch.streams.size > 1) {
          const key = keyOf(stream)
          dispatch.streams.delete(key)
          dispatch.streams.set(key, stream)
        }
        if (!stream.isDry && waitingIn(stream) < ahead) this.#fillSoon()
        return { dispatchId: dispatch.id, domain: stream.domain, claim }
      }
    return undefined
  }

  /** Breaking ones first, then the one that is behind, but for the dispatch of the task before as long as that is fair. */
  #inTurn(before: Task | undefined): Iterable<DispatchHeld> {
    if (this.#dispatches.size <= 1) return this.#dispatches.values()
    const order = [...this.#dispatches.values()].sort(
      (a, b) => Number(b.breaking) - Number(a.breaking) || a.begun - b.begun,
    )
    const same = before && this.#dispatches.get(before.dispatchId)
    const [first] = order
    if (!same || same === first || same.breaking !== first!.breaking || same.begun - first!.begun > stretch)
      return order
    return [same, ...order.filter(one => one !== same)]
  }

  /** Waits until a claim may be there, or so many milliseconds. */
  wait(ms: number): Promise<void> {
    if (this.#closed) return Promise.resolve()
    this.#fillSoon()
    return new Promise(resolve => {
      const end = () => {
        clearTimeout(timer)
        this.#waiters.delete(end)
        resolve()
      }
      const timer = setTimeout(end, Math.min(ms, this.#nextTurn()))
      this.#waiters.add(end)
    })
  }

  /** Milliseconds until a domain's limit lets the next message pass. */
  #nextTurn(): number {
    const waits = [...this.#dispatches.values()].flatMap(({ streams }) =>
      [...streams.values()]
        .filter(
          stream =>
            stream.domain !== '' && waitingIn(stream) > 0 && this.#deps.domains.room(stream.domain) > 0,
        )
        .map(stream => this.#deps.domains.wait(stream.domain)),
    )
    return Math.min(Number.MAX_SAFE_INTEGER, ...waits)
  }

  /** Lets all who wait look again. */
  rouse(): void {
    for (const waiter of [...this.#waiters]) waiter()
  }

  /** Leases what is due, of each stream until enough of it is claimed ahead. Throws where the database is away. */
  fill(): Promise<void> {
    for (const { streams } of this.#dispatches.values())
      for (const stream of streams.values()) stream.isDry = false
    return this.#fill(true)
  }

  #fillSoon(): void {
    if (this.#streams().some(wantsMore)) this.#fill(false).catch(() => {})
  }

  #fill(looksForNew: boolean): Promise<void> {
    this.#filling ??= this.#lease(looksForNew).finally(() => {
      this.#filling = undefined
    })
    return this.#filling
  }

  #streams(): StreamHeld[] {
    return [...this.#dispatches.values()].flatMap(({ streams }) => [...streams.values()])
  }

  async #lease(looksForNew: boolean): Promise<void> {
    const { lease, domains } = this.#deps
    let isNew = looksForNew
    while (!this.#closed && (isNew || this.#streams().some(wantsMore))) {
      isNew = false
      const wanting = this.#streams().filter(wantsMore)
      const ready = this.#streams().filter(stream => !wantsMore(stream))
      const leases = await lease({ domains: domains.list(), ready })
      const found = new Set(leases.map(keyOf))
      for (const stream of wanting) if (!found.has(keyOf(stream))) stream.isDry = true
      await Promise.all(leases.map(lease => this.#claim(lease)))
      for (const stream of wanting) this.#forgetIfEmpty(stream)
    }
  }

  async #claim(lease: Lease): Promise<void> {
    const { raw, holder } = this.#deps
    const held: Held = { lease, waiting: [], out: 0, givenUp: false }
    this.#hold(held)
    try {
      if (lease.late) await failLate(raw, holder, lease)
      held.waiting = await claimBatch(raw, lease)
    } catch (error) {
      // Held with nothing in it, it would be renewed for ever.
      held.givenUp = true
      await this.#end(held)
      throw error
    }
    if (this.#closed || held.givenUp) held.waiting = []
    if (held.waiting.length) this.rouse()
    else await this.#end(held)
  }

  #hold(held: Held): void {
    const { lease } = held
    this.#held.set(lease.id, held)
    const dispatch = this.#dispatches.get(lease.dispatchId) ?? {
      id: lease.dispatchId,
      breaking: lease.breaking,
      // One that joins has no claim on what it missed.
      begun: Math.max(0, ...[...this.#dispatches.values()].map(one => one.begun)),
      streams: new Map<string, StreamHeld>(),
    }
    this.#dispatches.set(lease.dispatchId, dispatch)
    const { dispatchId, newsletterId, domain } = lease
    const stream = dispatch.streams.get(keyOf(lease)) ?? {
      dispatchId,
      newsletterId,
      domain,
      batches: [],
      isDry: false,
    }
    dispatch.streams.set(keyOf(lease), stream)
    stream.batches.push(held)
  }

  #letGo({ lease }: Held): void {
    this.#held.delete(lease.id)
    const stream = this.#dispatches.get(lease.dispatchId)?.streams.get(keyOf(lease))
    if (!stream) return
    stream.batches = stream.batches.filter(one => one.lease !== lease)
    this.#forgetIfEmpty(stream)
  }

  #forgetIfEmpty(stream: StreamHeld): void {
    const dispatch = this.#dispatches.get(stream.dispatchId)
    if (stream.batches.length || !stream.isDry || !dispatch) return
    dispatch.streams.delete(keyOf(stream))
    if (!dispatch.streams.size) this.#dispatches.delete(dispatch.id)
  }

  /** The claim's result is durable, or there is none to write. */
  async settled(task: Task): Promise<void> {
    const held = this.#takeBack(task)
    if (held) await this.#endIfDone(held)
  }

  /** The claim is to be had again: nothing came of it. */
  async putBack(task: Task): Promise<void> {
    const held = this.#takeBack(task)
    if (!held) return
    if (!held.givenUp && !this.#closed) held.waiting.push(task.claim)
    await this.#endIfDone(held)
    this.rouse()
  }

  #takeBack({ claim, domain }: Task): Held | undefined {
    this.#deps.domains.ended(domain)
    const held = this.#held.get(claim.batchId)
    if (held?.lease.fence !== claim.fence) return undefined
    held.out--
    // Its domain has a place again.
    if (domain !== '' && this.#waiters.size > 0) this.rouse()
    return held
  }

  /** Another sender has the batch. */
  lost({ claim, domain }: Task): void {
    this.#deps.domains.ended(domain)
    const held = this.#held.get(claim.batchId)
    if (held?.lease.fence === claim.fence) this.#letGo(held)
  }

  /** Gives up what waits of a dispatch that is paused or has ended. */
  giveUp(dispatchId: number): Promise<void> {
    return this.#giveUpWhere(({ lease }) => lease.dispatchId === dispatchId)
  }

  /** Gives up what waits for a domain that is paused. */
  giveUpDomain(domain: string): Promise<void> {
    return this.#giveUpWhere(({ lease }) => lease.domain === domain)
  }

  giveUpAll(): Promise<void> {
    return this.#giveUpWhere(() => true)
  }

  async #giveUpWhere(isMeant: (held: Held) => boolean): Promise<void> {
    for (const held of [...this.#held.values()].filter(isMeant)) {
      held.givenUp = true
      held.waiting = []
      await this.#endIfDone(held)
    }
  }

  /** No more claims from now on; everything is given back as soon as it is settled. */
  async close(): Promise<void> {
    this.#closed = true
    this.rouse()
    await this.#filling?.catch(() => {})
    await this.giveUpAll()
  }

  async renew(): Promise<void> {
    if (!this.#held.size) return
    const before = [...this.#held.values()]
    const ours = await this.#deps.renew(before.map(({ lease }) => lease.id))
    for (const held of before) if (!ours.has(held.lease.id)) this.#letGo(held)
    await this.#giveUpWhere(({ lease }) => ours.get(lease.id)?.mayGoOn === false)
  }

  async #endIfDone(held: Held): Promise<void> {
    if (held.out === 0 && !held.waiting.length && this.#held.get(held.lease.id) === held)
      await this.#end(held)
  }

  async #end(held: Held): Promise<void> {
    const { raw, holder, log } = this.#deps
    this.#letGo(held)
    try {
      if (held.givenUp || this.#closed) await releaseBatches(raw, holder, [held.lease.id])
      else await endBatch(raw, holder, held.lease)
    } catch (error) {
      // The lease ends by itself, and whoever takes it next ends the batch.
      log.warn({ err: error }, 'a batch could not be given back; its lease ends by itself')
    }
    if (!this.#held.size) this.#deps.emptied()
  }
}

const keyOf = ({ dispatchId, newsletterId, domain }: Stream) => `${dispatchId} ${newsletterId} ${domain}`
const waitingIn = ({ batches }: StreamHeld) => batches.reduce((sum, one) => sum + one.waiting.length, 0)
const wantsMore = (stream: StreamHeld) => !stream.isDry && waitingIn(stream) < ahead
