import type { DomainPauseReason } from '../../domain/mail-domain.ts'
import { withoutAddresses } from '../../domain/smtp-reply.ts'
import type { Db, Raw } from '../../store/client.ts'
import {
  forgiveDomain,
  holdDomains,
  type KnownDomain,
  pauseDomain,
  releaseDomains,
} from '../../store/mail-domains.ts'
import { Pace } from './pace.ts'

const minute = 60_000
/** So many times "not now" from a domain, and nothing taken between: it is left alone for a while. */
const slowReplies = 10
/** For how long, in milliseconds; each further time twice as long, up to the second. */
const pauses: Record<DomainPauseReason, readonly [first: number, longest: number]> = {
  'slow-down': [minute, 60 * minute],
  policy: [60 * minute, 240 * minute],
  'unknown-mailboxes': [60 * minute, 60 * minute],
}

type Course = {
  known: KnownDomain
  /** Until when it is paused, by this process's clock. */
  pausedUntil: number
  /** Messages under way. */
  out: number
  pace: Pace | undefined
}

type Deps = {
  raw: Raw
  db: Db
  holder: string
  transport: 'smtp' | 'mailbox'
  connections: number
  /** The one domain whose limit it may hold; absent: any. */
  only?: string
  /** The domain is paused: what waits for it is to be given up. */
  paused(domain: string): void
  failed(error: unknown): void
}

/** What a sender knows of its recipients' domains: the limits that it keeps, their pauses, and what they said of late. */
export class Domains {
  readonly #deps: Deps
  readonly #courses = new Map<string, Course>()
  readonly #slow = new Map<string, number>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Reads limits and pauses anew, and holds on to the domains that are this sender's. The mailbox knows no limit. */
  async refresh(): Promise<void> {
    const { raw, holder, transport, only } = this.#deps
    if (transport === 'mailbox') return
    const rows = await holdDomains(raw, holder, only)
    const gone = new Set(this.#courses.keys())
    for (const known of rows) {
      gone.delete(known.domain)
      this.#courses.set(known.domain, this.#course(known))
    }
    for (const domain of gone) this.#courses.delete(domain)
  }

  #course(known: KnownDomain): Course {
    const { domain, perMinute, pausedFor } = known
    const old = this.#courses.get(domain)
    const { db, connections } = this.#deps
    const keepsPace = old?.known.perMinute === perMinute
    const limit = { scope: `to ${domain}`, perSecond: (perMinute ?? 0) / 60 }
    return {
      known,
      pausedUntil: pausedFor > 0 ? Date.now() + pausedFor : 0,
      out: old?.out ?? 0,
      pace: keepsPace ? old?.pace : perMinute ? new Pace(db, limit, connections) : undefined,
    }
  }

  /** All that may have batches of their own, and whether this sender may lease them now. */
  list(): { domain: string; ours: boolean }[] {
    return [...this.#courses.values()].map(course => ({
      domain: course.known.domain,
      ours: course.known.ours && course.pausedUntil <= Date.now(),
    }))
  }

  isLimited(domain: string): boolean {
    const known = this.#courses.get(domain)?.known
    return known !== undefined && (known.connections !== null || known.perMinute !== null)
  }

  /** Milliseconds until something may be sent there; 0 where it is not paused. */
  pausedFor(domain: string): number {
    const course = this.#courses.get(domain)
    return course ? Math.max(0, course.pausedUntil - Date.now()) : 0
  }

  /** How many more messages may be under way to a domain; the empty one stands for all that have no limit. */
  room(domain: string): number {
    const course = this.#courses.get(domain)
    if (!course) return Number.POSITIVE_INFINITY
    if (course.pausedUntil > Date.now() || !course.known.ours) return 0
    return Math.max(0, (course.known.connections ?? Number.POSITIVE_INFINITY) - course.out)
  }

  /** Takes a place for one message, if the domain has one now. The caller says `ended`. */
  tryStart(domain: string): boolean {
    if (domain === '') return true
    const course = this.#courses.get(domain)
    if (!course) return true
    if (this.room(domain) === 0 || (course.pace && !course.pace.tryTake())) return false
    course.out++
    return true
  }

  ended(domain: string): void {
    const course = domain === '' ? undefined : this.#courses.get(domain)
    if (course) course.out = Math.max(0, course.out - 1)
  }

  /** Milliseconds until `tryStart` is worth another try, where it is a matter of time. */
  wait(domain: string): number {
    return this.#courses.get(domain)?.pace?.wait ?? Number.POSITIVE_INFINITY
  }

  /** A message was taken there. */
  accepted(domain: string): void {
    if (this.#slow.size > 0) this.#slow.delete(domain)
    const known = this.#courses.get(domain)?.known
    if (!known?.strikes) return
    known.strikes = 0
    forgiveDomain(this.#deps.raw, domain).catch(this.#deps.failed)
  }

  /** A server there said that it has too much of us. Answers whether it is the first time in a row. */
  slowed(domain: string, reply: string): 'first' | 'again' {
    const times = (this.#slow.get(domain) ?? 0) + 1
    this.#slow.set(domain, times)
    if (times === slowReplies) {
      this.#slow.delete(domain)
      this.pause(domain, 'slow-down', reply).catch(this.#deps.failed)
    }
    return times === 1 ? 'first' : 'again'
  }

  /** Leaves a domain alone, for all dispatches and senders. Answers for how many milliseconds. */
  async pause(domain: string, reason: DomainPauseReason, reply: string): Promise<number> {
    const { raw, paused } = this.#deps
    const [ms, longest] = pauses[reason]
    const course = this.#courses.get(domain)
    // At once for this sender's other connections; the database has the last word.
    if (course) course.pausedUntil = Math.max(course.pausedUntil, Date.now() + ms)
    const length = await pauseDomain(raw, { domain, ms, reason, reply: withoutAddresses(reply) }, longest)
    await this.refresh()
    paused(domain)
    return length
  }

  release(): Promise<unknown> {
    return releaseDomains(this.#deps.raw, this.#deps.holder)
  }
}
