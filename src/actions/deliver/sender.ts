import { randomUUID } from 'node:crypto'
import { interruptedAfter, type PauseReason } from '../../domain/dispatch.ts'
import { startLoop } from '../../domain/loop.ts'
import { type RetryPolicy, retryPolicy } from '../../domain/retry-policy.ts'
import { type OpenWire, SessionError, type Wire } from '../../mail/wire.ts'
import type { Raw } from '../../store/client.ts'
import { finishDispatches, listDue, listInterrupted } from '../../store/dispatches.ts'
import { forgetConnections, reclaimExpired } from '../../store/in-flight.ts'
import { maySend } from '../home.ts'
import { pauseForFault } from '../pause-for-fault.ts'
import type { Services } from '../services.ts'
import { startDispatch } from '../start-dispatch.ts'
import { Domains } from './domains.ts'
import { Faults } from './faults.ts'
import { Gate } from './gate.ts'
import { Holdings } from './holdings.ts'
import { type Lanes, runLane } from './lane.ts'
import { LaterBatches } from './later-batches.ts'
import { type Letters, openLetters } from './letters.ts'
import { Pace } from './pace.ts'
import { Patience } from './patience.ts'
import { Rounds } from './rounds.ts'

export type SenderDeps = {
  services: Pick<Services, 'config' | 'db' | 'keys' | 'log' | 'templates' | 'wake'>
  /** By `openLedger`, for this sender alone. The caller ends it after the drain. */
  raw: Raw
  /** The ways to the mail server, or to the built-in mailbox. */
  openWire: OpenWire
  retry?: RetryPolicy
}

export type Sender = {
  /** Looks for work now rather than within a second. */
  wake(): void
  /**
   * Ends: what is on the wire is finished, results are written, leases given back. What takes longer than `grace`
   * milliseconds (30 s) is dropped where it stands, and unknown.
   */
  drain(grace?: number): Promise<void>
}

type Lane = { wire: Wire | undefined; ended: Promise<void> }

/** Starts a sender: it starts what is due and delivers what is leased, until it is drained. Many may run at once. */
export function createSender({ services, raw, openWire, retry = retryPolicy }: SenderDeps): Sender {
  const { config, db, keys, log } = services
  const holder = randomUUID()
  const transport = config.transport.kind
  const stopping = new AbortController()
  const open = new Set<Lane>()
  const letters = new Map<number, Promise<Letters>>()

  const patience = new Patience(log)
  const domains = new Domains({ raw, db, holder, transport, paused: leaveAlone, failed })
  const holdings = new Holdings({ raw, holder, transport, log, domains, emptied: () => work.wake() })
  const later = new LaterBatches(raw)
  const gate = new Gate(openWire, config.smtpConnections)
  const faults = new Faults({ raw, db, domains, pause, atRest, failed })
  const lanes: Lanes = {
    holdings,
    gate,
    domains,
    faults,
    keys,
    retry,
    patience,
    rounds: new Rounds({ raw, holder, patience }),
    pace: config.sendRate ? new Pace(db, { scope: 'mail', perSecond: config.sendRate }) : undefined,
    later,
    lettersOf,
    grew: openMoreLanes,
    stopping: stopping.signal,
  }

  let lookedForInterrupted = 0
  let silent = false
  const work = startLoop(() => patience.ask(look), failed)
  const renewing = startLoop(async () => {
    await holdings.renew()
    return 4000
  }, failed)

  /** One look at everything; answers the milliseconds until the next. */
  async function look(): Promise<number> {
    if (!(await mayGoOn())) return 10_000
    await domains.refresh()
    await startDue()
    if (Date.now() - lookedForInterrupted > 30_000) {
      lookedForInterrupted = Date.now()
      for (const id of await listInterrupted(db, transport, interruptedAfter))
        await pause(id, 'interrupted', {})
    }
    const unknown = await reclaimExpired(raw)
    if (unknown) log.warn({ unknown }, 'a sender ended with deliveries in flight')
    for (const id of await finishDispatches(db, transport))
      log.info({ dispatch: id }, 'a dispatch is finished')
    await openLanes()
    forgetIdle()
    return 1000
  }

  /** A copy of somebody's database sends nothing. */
  async function mayGoOn(): Promise<boolean> {
    const may = await maySend({ db, config })
    if (!may && !silent) log.warn({}, 'this is a copy of another installation: it sends nothing')
    silent = !may
    if (!may) await holdings.giveUpAll()
    return may
  }

  async function startDue() {
    for (const id of await listDue(db, transport)) {
      // One that can't be started must not keep the others from their readers.
      const outcome = await startDispatch(services, id).catch(failed)
      if (outcome && outcome.kind !== 'not-due') log.info({ dispatch: id, ...outcome }, 'a dispatch was due')
      if (outcome?.kind === 'paused') services.wake()
    }
  }

  function forgetIdle() {
    const busy = holdings.dispatches()
    for (const id of letters.keys())
      if (!busy.has(id)) {
        letters.delete(id)
        later.forget(id)
        faults.forget(id)
      }
  }

  async function openLanes() {
    // No server to be had: others may have one.
    if (gate.open === 0 && gate.wait > 0) return holdings.giveUpAll()
    await holdings.fill()
    openMoreLanes()
  }

  function openMoreLanes() {
    for (let wanted = holdings.ready - gate.open; wanted > 0 && gate.wait === 0; wanted--) openLane()
  }

  function openLane() {
    const lane: Lane = { wire: undefined, ended: Promise.resolve() }
    open.add(lane)
    lane.ended = occupy(lane)
      .catch(laneFailed)
      .finally(() => {
        open.delete(lane)
        if (holdings.ready && !stopping.signal.aborted) work.wake()
      })
  }

  async function occupy(lane: Lane) {
    const wire = await gate.connect(stopping.signal)
    lane.wire = wire
    try {
      await runLane(lanes, wire)
    } finally {
      wire.abort()
      gate.closed()
    }
  }

  async function laneFailed(error: unknown) {
    if (stopping.signal.aborted) return
    if (!(error instanceof SessionError)) return failed(error)
    log.warn(
      { stage: error.stage, reply: error.reply?.code, err: error.cause },
      'no session with the mail server',
    )
    const reason = refusalOf(error)
    if (reason)
      for (const id of holdings.dispatches()) await pause(id, reason, { reply: error.message }).catch(failed)
  }

  async function pause(dispatchId: number, reason: PauseReason, evidence: Record<string, unknown>) {
    await patience.ask(() => db.transaction(tx => pauseForFault(config, tx, dispatchId, reason, evidence)))
    log.warn({ dispatch: dispatchId, reason }, 'a dispatch is paused')
    await holdings.giveUp(dispatchId)
    services.wake()
  }

  function leaveAlone(domain: string) {
    log.warn({ domain }, 'a domain is left alone for a while')
    holdings.giveUpDomain(domain).catch(failed)
  }

  async function atRest(dispatchId: number) {
    while (holdings.dispatches().has(dispatchId)) await new Promise(resolve => setTimeout(resolve, 20))
  }

  function lettersOf(dispatchId: number): Promise<Letters> {
    const known = letters.get(dispatchId)
    if (known) return known
    const opening = openLetters(services, dispatchId)
    letters.set(dispatchId, opening)
    opening.catch(() => letters.delete(dispatchId))
    return opening
  }

  function failed(error: unknown) {
    log.error({ err: error }, 'a sender met a fault')
  }

  return {
    wake: () => work.wake(),
    async drain(grace = 30_000) {
      stopping.abort()
      const end = setTimeout(() => {
        for (const lane of open) lane.wire?.abort()
        patience.over()
      }, grace)
      await work.stop()
      await holdings.close()
      while (open.size) await Promise.all([...open].map(lane => lane.ended))
      await faults.settle()
      await renewing.stop()
      await holdings.giveUpAll()
      await domains.release().catch(failed)
      await forgetConnections(raw, holder).catch(failed)
      clearTimeout(end)
    },
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
