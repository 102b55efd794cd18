import type { PauseReason } from '../../domain/dispatch.ts'
import { withoutAddresses } from '../../domain/smtp-reply.ts'
import type { Db, Raw } from '../../store/client.ts'
import { findDispatch } from '../../store/dispatches.ts'
import { tooManyFailures } from '../../store/failure-share.ts'
import { countDomain, takeBack } from '../../store/take-back.ts'
import type { Result } from '../../store/turns.ts'
import type { Domains } from './domains.ts'
import type { Task } from './holdings.ts'

/** So many readers of so many domains in a row, all refused in one and the same words: that is about us. */
const sameReply = { readers: 20, domains: 3 }
/** More than this share of a domain's readers, and at least so many, unknown to it: that is about the domain. */
const unknownMailboxes = { share: 0.1, least: 20 }

type Streak = {
  reply: string
  readers: Map<number, string>
  /** It paused the dispatch. */
  tripped: boolean
  /** Another sender's did. */
  followed?: boolean
}
/** Readers that a domain does not know; asked of the whole ledger when they are so many, and again when twice as many. */
type Tally = { readers: Set<number>; askAt: number; holds?: Promise<number | undefined> | undefined }
/** What is known of a dispatch's failures. */
type Watch = { check?: Promise<void>; again: boolean; reply: string }

type Deps = {
  raw: Raw
  db: Db
  domains: Domains
  /** Pauses the dispatch, tells its editors, and gives up what is claimed of it. */
  pause(dispatchId: number, reason: PauseReason, evidence: Record<string, unknown>): Promise<void>
  /** Resolves when nothing of the dispatch is in this sender's hands. */
  atRest(dispatchId: number): Promise<void>
  failed(error: unknown): void
}

/** It stands; the delivery goes back to pending; or its domain is left alone for so many milliseconds. */
type Opinion = { kind: 'stands' } | { kind: 'take-back' } | { kind: 'hold'; ms: number }

/** Tells refusals that are about one reader from those that are about us, or about a whole domain. */
export class Faults {
  readonly #deps: Deps
  readonly #streaks = new Map<number, Streak>()
  readonly #tallies = new Map<string, Tally>()
  /** Readers whose refusal stands and is not durable yet, with their domain's tally. */
  readonly #standing = new Map<number, Tally>()
  /** Domains that refuse a dispatch by their policy, since the last message that was taken. */
  readonly #blocking = new Map<number, Set<string>>()
  readonly #watches = new Map<number, Watch>()
  readonly #work = new Set<Promise<void>>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** A reader got it: the row of refusals is broken. */
  sent(dispatchId: number): void {
    if (this.#streaks.size > 0) this.#streaks.delete(dispatchId)
    if (this.#blocking.size > 0) this.#blocking.delete(dispatchId)
  }

  /** A fault that is ours beyond doubt. */
  ours(dispatchId: number, reason: PauseReason, reply: string): void {
    this.#behind(this.#deps.pause(dispatchId, reason, { reply }))
  }

  /**
   * Whether a policy block is its domain's alone: an editor has seen one in this dispatch and said "go on", and not
   * too many domains in a row block.
   */
  async isDomains(dispatchId: number, domain: string): Promise<boolean> {
    const blocking = this.#blocking.get(dispatchId) ?? new Set()
    this.#blocking.set(dispatchId, blocking.add(domain))
    if (blocking.size >= sameReply.domains) return false
    return (await findDispatch(this.#deps.db, dispatchId))?.blocksKnown === true
  }

  /** What a refusal means for its delivery. */
  async failed(
    { dispatchId, claim }: Task,
    domain: string,
    { reply, suppress }: { reply: string; suppress: boolean },
  ): Promise<Opinion> {
    const streak = this.#extend(dispatchId, reply, claim.subscriberId, domain)
    if (streak.tripped) return { kind: 'take-back' }
    if (isOurs(streak)) {
      streak.tripped = true
      this.#behind(this.#undo(dispatchId, streak))
      return { kind: 'take-back' }
    }
    return suppress ? this.#count(dispatchId, claim.subscriberId, domain, reply) : { kind: 'stands' }
  }

  /** A result is durable. One that stood before its domain was paused for such results is taken back. */
  written({ dispatchId, claim: { subscriberId } }: Task, { state, reply = '' }: Result): void {
    if (state !== 'failed') return
    this.#watch(dispatchId, reply)
    const tally = this.#standing.get(subscriberId)
    this.#standing.delete(subscriberId)
    if (tally?.holds)
      this.#behind(
        tally.holds.then(async ms => {
          if (ms !== undefined)
            await takeBack(this.#deps.raw, { dispatchId, readers: [subscriberId], pause: ms })
        }),
      )
  }

  /**
   * The dispatch was stopped. Where another sender did so for the words that this one's readers were refused in too,
   * those have it back as well: each sender sees a part of the row.
   */
  stopped(dispatchId: number): void {
    const streak = this.#streaks.get(dispatchId)
    if (!streak || streak.tripped || streak.followed) return
    streak.followed = true
    this.#behind(this.#follow(dispatchId, streak))
  }

  /** The dispatch is done with, or nothing of it is in hand. */
  forget(dispatchId: number): void {
    this.#streaks.delete(dispatchId)
    this.#blocking.delete(dispatchId)
    this.#watches.delete(dispatchId)
    for (const key of this.#tallies.keys()) if (key.startsWith(`${dispatchId} `)) this.#tallies.delete(key)
  }

  /** Resolves when what was begun is done. */
  async settle(): Promise<void> {
    while (this.#work.size) await Promise.all(this.#work)
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

  async #follow(dispatchId: number, { reply, readers }: Streak): Promise<void> {
    const { raw, db, atRest } = this.#deps
    const dispatch = await findDispatch(db, dispatchId)
    if (dispatch?.pauseReason !== ('same-reply' satisfies PauseReason)) return
    if (dispatch.pauseEvidence?.reply !== withoutAddresses(reply)) return
    await atRest(dispatchId)
    await takeBack(raw, { dispatchId, readers: [...readers.keys()], pause: 0 })
  }

  async #count(dispatchId: number, reader: number, domain: string, reply: string): Promise<Opinion> {
    const key = `${dispatchId} ${domain}`
    const tally = this.#tallies.get(key) ?? { readers: new Set(), askAt: unknownMailboxes.least }
    this.#tallies.set(key, tally)
    tally.readers.add(reader)
    this.#standing.set(reader, tally)
    if (tally.readers.size >= tally.askAt) {
      tally.askAt = tally.readers.size * 2
      const { failed } = this.#deps
      const asked = this.#judgeDomain(dispatchId, domain, tally, reply).catch(error => void failed(error))
      // Until the ledger has answered, later refusals wait for it; where all is well they stand by themselves again.
      tally.holds = asked
      asked.then(ms => {
        if (ms === undefined && tally.holds === asked) tally.holds = undefined
      })
    }
    const ms = await tally.holds
    if (ms === undefined) return { kind: 'stands' }
    this.#standing.delete(reader)
    return { kind: 'hold', ms }
  }

  /** Counts over all senders: those of the ledger, and those of this one that may not stand there yet. */
  async #judgeDomain(
    dispatchId: number,
    domain: string,
    tally: Tally,
    reply: string,
  ): Promise<number | undefined> {
    const { raw, domains } = this.#deps
    const { readers, refused } = await countDomain(raw, dispatchId, domain)
    const unknown = new Set([...refused, ...tally.readers])
    if (unknown.size <= readers * unknownMailboxes.share) return undefined
    const ms = await domains.pause(domain, 'unknown-mailboxes', reply)
    await takeBack(raw, { dispatchId, readers: [...unknown], pause: ms })
    // Those on the wire meanwhile are held too; the next ones, after the pause, are counted anew.
    setTimeout(() => this.#tallies.delete(`${dispatchId} ${domain}`), ms).unref?.()
    return ms
  }

  /** Whether too many of what was tried failed; asked once at a time, however many fail meanwhile. */
  #watch(dispatchId: number, reply: string): void {
    const watch = this.#watches.get(dispatchId) ?? { again: false, reply }
    this.#watches.set(dispatchId, watch)
    watch.reply = reply
    if (watch.check) {
      watch.again = true
      return
    }
    const check = async () => {
      do {
        watch.again = false
        const found = await tooManyFailures(this.#deps.db, dispatchId)
        if (found) await this.#deps.pause(dispatchId, 'failures', { ...found, reply: watch.reply })
      } while (watch.again)
      watch.check = undefined
    }
    watch.check = check()
    watch.check.catch(() => {
      watch.check = undefined
    })
    this.#behind(watch.check)
  }

  #behind(work: Promise<void>): void {
    const noted = work.catch(this.#deps.failed).finally(() => this.#work.delete(noted))
    this.#work.add(noted)
  }
}

const isOurs = ({ readers }: Streak) =>
  readers.size >= sameReply.readers && new Set(readers.values()).size >= sameReply.domains
