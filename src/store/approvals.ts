import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Proposal } from '../domain/approval.ts'
import type { Queryable } from './client.ts'
import { approvals, approvalViews } from './schema/newsroom.ts'

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

/** An editor looks at what is asked for. */
export const noteApprovalSeen = (db: Queryable, approvalId: number, editorId: number) =>
  db
    .insert(approvalViews)
    .values({ approvalId, editorId })
    .onConflictDoUpdate({
      target: [approvalViews.approvalId, approvalViews.editorId],
      set: { seenAt: sql`now()` },
    })

/** What was asked for before `approvalId` when this editor last looked at the digest so, and when that was. */
export async function lastSeenBefore(
  db: Queryable,
  { id, digestId }: Pick<Approval, 'id' | 'digestId'>,
  editorId: number,
): Promise<{ proposal: Proposal; at: Date } | undefined> {
  const [row] = await db
    .select({ proposal: approvals.proposal, at: approvalViews.seenAt })
    .from(approvals)
    .innerJoin(approvalViews, eq(approvalViews.approvalId, approvals.id))
    .where(and(eq(approvals.digestId, digestId), lt(approvals.id, id), eq(approvalViews.editorId, editorId)))
    .orderBy(desc(approvals.id))
    .limit(1)
  return row
}
