import type { PauseReason } from '../../domain/dispatch.ts'
import { domainOf } from '../../domain/email-address.ts'
import type { Raw } from '../../store/client.ts'
import { countDomain, takeBack } from '../../store/take-back.ts'
import type { Task } from './holdings.ts'

/** So many readers of so many domains in a row, all refused in one and the same words: that is about us. */
const sameReply = { readers: 20, domains: 3 }
/** More than this share of a domain's readers, and at least so many, unknown to it: that is about the domain. */
const unknownMailboxes = { share: 0.1, least: 20 }
/** How long a domain is held, in milliseconds. */
export const heldFor = 60 * 60_000

type Streak = { reply: string; readers: Map<number, string>; tripped: boolean }
type Tally = { readers: Set<number>; held: boolean; total?: Promise<number> }

type Deps = {
  raw: Raw
  /** Pauses the dispatch, tells its editors, and gives up what is claimed of it. */
  pause(dispatchId: number, reason: PauseReason, evidence: Record<string, unknown>): Promise<void>
  /** Resolves when nothing of the dispatch is in this sender's hands. */
  atRest(dispatchId: number): Promise<void>
  failed(error: unknown): void
}

/** Tells refusals that are about one reader from those that are about us, or about a whole domain. */
export class Faults {
  readonly #deps: Deps
  readonly #streaks = new Map<number, Streak>()
  readonly #domains = new Map<string, Tally>()
  /** Readers whose refusal stands and is not durable yet, with their domain's key. */
  readonly #standing = new Map<number, string>()
  readonly #work = new Set<Promise<void>>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** A reader got it: the row of refusals is broken. */
  sent(dispatchId: number): void {
    this.#streaks.delete(dispatchId)
  }

  /** A fault that is ours beyond doubt. */
  ours(dispatchId: number, reason: PauseReason, reply: string): void {
    this.#behind(this.#deps.pause(dispatchId, reason, { reply }))
  }

  /** Whether a domain has its readers refused by the score just now. */
  isHeld(dispatchId: number, address: string): boolean {
    return this.#domains.size > 0 && this.#domains.get(`${dispatchId} ${domainOf(address)}`)?.held === true
  }

  /** What a refusal means for its delivery: it stands, the delivery goes back to pending, or its domain is held. */
  async failed(
    { dispatchId, claim }: Task,
    address: string,
    { reply, suppress }: { reply: string; suppress: boolean },
  ): Promise<'stands' | 'take-back' | 'hold'> {
    const streak = this.#extend(dispatchId, reply, claim.subscriberId, domainOf(address))
    if (streak.tripped) return 'take-back'
    if (isOurs(streak)) {
      streak.tripped = true
      this.#behind(this.#undo(dispatchId, streak))
      return 'take-back'
    }
    return suppress ? this.#count(dispatchId, claim.subscriberId, domainOf(address)) : 'stands'
  }

  /** A result is durable. One that stood when its domain was not held yet is taken back if it is held now. */
  written({ dispatchId, claim: { subscriberId } }: Task): void {
    const key = this.#standing.get(subscriberId)
    if (key === undefined) return
    this.#standing.delete(subscriberId)
    if (this.#domains.get(key)?.held)
      this.#behind(takeBack(this.#deps.raw, { dispatchId, readers: [subscriberId], pause: heldFor }))
  }

  /** The dispatch is done with, or nothing of it is in hand; a domain stays held. */
  forget(dispatchId: number): void {
    this.#streaks.delete(dispatchId)
    for (const [key, { held }] of this.#domains)
      if (!held && key.startsWith(`${dispatchId} `)) this.#domains.delete(key)
  }

  /** Resolves when what was begun is done. */
  async settle(): Promise<void> {
    await Promise.all(this.#work)
  }

  #extend(dispatchId: number, reply: string, reader: number, domain: string): Streak {
    const known = this.#streaks.get(dispatchId)
    const streak = known?.reply === reply ? known : { reply, readers: new Map(), tripped: false }
    this.#streaks.set(dispatchId, streak)
    if (!streak.tripped) streak.readers.set(reader, domain)
    return streak
  }

  /** The lanes first write what they have, then those readers are pending again and no longer suppressed. */
  async #undo(dispatchId: number, { reply, readers }: Streak): Promise<void> {
    const { raw, pause, atRest } = this.#deps
    await pause(dispatchId, 'same-reply', { reply, readers: readers.size })
    await atRest(dispatchId)
    await takeBack(raw, { dispatchId, readers: [...readers.keys()], pause: 0 })
    this.#streaks.delete(dispatchId)
  }

  async #count(dispatchId: number, reader: number, domain: string): Promise<'stands' | 'hold'> {
    const key = `${dispatchId} ${domain}`
    const tally = this.#domains.get(key) ?? { readers: new Set(), held: false }
    this.#domains.set(key, tally)
    if (tally.held) return 'hold'
    tally.readers.add(reader)
    this.#standing.set(reader, key)
    if (tally.readers.size < unknownMailboxes.least) return 'stands'
    tally.total ??= countDomain(this.#deps.raw, dispatchId, domain)
    if (tally.held || tally.readers.size <= (await tally.total) * unknownMailboxes.share) return 'stands'
    if (!tally.held) this.#behind(this.#holdDomain(dispatchId, key, tally))
    return 'hold'
  }

  async #holdDomain(dispatchId: number, key: string, tally: Tally): Promise<void> {
    tally.held = true
    setTimeout(() => this.#domains.delete(key), heldFor).unref?.()
    await takeBack(this.#deps.raw, { dispatchId, readers: [...tally.readers], pause: heldFor })
  }

  #behind(work: Promise<void>): void {
    const noted = work.catch(this.#deps.failed).finally(() => this.#work.delete(noted))
    this.#work.add(noted)
  }
}

const isOurs = ({ readers }: Streak) =>
  readers.size >= sameReply.readers && new Set(readers.values()).size >= sameReply.domains
