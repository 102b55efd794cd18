import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { approvals } from './schema/newsroom.ts'

export type Approval = typeof approvals.$inferSelect
type NewApproval = Pick<Approval, 'digestId' | 'hash' | 'proposal'> &
  Partial<Pick<Approval, 'state' | 'askedBy' | 'decidedBy' | 'decidedAt' | 'override'>>

const isLive = inArray(approvals.state, ['asked', 'approved'])

/** What a digest waits for, or was given: one at a time. */
export async function liveApproval(db: Queryable, digestId: number): Promise<Approval | undefined> {
  const [row] = await db
    .select()
    .from(approvals)
    .where(and(eq(approvals.digestId, digestId), isLive))
  return row
}

/** What became of what was asked last, live or not. */
export async function latestApproval(db: Queryable, digestId: number): Promise<Approval | undefined> {
  const [row] = await db
    .select()
    .from(approvals)
    .where(eq(approvals.digestId, digestId))
    .orderBy(desc(approvals.id))
    .limit(1)
  return row
}

export async function findApproval(db: Queryable, id: number): Promise<Approval | undefined> {
  const [row] = await db.select().from(approvals).where(eq(approvals.id, id))
  return row
}

/** All that are asked for or given, of digests whose sending has not started: few. */
export const listLiveApprovals = (db: Queryable): Promise<Approval[]> =>
  db
    .select()
    .from(approvals)
    .where(
      and(
        isLive,
        sql`not exists (select from dispatches d where d.digest_id = ${approvals.digestId} and d.started_at is not null)`,
      ),
    )

/** Of these digests those that wait for somebody, and those that may go. */
export async function approvalStates(
  db: Queryable,
  digestIds: readonly number[],
): Promise<Map<number, Approval['state']>> {
  if (!digestIds.length) return new Map()
  const rows = await db
    .selectDistinctOn([approvals.digestId], { id: approvals.digestId, state: approvals.state })
    .from(approvals)
    .where(inArray(approvals.digestId, [...digestIds]))
    .orderBy(approvals.digestId, desc(approvals.id))
  return new Map(rows.map(row => [row.id, row.state]))
}

/** Call with the digest locked: it has one live approval at most. */
export async function addApproval(tx: Queryable, values: NewApproval): Promise<Approval> {
  const [row] = await tx
    .insert(approvals)
    .values({ ...values, ...(values.state === 'approved' && { decidedAt: sql`clock_timestamp()` }) })
    .returning()
  return row!
}

/** Changes a live one; undefined where it is no longer. */
export async function settleApproval(
  tx: Queryable,
  id: number,
  change: Partial<Pick<Approval, 'state' | 'decidedBy' | 'hash' | 'proposal'>>,
): Promise<Approval | undefined> {
  const [row] = await tx
    .update(approvals)
    .set({ ...change, decidedAt: sql`coalesce(${approvals.decidedAt}, clock_timestamp())` })
    .where(and(eq(approvals.id, id), isLive))
    .returning()
  return row
}

/** What an editor last decided about, as they saw it then. */
export async function lastDecidedBy(
  db: Queryable,
  digestId: number,
  editorId: number,
): Promise<Pick<Approval, 'proposal' | 'decidedAt'> | undefined> {
  const [row] = await db
    .select({ proposal: approvals.proposal, decidedAt: approvals.decidedAt })
    .from(approvals)
    .where(
      and(
        eq(approvals.digestId, digestId),
        eq(approvals.decidedBy, editorId),
        isNotNull(approvals.decidedAt),
        inArray(approvals.state, ['approved', 'sent_back', 'void']),
      ),
    )
    .orderBy(desc(approvals.id))
    .limit(1)
  return row
}
