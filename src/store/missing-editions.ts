import { eq, inArray, sql } from 'drizzle-orm'
import type { PlanRunState } from '../domain/plan-run.ts'
import type { Queryable } from './client.ts'
import { digestNewsletters, digests } from './schema/content.ts'
import { approvals } from './schema/newsroom.ts'
import { missingEditions, planRuns, plans } from './schema/plans.ts'
import { dispatches, renderings } from './schema/sending.ts'

/** Notes that a newsletter's edition of a day is missing; false where that was noted before. `told`: to its editors. */
export async function noteMissingEdition(
  tx: Queryable,
  newsletterId: number,
  day: string,
  told: boolean,
): Promise<boolean> {
  const rows = await tx
    .insert(missingEditions)
    .values({ newsletterId, day, told })
    .onConflictDoNothing()
    .returning({ day: missingEditions.day })
  return rows.length === 1
}

/** The days noted for these newsletters, as `newsletter day`. */
export async function notedMissing(db: Queryable, newsletterIds: readonly number[]): Promise<Set<string>> {
  if (!newsletterIds.length) return new Set()
  const rows = await db
    .select({ newsletterId: missingEditions.newsletterId, day: missingEditions.day })
    .from(missingEditions)
    .where(inArray(missingEditions.newsletterId, [...newsletterIds]))
  return new Set(rows.map(row => `${row.newsletterId} ${row.day}`))
}

/**
 * Whether a digest began to go out through a newsletter since then, or is due within the last minutes up to `now`, so
 * that a sender is about to take it.
 */
export async function wentOutSince(
  db: Queryable,
  newsletterId: number,
  { since, now }: { since: Date; now: Date },
): Promise<boolean> {
  const [row] = await db.execute<{ out: boolean }>(sql`
    select exists (
      select from ${renderings} r join ${dispatches} d on d.id = r.dispatch_id
      where r.newsletter_id = ${newsletterId} and d.state <> 'cancelled'
        and d.started_at >= ${since.toISOString()}::timestamptz
    ) or exists (
      select from ${digestNewsletters} n join ${dispatches} d on d.digest_id = n.digest_id
      where n.newsletter_id = ${newsletterId} and d.state = 'scheduled'
        and d.due_at between ${now.toISOString()}::timestamptz - interval '5 minutes' and ${now.toISOString()}::timestamptz
    ) as out`)
  return row!.out
}

/** What may be why an edition is missing: a digest that stands still, or a plan's day. */
export type StandingStill = {
  digestId: number | null
  subject: string
  plan: { id: number; name: string; day: string; state: PlanRunState } | null
  state: 'draft' | 'scheduled' | 'paused'
  dueAt: Date | null
  asked: boolean
}

/** The digests to a newsletter that wait for their time, are paused or asked about, and what plans failed to bring since. */
export async function standingStill(
  db: Queryable,
  newsletterId: number,
  since: Date,
): Promise<StandingStill[]> {
  const digestRows = await db
    .select({
      digestId: digests.id,
      subject: digests.subject,
      state: dispatches.state,
      dueAt: dispatches.dueAt,
      asked: sql<boolean>`${approvals.id} is not null`,
    })
    .from(digestNewsletters)
    .innerJoin(digests, eq(digests.id, digestNewsletters.digestId))
    .leftJoin(dispatches, eq(dispatches.digestId, digests.id))
    .leftJoin(approvals, sql`${approvals.digestId} = ${digests.id} and ${approvals.state} = 'asked'`)
    .where(
      sql`${digestNewsletters.newsletterId} = ${newsletterId} and ${digests.hiddenAt} is null
        and (${dispatches.state} in ('scheduled', 'paused') or (${dispatches.id} is null and ${approvals.id} is not null))`,
    )
    .orderBy(sql`${dispatches.dueAt} nulls last`, digests.id)
    .limit(5)
  const runRows = await db
    .select({ run: planRuns, id: plans.id, name: plans.name, subject: digests.subject })
    .from(planRuns)
    .innerJoin(plans, eq(plans.id, planRuns.planId))
    .leftJoin(digests, eq(digests.id, planRuns.digestId))
    .where(
      sql`${newsletterId} = any(${plans.newsletterIds}) and ${planRuns.dueAt} >= ${since.toISOString()}::timestamptz
        and ${planRuns.state} not in ('making', 'made', 'sent')`,
    )
    .orderBy(planRuns.dueAt)
    .limit(5)
  const ofPlans = new Set(runRows.map(({ run }) => run.digestId))
  return [
    ...runRows.map(({ run, id, name, subject }) => ({
      digestId: run.digestId,
      subject: subject ?? '',
      plan: { id, name, day: run.day, state: run.state },
      state: 'draft' as const,
      dueAt: run.dueAt,
      asked: false,
    })),
    ...digestRows
      .filter(row => !ofPlans.has(row.digestId))
      .map(row => ({
        ...row,
        plan: null,
        state: row.state === 'scheduled' || row.state === 'paused' ? row.state : ('draft' as const),
      })),
  ]
}
