import type { Log } from '../../log.ts'
import {
  claimBatch,
  endBatch,
  failLate,
  type Lease,
  leaseBatches,
  releaseBatches,
  renewLeases,
} from '../../store/batches.ts'
import type { Raw } from '../../store/client.ts'
import type { Claim } from '../../store/turns.ts'

/** A claim with the dispatch that it belongs to. */
export type Task = { dispatchId: number; claim: Claim }

/** With fewer claims ahead than this the next batch is leased: 50 ms of work at 10,000 a second. */
const ahead = 500

type Held = {
  lease: Lease
  waiting: Claim[]
  /** Claims that a connection has, and whose result is not durable yet. */
  out: number
  /** Given back as soon as nothing of it is out. */
  givenUp: boolean
}

type Deps = {
  raw: Raw
  holder: string
  transport: 'smtp' | 'mailbox'
  log: Log
  /** Nothing is held any more. */
  emptied(): void
}

/** The batches that this sender leases, and the claims in them that wait for a connection. */
export class Holdings {
  readonly #deps: Deps
  readonly #held = new Map<number, Held>()
  #waiters = new Set<() => void>()
  #filling: Promise<void> | undefined
  /** Nothing was there to lease: asked again by the loop, not by each connection. */
  #dry = false
  #closed = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  get size(): number {
    return this.#held.size
  }

  get waiting(): number {
    let sum = 0
    for (const held of this.#held.values()) sum += held.waiting.length
    return sum
  }

  dispatches(): Set<number> {
    return new Set([...this.#held.values()].map(({ lease }) => lease.dispatchId))
  }

  /** The next claim, if one is there; orders more before they run out. */
  next(): Task | undefined {
    for (const held of this.#held.values()) {
      const claim = held.waiting.shift()
      if (!claim) continue
      held.out++
      if (!this.#dry && this.waiting < ahead) this.fill().catch(() => {})
      return { dispatchId: held.lease.dispatchId, claim }
    }
    return undefined
  }

  /** Waits until a claim may be there, or so many milliseconds. */
  wait(ms: number): Promise<void> {
    if (!this.#dry && !this.#closed) this.fill().catch(() => {})
    return new Promise(resolve => {
      const end = () => {
        clearTimeout(timer)
        this.#waiters.delete(end)
        resolve()
      }
      const timer = setTimeout(end, ms)
      this.#waiters.add(end)
    })
  }

  /** Lets all who wait look again. */
  rouse(): void {
    for (const waiter of [...this.#waiters]) waiter()
  }

  /** Leases what is due, until enough is claimed ahead. Throws where the database is away. */
  fill(): Promise<void> {
    this.#dry = false
    this.#filling ??= this.#lease().finally(() => {
      this.#filling = undefined
    })
    return this.#filling
  }

  async #lease(): Promise<void> {
    while (!this.#closed && this.waiting < ahead) {
      const leases = await leaseBatches(this.#deps.raw, { ...this.#deps, count: 1 })
      if (!leases.length) {
        this.#dry = true
        return
      }
      for (const lease of leases) await this.#claim(lease)
    }
  }

  async #claim(lease: Lease): Promise<void> {
    const { raw, holder } = this.#deps
    const held: Held = { lease, waiting: [], out: 0, givenUp: false }
    this.#held.set(lease.id, held)
    await failLate(raw, holder, lease)
    held.waiting = await claimBatch(raw, lease)
    if (this.#closed) held.waiting = []
    if (held.waiting.length) this.rouse()
    else await this.#end(held)
  }

  /** The claim's result is durable, or there is none to write. */
  async settled({ claim }: Task): Promise<void> {
    const held = this.#heldBy(claim)
    if (!held) return
    held.out--
    await this.#endIfDone(held)
  }

  /** The claim is to be had again: nothing came of it. */
  async putBack({ claim }: Task): Promise<void> {
    const held = this.#heldBy(claim)
    if (!held) return
    held.out--
    if (!held.givenUp && !this.#closed) held.waiting.push(claim)
    await this.#endIfDone(held)
    this.rouse()
  }

  /** Another sender has the batch. */
  lost(batchId: number): void {
    this.#held.delete(batchId)
  }

  /** Gives up what waits of a dispatch that is paused or has ended. */
  async giveUp(dispatchId: number): Promise<void> {
    for (const held of [...this.#held.values()])
      if (held.lease.dispatchId === dispatchId) await this.#giveUp(held)
  }

  async giveUpAll(): Promise<void> {
    for (const held of [...this.#held.values()]) await this.#giveUp(held)
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
    const ids = [...this.#held.keys()]
    const ours = await renewLeases(this.#deps.raw, this.#deps.holder, ids)
    for (const id of ids) if (!ours.has(id)) this.lost(id)
  }

  #heldBy(claim: Claim): Held | undefined {
    const held = this.#held.get(claim.batchId)
    return held?.lease.fence === claim.fence ? held : undefined
  }

  async #giveUp(held: Held): Promise<void> {
    held.givenUp = true
    held.waiting = []
    await this.#endIfDone(held)
  }

  async #endIfDone(held: Held): Promise<void> {
    if (held.out === 0 && !held.waiting.length) await this.#end(held)
  }

  async #end(held: Held): Promise<void> {
    const { raw, holder, log } = this.#deps
    this.#held.delete(held.lease.id)
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
