import type { Lease, Stream } from '../../store/batches.ts'
import type { Claim } from '../../store/turns.ts'
import type { Domains } from './domains.ts'

/** With fewer claims ahead than this a stream's next batch is leased: 50 ms of work at 10,000 a second. */
const ahead = 500
/** A connection stays with its dispatch until that is so many messages ahead of another's share. */
const stretch = 20

/** A batch that this sender leases. */
export type Held = {
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

/**
 * The order in which what is held goes out: a breaking dispatch first, the others share; within one, no stream waits for
 * another.
 */
export class HeldStreams {
  readonly #domains: Domains
  readonly #dispatches = new Map<number, DispatchHeld>()

  constructor(domains: Domains) {
    this.#domains = domains
  }

  /** Claims that could be sent now, were there connections. */
  get ready(): number {
    return this.#all().reduce(
      (sum, stream) => sum + Math.min(waitingIn(stream), this.#domains.room(stream.domain)),
      0,
    )
  }

  /** Milliseconds until a domain's limit lets the next message pass. */
  get nextTurn(): number {
    const limited = this.#all().filter(
      stream => stream.domain !== '' && waitingIn(stream) > 0 && this.#domains.room(stream.domain) > 0,
    )
    return Math.min(Number.MAX_SAFE_INTEGER, ...limited.map(({ domain }) => this.#domains.wait(domain)))
  }

  /** Those of which more is to be leased. */
  get wanting(): StreamHeld[] {
    return this.#all().filter(wantsMore)
  }

  /** Those of which enough is claimed. */
  get supplied(): StreamHeld[] {
    return this.#all().filter(stream => !wantsMore(stream))
  }

  /** The next claim that may be sent now, taken out of its batch; undefined where there is none. */
  next(before: number | undefined): { stream: Stream; claim: Claim; runsLow: boolean } | undefined {
    for (const dispatch of this.#inTurn(before))
      for (const stream of dispatch.streams.values()) {
        const held = stream.batches.find(one => one.waiting.length > 0)
        if (!held || !this.#domains.tryStart(stream.domain)) continue
        const claim = held.waiting.shift()!
        held.out++
        dispatch.begun++
        // The streams take turns: the one that was served goes to the end.
        if (dispatch.streams.size > 1) {
          const key = keyOf(stream)
          dispatch.streams.delete(key)
          dispatch.streams.set(key, stream)
        }
        return { stream, claim, runsLow: wantsMore(stream) }
      }
    return undefined
  }

  /** Breaking ones first, then the one that is behind, but for the dispatch before as long as that is fair. */
  #inTurn(before: number | undefined): Iterable<DispatchHeld> {
    if (this.#dispatches.size <= 1) return this.#dispatches.values()
    const order = [...this.#dispatches.values()].sort(
      (a, b) => Number(b.breaking) - Number(a.breaking) || a.begun - b.begun,
    )
    const same = before === undefined ? undefined : this.#dispatches.get(before)
    const [first] = order
    if (!same || same === first || same.breaking !== first!.breaking || same.begun - first!.begun > stretch)
      return order
    return [same, ...order.filter(one => one !== same)]
  }

  add(held: Held): void {
    const { dispatchId, newsletterId, domain, breaking } = held.lease
    const dispatch = this.#dispatches.get(dispatchId) ?? {
      id: dispatchId,
      breaking,
      // One that joins has no claim on what it missed.
      begun: Math.max(0, ...[...this.#dispatches.values()].map(one => one.begun)),
      streams: new Map<string, StreamHeld>(),
    }
    this.#dispatches.set(dispatchId, dispatch)
    const key = keyOf(held.lease)
    const stream = dispatch.streams.get(key) ?? {
      dispatchId,
      newsletterId,
      domain,
      batches: [],
      isDry: false,
    }
    dispatch.streams.set(key, stream)
    stream.batches.push(held)
  }

  remove({ lease }: Held): void {
    const stream = this.#dispatches.get(lease.dispatchId)?.streams.get(keyOf(lease))
    if (!stream) return
    stream.batches = stream.batches.filter(one => one.lease !== lease)
    this.#forgetIfEmpty(stream)
  }

  /** Each may have more to lease than when it was last asked. */
  moreMayBeDue(): void {
    for (const stream of this.#all()) stream.isDry = false
  }

  /** Of those that were wanting, nothing was there to lease but what was `found`. */
  noteDry(wanting: readonly StreamHeld[], found: readonly Stream[]): void {
    const keys = new Set(found.map(keyOf))
    for (const stream of wanting) if (!keys.has(keyOf(stream))) stream.isDry = true
  }

  /** Forgets those of which nothing is held, and nothing is to be had. */
  forgetEmpty(streams: readonly StreamHeld[]): void {
    for (const stream of streams) this.#forgetIfEmpty(stream)
  }

  #forgetIfEmpty(stream: StreamHeld): void {
    const dispatch = this.#dispatches.get(stream.dispatchId)
    if (stream.batches.length || !stream.isDry || !dispatch) return
    dispatch.streams.delete(keyOf(stream))
    if (!dispatch.streams.size) this.#dispatches.delete(dispatch.id)
  }

  #all(): StreamHeld[] {
    return [...this.#dispatches.values()].flatMap(({ streams }) => [...streams.values()])
  }
}

const keyOf = ({ dispatchId, newsletterId, domain }: Stream) => `${dispatchId} ${newsletterId} ${domain}`
const waitingIn = ({ batches }: StreamHeld) => batches.reduce((sum, one) => sum + one.waiting.length, 0)
const wantsMore = (stream: StreamHeld) => !stream.isDry && waitingIn(stream) < ahead
