import { randomUUID } from 'node:crypto'
import type { PauseReason } from '../../domain/dispatch.ts'
import { startLoop } from '../../domain/loop.ts'
import { type RetryPolicy, retryPolicy } from '../../domain/retry-policy.ts'
import { type OpenWire, SessionError, type Wire } from '../../mail/wire.ts'
import type { Renewed } from '../../store/batches.ts'
import type { Raw } from '../../store/client.ts'
import { forgetConnections } from '../../store/in-flight.ts'
import type { CountsIn } from '../../store/tallies.ts'
import { pauseForFault } from '../pause-for-fault.ts'
import type { Services } from '../services.ts'
import { Domains } from './domains.ts'
import { Faults } from './faults.ts'
import { Gate } from './gate.ts'
import { Holdings, type LeaseMore } from './holdings.ts'
import { runLane } from './lane.ts'
import type { Lanes } from './lanes.ts'
import { LaterBatches } from './later-batches.ts'
import { type Letters, openLetters } from './letters.ts'
import { Pace } from './pace.ts'
import { Patience } from './patience.ts'
import { Rounds } from './rounds.ts'

export type CrewDeps = {
  services: Pick<Services, 'config' | 'db' | 'keys' | 'log' | 'templates' | 'wake'>
  /** By `openLedger`, for this crew alone. The caller ends it after the drain. */
  raw: Raw
  /** The ways to the mail server, or to the built-in mailbox. */
  openWire: OpenWire
  /** How many connections there may be. */
  connections: number
  /** The one domain whose limit this crew may hold; absent: any. */
  domain?: string
  retry?: RetryPolicy
  /** Where what it delivers is counted; absent: in the dispatch's own row. */
  countsIn?: CountsIn
  /** Leases more of what is due, for `holder`. */
  lease(holder: string, ...ask: Parameters<LeaseMore>): ReturnType<LeaseMore>
  /** Holds on to what `holder` leases, and says whether it may go on with it. */
  renew(holder: string, ids: readonly number[]): Promise<Renewed>
  /** Nothing is held any more, or a connection ended while something is: it is time to `tend`. */
  idle(): void
}

type Lane = { wire: Wire | undefined; ended: Promise<void> }

/** The connections that deliver what is leased, with all that they share. Works until it is drained. */
export class Crew {
  readonly #deps: CrewDeps
  readonly #holder = randomUUID()
  readonly #stopping = new AbortController()
  readonly #open = new Set<Lane>()
  readonly #letters = new Map<number, Promise<Letters>>()
  readonly #patience: Patience
  readonly #domains: Domains
  readonly #holdings: Holdings
  readonly #later: LaterBatches
  readonly #gate: Gate
  readonly #faults: Faults
  readonly #lanes: Lanes
  readonly #renewing: ReturnType<typeof startLoop>
  #looking: Promise<unknown> | undefined

  constructor(deps: CrewDeps) {
    this.#deps = deps
    const { services, raw, openWire, connections, domain, retry = retryPolicy, lease, renew, idle } = deps
    const { config, db, keys, log } = services
    const holder = this.#holder
    const failed = (error: unknown) => this.#failed(error)
    const transport = config.transport.kind
    this.#patience = new Patience(log)
    this.#domains = new Domains({
      raw,
      db,
      holder,
      transport,
      connections,
      ...(domain !== undefined && { only: domain }),
      paused: paused => this.#leaveAlone(paused),
      failed,
    })
    this.#holdings = new Holdings({
      raw,
      holder,
      log,
      domains: this.#domains,
      lease: (...ask) => lease(holder, ...ask),
      renew: ids => renew(holder, ids),
      emptied: idle,
    })
    this.#later = new LaterBatches(raw)
    this.#gate = new Gate(openWire, connections)
    this.#faults = new Faults({
      raw,
      db,
      domains: this.#domains,
      pause: (...fault) => this.pause(...fault),
      atRest: id => this.#atRest(id),
      failed,
    })
    this.#lanes = {
      holdings: this.#holdings,
      gate: this.#gate,
      domains: this.#domains,
      faults: this.#faults,
      keys,
      retry,
      patience: this.#patience,
      rounds: new Rounds({ raw, holder, countsIn: deps.countsIn ?? 'dispatch', patience: this.#patience }),
      pace: config.sendRate
        ? new Pace(db, { scope: 'mail', perSecond: config.sendRate }, connections)
        : undefined,
      later: this.#later,
      lettersOf: id => this.#lettersOf(id),
      grew: () => this.#openMoreLanes(),
      stopping: this.#stopping.signal,
    }
    this.#renewing = startLoop(async () => {
      if (this.#holdings.size) await this.#domains.refresh()
      await this.#holdings.renew()
      return 4000
    }, failed)
  }

  /** Batches that it leases. */
  get held(): number {
    return this.#holdings.size
  }

  /** Asks again and again while the database is away, until the crew must end. What is asked must do no harm twice. */
  ask<T>(work: () => Promise<T>): Promise<T> {
    return this.#patience.ask(work)
  }

  /**
   * Reads limits and pauses of domains anew, leases what is due, and opens connections for it. Where no mail server is
   * to be had now, all is given back, since others may have one. Once it drains it takes nothing any more.
   */
  async tend(): Promise<'at-work' | 'no-server'> {
    if (this.#stopping.signal.aborted) return 'at-work'
    const looking = this.#look()
    this.#looking = looking.catch(() => {})
    return looking
  }

  async #look(): Promise<'at-work' | 'no-server'> {
    await this.#domains.refresh()
    if (this.#gate.open === 0 && this.#gate.wait > 0) {
      await this.#holdings.giveUpAll()
      return 'no-server'
    }
    await this.#holdings.fill()
    this.#openMoreLanes()
    this.#forgetIdle()
    return 'at-work'
  }

  giveUpAll(): Promise<void> {
    return this.#holdings.giveUpAll()
  }

  /** Pauses a dispatch, tells its editors, and gives up what is claimed of it. */
  async pause(dispatchId: number, reason: PauseReason, evidence: Record<string, unknown>): Promise<void> {
    const { config, db, log, wake } = this.#deps.services
    await this.ask(() => db.transaction(tx => pauseForFault(config, tx, dispatchId, reason, evidence)))
    log.warn({ dispatch: dispatchId, reason }, 'a dispatch is paused')
    await this.#holdings.giveUp(dispatchId)
    wake()
  }

  /**
   * Ends: what is on the wire is finished, results are written, leases given back. What takes longer than `grace`
   * milliseconds is dropped where it stands, and unknown.
   */
  async drain(grace: number): Promise<void> {
    this.#stopping.abort()
    const end = setTimeout(() => {
      for (const lane of this.#open) lane.wire?.abort()
      this.#patience.over()
    }, grace)
    await this.#holdings.close()
    await this.#looking
    while (this.#open.size) await Promise.all([...this.#open].map(lane => lane.ended))
    await this.#faults.settle()
    await this.#renewing.stop()
    await this.#holdings.giveUpAll()
    await this.#domains.release().catch(error => this.#failed(error))
    await forgetConnections(this.#deps.raw, this.#holder).catch(error => this.#failed(error))
    clearTimeout(end)
    this.#patience.over()
  }

  #forgetIdle() {
    const busy = this.#holdings.dispatches()
    for (const id of this.#letters.keys())
      if (!busy.has(id)) {
        this.#letters.delete(id)
        this.#later.forget(id)
        this.#faults.forget(id)
      }
  }

  #openMoreLanes() {
    for (let wanted = this.#holdings.ready - this.#gate.open; wanted > 0 && this.#gate.wait === 0; wanted--)
      this.#openLane()
  }

  #openLane() {
    const lane: Lane = { wire: undefined, ended: Promise.resolve() }
    this.#open.add(lane)
    lane.ended = this.#occupy(lane)
      .catch(error => this.#laneFailed(error))
      .finally(() => {
        this.#open.delete(lane)
        if (this.#holdings.ready && !this.#stopping.signal.aborted) this.#deps.idle()
      })
  }

  async #occupy(lane: Lane) {
    const wire = await this.#gate.connect(this.#stopping.signal)
    lane.wire = wire
    try {
      await runLane(this.#lanes, wire)
    } finally {
      wire.abort()
      this.#gate.closed()
    }
  }

  async #laneFailed(error: unknown) {
    if (this.#stopping.signal.aborted) return
    if (!(error instanceof SessionError)) return this.#failed(error)
    this.#deps.services.log.warn(
      { stage: error.stage, reply: error.reply?.code, err: error.cause },
      'no session with the mail server',
    )
    const reason = refusalOf(error)
    if (reason)
      for (const id of this.#holdings.dispatches())
        await this.pause(id, reason, { reply: error.message }).catch(fault => this.#failed(fault))
  }

  #leaveAlone(domain: string) {
    this.#deps.services.log.warn({ domain }, 'a domain is left alone for a while')
    this.#holdings.giveUpDomain(domain).catch(error => this.#failed(error))
  }

  async #atRest(dispatchId: number) {
    while (this.#holdings.dispatches().has(dispatchId)) await new Promise(resolve => setTimeout(resolve, 20))
  }

  #lettersOf(dispatchId: number): Promise<Letters> {
    const known = this.#letters.get(dispatchId)
    if (known) return known
    const opening = openLetters(this.#deps.services, dispatchId)
    this.#letters.set(dispatchId, opening)
    opening.catch(() => this.#letters.delete(dispatchId))
    return opening
  }

  #failed(error: unknown) {
    this.#deps.services.log.error({ err: error }, 'a sender met a fault')
  }
}

/** What the server will not change by itself is our fault; a network, or "not now", is waited for. */
function refusalOf({ stage, reply }: SessionError): PauseReason | undefined {
  // As everywhere, the enhanced code beats the basic one.
  if (reply && (reply.enhanced ? reply.enhanced.startsWith('4') : reply.code < 500)) return undefined
  if (stage === 'auth') return 'smtp-sign-in'
  if (stage === 'tls') return 'smtp-tls'
  return reply ? 'smtp-refused' : undefined
}
