import { and, eq, isNotNull, or, sql } from 'drizzle-orm'
import type { DomainPauseReason } from '../domain/mail-domain.ts'
import type { Db, Queryable, Raw } from './client.ts'
import { batches } from './schema/ledger.ts'
import { mailDomains } from './schema/limits.ts'

export type MailDomain = Pick<
  typeof mailDomains.$inferSelect,
  'domain' | 'connections' | 'perMinute' | 'pausedUntil' | 'pauseReason' | 'pauseReply'
>
export type DomainLimit = { connections: number | null; perMinute: number | null }

const isPaused = sql<boolean>`coalesce(${mailDomains.pausedUntil} > now(), false)`
const isLimited = or(isNotNull(mailDomains.connections), isNotNull(mailDomains.perMinute))

/** The domains that have a limit or are paused now, in the order of the alphabet; of a pause that is over nothing shows. */
export async function listMailDomains(db: Queryable): Promise<MailDomain[]> {
  const rows = await db
    .select({ row: mailDomains, paused: isPaused })
    .from(mailDomains)
    .where(or(isLimited, isPaused))
    .orderBy(mailDomains.domain)
  return rows.map(({ row, paused }) => {
    const { domain, connections, perMinute, pausedUntil, pauseReason, pauseReply } = row
    const pause = paused ? { pausedUntil, pauseReason, pauseReply } : noPause
    return { domain, connections, perMinute, ...pause }
  })
}

const noPause = { pausedUntil: null, pauseReason: null, pauseReply: null }

/** Limits a domain from the next message on; senders hear of it within a second. */
export const limitDomain = (db: Queryable, domain: string, limit: DomainLimit) =>
  db
    .insert(mailDomains)
    .values({ domain, ...limit })
    .onConflictDoUpdate({ target: mailDomains.domain, set: limit })

/** Takes a domain from the list, with its pause: what waits for it goes with all others. */
export const forgetDomain = (db: Db, domain: string): Promise<void> =>
  db.transaction(async tx => {
    await tx.delete(mailDomains).where(eq(mailDomains.domain, domain))
    await tx
      .update(batches)
      .set({ domain: '' })
      .where(and(eq(batches.domain, domain), sql`${batches.finishedAt} is null`))
  })

/**
 * Lets batches go with all others that were made for a domain while it was taken from the list, or after: nobody would
 * lease them. To be asked again and again.
 */
export const freeForgotten = (raw: Raw) => raw`
  update batches set domain = ''
  where finished_at is null and domain <> '' and not exists (
    select from mail_domains where mail_domains.domain = batches.domain)`

/** Ends the pause of a domain now. */
export const unpauseDomain = (db: Queryable, domain: string) =>
  db
    .update(mailDomains)
    .set({ ...noPause, strikes: 0 })
    .where(eq(mailDomains.domain, domain))

type Pause = { domain: string; ms: number; reason: DomainPauseReason; reply: string }

/**
 * Sends nothing to a domain for `ms` milliseconds, for all dispatches and senders, and twice as long each further time
 * until a message is taken there, up to `most`. Answers for how long.
 */
export async function pauseDomain(
  raw: Raw,
  { domain, ms, reason, reply }: Pause,
  most = ms,
): Promise<number> {
  const [row] = await raw`
    insert into mail_domains as m (domain, paused_until, pause_reason, pause_reply, strikes)
    values (${domain}, now() + ${ms}::float8 * interval '1 millisecond', ${reason}, ${reply}, 1)
    on conflict (domain) do update set
      paused_until = greatest(m.paused_until, now() +
        least(${ms}::float8 * 2 ^ least(m.strikes, 10), ${most}::float8) * interval '1 millisecond'),
      pause_reason = excluded.pause_reason, pause_reply = excluded.pause_reply, strikes = m.strikes + 1
    where m.paused_until is null or m.paused_until <= now()
    returning extract(epoch from paused_until - now())::float8 * 1000 as ms`
  return row ? Number(row.ms) : ms
}

/** A message was taken there: the next pause is a first one again. */
export const forgiveDomain = (raw: Raw, domain: string) =>
  raw`update mail_domains set strikes = 0 where domain = ${domain} and strikes > 0`

/** What a sender knows of a domain: its limit, for how many milliseconds it is paused, and whether it is this sender's. */
export type KnownDomain = DomainLimit & {
  domain: string
  pausedFor: number
  strikes: number
  /** It has no limit, or this sender holds it. */
  ours: boolean
}

/**
 * What senders must know of domains. Takes those that have a limit, that no other sender holds, and that have work, for
 * 15 s by the database's clock, and holds on to those that it had. With `only`, takes no other.
 */
export async function holdDomains(raw: Raw, holder: string, only?: string): Promise<KnownDomain[]> {
  const rows = await raw`
    with held as (
      update mail_domains m set holder = ${holder}::uuid, leased_until = now() + interval '15 seconds'
      where (m.connections is not null or m.per_minute is not null)
        and m.domain = coalesce(${only ?? null}::text, m.domain)
        and (m.holder is null or m.holder = ${holder}::uuid or m.leased_until < now())
        and exists (
          select from dispatches d join batches b on b.dispatch_id = d.id
          where d.state = 'sending' and b.domain = m.domain and b.finished_at is null
        )
      returning m.domain
    )
    select m.domain, m.connections, m.per_minute, m.strikes,
      coalesce(greatest(0, extract(epoch from m.paused_until - now())), 0)::float8 * 1000 as paused_for,
      h.domain is not null or (m.connections is null and m.per_minute is null) as ours
    from mail_domains m left join held h on h.domain = m.domain`
  return rows.map(row => ({
    domain: row.domain,
    connections: row.connections,
    perMinute: row.per_minute,
    strikes: row.strikes,
    pausedFor: Number(row.paused_for),
    ours: row.ours,
  }))
}

/** Gives back the domains that this sender holds. */
export const releaseDomains = (raw: Raw, holder: string) =>
  raw`update mail_domains set holder = null, leased_until = null where holder = ${holder}::uuid`
