import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Balance, PauseReason } from '../domain/dispatch.ts'
import type { Db, Queryable } from './client.ts'
import { balances, dispatches, tallies } from './schema/sending.ts'
import { foldTalliesOf } from './tallies.ts'

export type Dispatch = typeof dispatches.$inferSelect
export type NewDispatch = Pick<
  typeof dispatches.$inferInsert,
  'digestId' | 'transport' | 'dueAt' | 'localTime' | 'createdBy' | 'breaking'
>

/** With the counters as they stand at this moment. */
const dispatchNow = (db: Queryable) => {
  const { intended, sent, failed, suppressed, unknown, pending } = balances
  return db
    .select({ ...getTableColumns(dispatches), intended, sent, failed, suppressed, unknown, pending })
    .from(dispatches)
    .innerJoin(balances, eq(balances.dispatchId, dispatches.id))
}

export async function findDispatch(db: Queryable, id: number): Promise<Dispatch | undefined> {
  const [row] = await dispatchNow(db).where(eq(dispatches.id, id))
  return row
}

export async function findDispatchOf(db: Queryable, digestId: number): Promise<Dispatch | undefined> {
  const [row] = await dispatchNow(db).where(eq(dispatches.digestId, digestId))
  return row
}

/** The dispatch of a digest, locked until the transaction ends. */
export async function lockDispatchOf(tx: Queryable, digestId: number): Promise<Dispatch | undefined> {
  const [row] = await dispatchNow(tx)
    .where(eq(dispatches.digestId, digestId))
    .for('update', { of: dispatches })
  return row
}

/** Adds the one dispatch of a digest; undefined where it has one already. */
export async function addDispatch(db: Queryable, values: NewDispatch): Promise<Dispatch | undefined> {
  const [row] = await db
    .insert(dispatches)
    .values({
      ...values,
      state: 'scheduled',
      unknownPolicy: sql`coalesce((select unknown_policy from publication), 'retry')`,
    })
    .onConflictDoNothing({ target: dispatches.digestId })
    .returning()
  return row
}

/** A dispatch that went to nobody, at a moment of the past; answers its id. */
export async function addFinishedDispatch(
  tx: Queryable,
  { at, ...values }: { digestId: number; transport: NewDispatch['transport']; at: Date },
): Promise<number> {
  const [row] = await tx
    .insert(dispatches)
    .values({ ...values, state: 'finished', dueAt: at, startedAt: at, finishedAt: at })
    .returning({ id: dispatches.id })
  return row!.id
}

/** The digest is a draft again. Only for a dispatch that has not started. */
export const removeDispatch = (tx: Queryable, id: number) =>
  tx.delete(dispatches).where(and(eq(dispatches.id, id), sql`${dispatches.startedAt} is null`))

/** Pauses what is scheduled or sending; undefined where there was nothing to pause. Senders notice within 100 ms. */
export const pauseDispatch = (
  tx: Queryable,
  id: number,
  reason: PauseReason,
  evidence: Record<string, unknown> = {},
): Promise<Dispatch | undefined> =>
  change(
    tx,
    id,
    { state: 'paused', pausedAt: sql`now()`, pauseReason: reason, pauseEvidence: evidence },
    sql`${dispatches.state} in ('scheduled', 'sending')`,
  )

/** Goes on where it stopped, and keeps why it had; one that had not started is due at its time, or at once where that is past. */
export const resumeDispatch = (tx: Queryable, id: number): Promise<Dispatch | undefined> =>
  change(
    tx,
    id,
    {
      state: sql`case when ${dispatches.startedAt} is null then 'scheduled' else 'sending' end::dispatch_state`,
      dueAt: sql`case when ${dispatches.startedAt} is null then greatest(now(), ${dispatches.dueAt}) else ${dispatches.dueAt} end`,
      activeAt: sql`case when ${dispatches.startedAt} is null then null else now() end`,
      pausedAt: null,
      triedBefore: sql`(select sent + failed from balances where dispatch_id = ${dispatches.id})`,
      failedBefore: sql`(select failed from balances where dispatch_id = ${dispatches.id})`,
      blocksKnown: sql`${dispatches.blocksKnown} or coalesce(${dispatches.pauseReason}, '') = 'policy'`,
    },
    sql`${dispatches.state} = 'paused'`,
  )

/** Ends a started dispatch for good: what was not sent stays pending. */
export const cancelStartedDispatch = (tx: Queryable, id: number): Promise<Dispatch | undefined> =>
  change(
    tx,
    id,
    { state: 'cancelled', finishedAt: sql`now()`, pausedAt: null },
    sql`${dispatches.startedAt} is not null and ${dispatches.state} in ('sending', 'paused')`,
  )

/** The dispatches of this transport that are due, oldest first. */
export async function listDue(db: Queryable, transport: Dispatch['transport']): Promise<number[]> {
  const rows = await db
    .select({ id: dispatches.id })
    .from(dispatches)
    .where(
      and(
        eq(dispatches.state, 'scheduled'),
        eq(dispatches.transport, transport),
        sql`${dispatches.dueAt} <= now()`,
      ),
    )
    .orderBy(dispatches.dueAt)
  return rows.map(row => row.id)
}

/**
 * A due dispatch, locked until the transaction ends, and by how many milliseconds it is late by the database's clock;
 * undefined where another sender has it, or it is not due any more.
 */
export async function lockDue(
  tx: Queryable,
  id: number,
): Promise<{ dispatch: Dispatch; lateBy: number } | undefined> {
  const [row] = await tx
    .select({
      dispatch: dispatches,
      lateBy: sql<number>`extract(epoch from now() - ${dispatches.dueAt})::float8 * 1000`,
    })
    .from(dispatches)
    .where(and(eq(dispatches.id, id), eq(dispatches.state, 'scheduled'), sql`${dispatches.dueAt} <= now()`))
    .for('update', { skipLocked: true })
  return row
}

/** Sending starts: from here on nothing about it changes but its deliveries. `deliverFor` in milliseconds. */
export const markStarted = (tx: Queryable, id: number, deliverFor: number): Promise<Dispatch | undefined> =>
  change(tx, id, {
    state: 'sending',
    startedAt: sql`now()`,
    activeAt: sql`now()`,
    deliverUntil: sql`now() + ${deliverFor}::float8 * interval '1 millisecond'`,
  })

/**
 * Ends what is done: sending, and every batch finished. Answers the ids. Two senders may finish the last two batches
 * at once, so this is asked again and again.
 */
export async function finishDispatches(db: Db, transport: Dispatch['transport']): Promise<number[]> {
  // A tally is brought home when nothing of its dispatch is pending: its senders are about to end.
  const talliedUp = await db
    .selectDistinct({ id: tallies.dispatchId })
    .from(tallies)
    .innerJoin(dispatches, eq(dispatches.id, tallies.dispatchId))
    .innerJoin(balances, eq(balances.dispatchId, dispatches.id))
    .where(and(eq(dispatches.state, 'sending'), eq(balances.pending, 0)))
  for (const { id } of talliedUp) await foldTalliesOf(db, id)
  const rows = await db
    .update(dispatches)
    .set({ state: 'finished', finishedAt: sql`now()` })
    .where(
      and(
        eq(dispatches.state, 'sending'),
        eq(dispatches.transport, transport),
        eq(dispatches.pending, 0),
        sql`not exists (select from batches b where b.dispatch_id = ${dispatches.id} and b.finished_at is null)`,
      ),
    )
    .returning({ id: dispatches.id })
  return rows.map(row => row.id)
}

/**
 * The dispatches that no sender had in hand for so many milliseconds; of the others it is noted that one has. Ask at
 * most once a minute and at least once in that time.
 */
export async function listInterrupted(
  db: Queryable,
  transport: Dispatch['transport'],
  interruptedAfter: number,
): Promise<number[]> {
  const idle = sql`now() - ${dispatches.activeAt}`
  const interrupted = sql`${idle} > ${interruptedAfter}::float8 * interval '1 millisecond'`
  const mine = and(eq(dispatches.state, 'sending'), eq(dispatches.transport, transport))
  const rows = await db.select({ id: dispatches.id }).from(dispatches).where(and(mine, interrupted))
  await db
    .update(dispatches)
    .set({ activeAt: sql`now()` })
    .where(and(mine, sql`${idle} > interval '30 seconds'`, sql`not (${interrupted})`))
  return rows.map(row => row.id)
}

async function change(
  tx: Queryable,
  id: number,
  values: Parameters<ReturnType<Queryable['update']>['set']>[0],
  when = sql`true`,
): Promise<Dispatch | undefined> {
  const [row] = await tx
    .update(dispatches)
    .set(values)
    .where(and(eq(dispatches.id, id), when))
    .returning()
  return row
}

export type DigestBalance = Balance & { state: Dispatch['state'] }

/** The counters of a digest's dispatch; undefined for a draft. They hold at every moment: all move in one statement. */
export async function balanceOf(db: Queryable, digestId: number): Promise<DigestBalance | undefined> {
  const [row] = await db
    .select({
      state: dispatches.state,
      intended: balances.intended,
      sent: balances.sent,
      failed: balances.failed,
      suppressed: balances.suppressed,
      unknown: balances.unknown,
      pending: balances.pending,
    })
    .from(dispatches)
    .innerJoin(balances, eq(balances.dispatchId, dispatches.id))
    .where(eq(dispatches.digestId, digestId))
  return row
}
