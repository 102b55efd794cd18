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
import { type Held, HeldStreams } from './held-streams.ts'

/** A claim with the dispatch, and the limited domain if any, that it belongs to. */
export type Task = { dispatchId: number; domain: string; claim: Claim }

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

/** The batches that this sender leases, and the claims in them that wait for a connection. */
export class Holdings {
  readonly #deps: Deps
  readonly #held = new Map<number, Held>()
  readonly #streams: HeldStreams
  #waiters = new Set<() => void>()
  #filling: Promise<void> | undefined
  #closed = false

  constructor(deps: Deps) {
    this.#deps = deps
    this.#streams = new HeldStreams(deps.domains)
  }

  get size(): number {
    return this.#held.size
  }

  /** Claims that could be sent now, were there connections. */
  get ready(): number {
    return this.#streams.ready
  }

  dispatches(): Set<number> {
    return new Set([...this.#held.values()].map(({ lease }) => lease.dispatchId))
  }

  /** The next claim that may be sent now, if there is one; orders more before they run out. */
  next(before?: Task): Task | undefined {
    const next = this.#streams.next(before?.dispatchId)
    if (!next) return undefined
    if (next.runsLow) this.#fillSoon()
    const { dispatchId, domain } = next.stream
    return { dispatchId, domain, claim: next.claim }
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
      const timer = setTimeout(end, Math.min(ms, this.#streams.nextTurn))
      this.#waiters.add(end)
    })
  }

  /** Lets all who wait look again. */
  rouse(): void {
    for (const waiter of [...this.#waiters]) waiter()
  }

  /** Leases what is due, of each stream until enough of it is claimed ahead. Throws where the database is away. */
  fill(): Promise<void> {
    this.#streams.moreMayBeDue()
    return this.#fill(true)
  }

  #fillSoon(): void {
    if (this.#streams.wanting.length) this.#fill(false).catch(() => {})
  }

  #fill(looksForNew: boolean): Promise<void> {
    this.#filling ??= this.#lease(looksForNew).finally(() => {
      this.#filling = undefined
    })
    return this.#filling
  }

  async #lease(looksForNew: boolean): Promise<void> {
    const { lease, domains } = this.#deps
    const streams = this.#streams
    let isNew = looksForNew
    while (!this.#closed && (isNew || streams.wanting.length)) {
      isNew = false
      const { wanting, supplied: ready } = streams
      const leases = await lease({ domains: domains.list(), ready })
      streams.noteDry(wanting, leases)
      await Promise.all(leases.map(lease => this.#claim(lease)))
      streams.forgetEmpty(wanting)
    }
  }

  async #claim(lease: Lease): Promise<void> {
    const { raw, holder } = this.#deps
    const held: Held = { lease, waiting: [], out: 0, givenUp: false }
    this.#held.set(lease.id, held)
    this.#streams.add(held)
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

  #letGo(held: Held): void {
    this.#held.delete(held.lease.id)
    this.#streams.remove(held)
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
