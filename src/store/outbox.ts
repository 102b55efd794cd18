import { and, eq, lt, sql } from 'drizzle-orm'
import type { NoticeContent } from '../domain/notices.ts'
import type { Db, Queryable } from './client.ts'
import type { Notice } from './notices.ts'
import { notices } from './schema/mail.ts'
import { signUps } from './schema/readers.ts'
import { holdOff } from './send-rate.ts'

type Transport = Notice['transport']
/** A notice in somebody's hands: `holder` tells whose, until the lease ends. */
type Held = { id: number; holder: string | null }

/** The allowance that is spent while a mail server is left alone. */
export const troubleOf = (transport: Transport) => `notices by ${transport} wait`

/** The server is in trouble: for so many milliseconds no process tries it with any notice. */
export const holdNoticesOff = (db: Queryable, transport: Transport, ms: number) =>
  holdOff(db, troubleOf(transport), ms)

const leaseEnd = sql`now() + interval '30 seconds'`

/**
 * Takes the notice that has been due the longest, for 30 seconds by the database's clock, and counts an attempt.
 * Of several processes one gets it; one that crashes holding it gives it back when its lease ends.
 */
export async function leaseNotice(
  db: Queryable,
  transport: Transport,
  holder: string,
): Promise<Notice | undefined> {
  const rows = await db
    .update(notices)
    .set({ leasedUntil: leaseEnd, holder, attempts: sql`${notices.attempts} + 1` })
    .where(
      sql`${notices.id} = (
        select id from notices
        where state = 'waiting' and transport = ${transport} and due_at <= now()
          and (leased_until is null or leased_until <= now()) and deliver_until > now()
          and not exists (select from send_rate where scope = ${troubleOf(transport)} and spent_until > now())
        order by due_at limit 1 for update skip locked)`,
    )
    .returning()
  return rows[0] as Notice | undefined
}

/** Holds on to a notice for 30 seconds from now; false where it is no longer ours. */
export async function renewNoticeLease(db: Queryable, held: Held): Promise<boolean> {
  const rows = await db
    .update(notices)
    .set({ leasedUntil: leaseEnd })
    .where(stillHeld(held))
    .returning({ id: notices.id })
  return rows.length === 1
}

const free = { leasedUntil: null, holder: null }

/**
 * The server took it: a fact, whoever holds the row. With a confirmation goes the moment from which its link runs
 * out (72 h).
 */
export const noteNoticeSent = (db: Db, notice: Held & NoticeContent, reply: string) =>
  db.transaction(async tx => {
    // Sign-up before notice, as those who withdraw a confirmation lock them.
    if (notice.kind === 'confirmation')
      await tx.update(signUps).set({ askedAt: sql`now()` }).where(eq(signUps.id, notice.content.signUpId))
    await tx
      .update(notices)
      .set({ ...free, state: 'sent', sentAt: sql`now()`, reply })
      .where(eq(notices.id, notice.id))
  })

const stillHeld = ({ id, holder }: Held) =>
  and(eq(notices.id, id), eq(notices.holder, holder!), eq(notices.state, 'waiting'))

/** It will not be tried again; `reply` says why: the server's words, `obsolete`, or `too late`. */
export const closeNotice = (db: Queryable, notice: Held, reply: string) =>
  db
    .update(notices)
    .set({ ...free, state: 'failed', reply })
    .where(stillHeld(notice))

/** Tries again after `pause` milliseconds, or closes it where its time would be over by then. */
export const deferNotice = (db: Queryable, notice: Held, pause: number, reply: string) => {
  const next = sql`now() + ${pause}::int * interval '1 millisecond'`
  return db
    .update(notices)
    .set({
      ...free,
      dueAt: next,
      reply,
      state: sql`case when ${notices.deliverUntil} <= ${next} then 'failed' else 'waiting' end::notice_state`,
    })
    .where(stillHeld(notice))
}

/** Gives a notice back untried. */
export const releaseNotice = (db: Queryable, notice: Held) =>
  db
    .update(notices)
    .set({ ...free, attempts: sql`${notices.attempts} - 1` })
    .where(stillHeld(notice))

/** Closes what nobody could deliver in its time. */
export const closeLateNotices = (db: Queryable) =>
  db
    .update(notices)
    .set({ ...free, state: 'failed', reply: sql`coalesce(${notices.reply}, 'too late')` })
    .where(
      sql`${notices.state} = 'waiting' and ${notices.deliverUntil} <= now()
        and (${notices.leasedUntil} is null or ${notices.leasedUntil} <= now())`,
    )

/** Forgets what was settled 30 days ago; answers how many. */
export async function purgeNotices(db: Queryable): Promise<number> {
  const rows = await db
    .delete(notices)
    .where(and(sql`${notices.state} <> 'waiting'`, lt(notices.createdAt, sql`now() - interval '30 days'`)))
    .returning({ id: notices.id })
  return rows.length
}
