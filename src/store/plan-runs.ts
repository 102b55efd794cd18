import { and, asc, desc, eq, gte, inArray, lt, lte, or, sql } from 'drizzle-orm'
import { lateAfter } from '../domain/dispatch.ts'
import type { Occasion } from '../domain/occasions.ts'
import type { PlanRunReason, PlanRunState } from '../domain/plan-run.ts'
import type { Finding } from '../domain/preflight/finding.ts'
import type { Queryable } from './client.ts'
import { digests } from './schema/content.ts'
import { approvals } from './schema/newsroom.ts'
import { planRuns } from './schema/plans.ts'
import { dispatches } from './schema/sending.ts'

export type PlanRun = typeof planRuns.$inferSelect
type RunKey = Pick<PlanRun, 'planId' | 'day'>

type Outcome = {
  state: PlanRunState
  reason?: PlanRunReason
  faults?: Finding[]
  digestId?: number
}

/** Notes what becomes of a plan's day; false where somebody did so before. */
export async function addRun(
  tx: Queryable,
  planId: number,
  { day, at }: Occasion,
  outcome: Outcome,
): Promise<boolean> {
  const rows = await tx
    .insert(planRuns)
    .values({ planId, day, dueAt: at, ...outcome })
    .onConflictDoNothing()
    .returning({ day: planRuns.day })
  return rows.length === 1
}

/** The same for days that nobody was there for. */
export async function addMissedRuns(tx: Queryable, planId: number, missed: readonly Occasion[]) {
  const rows = missed.map(({ day, at }) => ({
    planId,
    day,
    dueAt: at,
    state: 'skipped' as const,
    reason: 'missed' as const,
  }))
  // An insert takes 65,535 parameters.
  for (let from = 0; from < rows.length; from += 1000)
    await tx
      .insert(planRuns)
      .values(rows.slice(from, from + 1000))
      .onConflictDoNothing()
}

export async function findRun(db: Queryable, { planId, day }: RunKey): Promise<PlanRun | undefined> {
  const [row] = await db.select().from(planRuns).where(theRun({ planId, day }))
  return row
}

/** When the days were to be that were given up for this one, the first first. */
export async function missedBefore(db: Queryable, { planId, day }: RunKey): Promise<Date[]> {
  const rows = await db.execute<{ at: string }>(sql`
    select to_char(missed.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from ${planRuns} run join ${planRuns} missed on missed.plan_id = run.plan_id and missed.day < run.day
    where run.plan_id = ${planId} and run.day = ${day}
      and missed.reason = 'missed' and missed.changed_at = run.created_at
    order by missed.day`)
  return rows.map(({ at }) => new Date(at))
}

/** Takes a run from one of these states to another; false where it is in none of them any more. */
export async function changeRun(
  tx: Queryable,
  run: RunKey,
  from: readonly PlanRunState[],
  { state, reason, faults, digestId }: Outcome,
): Promise<boolean> {
  const rows = await tx
    .update(planRuns)
    .set({
      state,
      reason: reason ?? null,
      faults: faults ?? null,
      ...(digestId !== undefined && { digestId }),
      changedAt: sql`now()`,
    })
    .where(and(theRun(run), inArray(planRuns.state, [...from])))
    .returning({ day: planRuns.day })
  return rows.length === 1
}

const theRun = ({ planId, day }: RunKey) => and(eq(planRuns.planId, planId), eq(planRuns.day, day))

/** What was asked for an earlier day lapses when a later one comes. */
export const lapseQuestions = (tx: Queryable, { planId, day }: RunKey) =>
  tx
    .update(planRuns)
    .set({ state: 'skipped', reason: 'missed', changedAt: sql`now()` })
    .where(and(eq(planRuns.planId, planId), lt(planRuns.day, day), eq(planRuns.state, 'asks')))

/**
 * Those that wait for us: their digest is there and not settled yet, or nobody has sent it at its time. What an editor
 * has asked for late is left to that request for a minute.
 */
export const listRunsToSettle = (db: Queryable, now: Date): Promise<PlanRun[]> =>
  db
    .select()
    .from(planRuns)
    .where(
      or(
        and(
          eq(planRuns.state, 'making'),
          or(
            gte(planRuns.dueAt, new Date(now.getTime() - lateAfter)),
            sql`${planRuns.changedAt} < clock_timestamp() - interval '1 minute'`,
          ),
        ),
        and(eq(planRuns.state, 'waiting'), lte(planRuns.dueAt, now)),
      ),
    )
    .orderBy(asc(planRuns.dueAt), asc(planRuns.planId))

/**
 * Has the runs say what became of their digests since: by hand, by an approval, by the sender. What was scheduled and
 * lost its approval waits again; what else is scheduled no more was taken back by hand.
 */
export const followDigests = (db: Queryable) =>
  db.execute(sql`
    update ${planRuns} set state = now_is.state, faults = null, changed_at = now(),
      reason = case when now_is.digest_id is null then 'deleted' end
    from (
      select r.plan_id, r.day, r.digest_id, case
          when r.digest_id is null then case when r.state not in ('asks', 'stopped') then 'stopped' end
          when r.state = 'making' then null
          when d.started_at is not null then 'sent'
          when d.id is not null then 'made'
          when r.state <> 'made' then null
          when (select a.state from ${approvals} a where a.digest_id = r.digest_id order by a.id desc limit 1)
            in ('asked', 'sent_back', 'void') then 'waiting'
          else 'stopped'
        end::plan_run_state as state
      from ${planRuns} r left join ${dispatches} d on d.digest_id = r.digest_id
      where r.state not in ('sent', 'skipped')
    ) as now_is
    where now_is.plan_id = ${planRuns.planId} and now_is.day = ${planRuns.day} and now_is.state <> ${planRuns.state}`)

export type RunWithDigest = PlanRun & {
  digest: {
    subject: string
    hidden: boolean
    dispatch: (typeof dispatches.$inferSelect)['state'] | null
  } | null
}

export async function findRunWithDigest(db: Queryable, run: RunKey): Promise<RunWithDigest | undefined> {
  const [row] = await withDigests(db).where(theRun(run))
  return row && toRun(row)
}

/** The runs of a plan, the last first. */
export const listRuns = async (db: Queryable, planId: number, limit: number): Promise<RunWithDigest[]> => {
  const rows = await withDigests(db)
    .where(eq(planRuns.planId, planId))
    .orderBy(desc(planRuns.day))
    .limit(limit)
  return rows.map(toRun)
}

/** The last run of each plan, by the plan's id. */
export async function lastRuns(db: Queryable): Promise<Map<number, RunWithDigest>> {
  const rows = await withDigests(db).where(
    sql`${planRuns.day} = (select max(other.day) from ${planRuns} as other where other.plan_id = ${planRuns.planId})`,
  )
  return new Map(rows.map(row => [row.run.planId, toRun(row)]))
}

const withDigests = (db: Queryable) =>
  db
    .select({
      run: planRuns,
      digest: { id: digests.id, subject: digests.subject, hiddenAt: digests.hiddenAt },
      dispatch: dispatches.state,
    })
    .from(planRuns)
    .leftJoin(digests, eq(digests.id, planRuns.digestId))
    .leftJoin(dispatches, eq(dispatches.digestId, digests.id))
    .$dynamic()

function toRun({
  run,
  digest,
  dispatch,
}: {
  run: PlanRun
  digest: { subject: string; hiddenAt: Date | null } | null
  dispatch: (typeof dispatches.$inferSelect)['state'] | null
}): RunWithDigest {
  return {
    ...run,
    digest: digest && { subject: digest.subject, hidden: digest.hiddenAt !== null, dispatch },
  }
}
