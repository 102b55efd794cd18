import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { Language } from '../domain/languages.ts'
import { isSlug } from '../domain/newsletter.ts'
import type { Queryable } from './client.ts'
import { digests } from './schema/content.ts'
import { newsletters } from './schema/publication.ts'
import { dispatches, renderings } from './schema/sending.ts'

/** Takes an edition out of archive and feeds; answers when. */
export async function markWithdrawn(tx: Queryable, digestId: number, reason: string): Promise<Date> {
  const [row] = await tx
    .update(digests)
    .set({ withdrawnAt: sql`now()`, withdrawnFor: reason })
    .where(eq(digests.id, digestId))
    .returning({ at: digests.withdrawnAt })
  return row!.at!
}

/** It stands where it stood. */
export const markPutBack = (tx: Queryable, digestId: number) =>
  tx.update(digests).set({ withdrawnAt: null, withdrawnFor: null }).where(eq(digests.id, digestId))

export type WithdrawnEdition = {
  newsletter: { slug: string; name: string; language: Language; timeZone: string }
  at: Date
  reason: string
}

/** An edition that could be read in the archive of a newsletter until it was withdrawn; found as it was then. */
export async function findWithdrawn(
  db: Queryable,
  slug: string,
  digestId: number,
): Promise<WithdrawnEdition | undefined> {
  if (!isSlug(slug)) return undefined
  const { name, language, timeZone } = newsletters
  const [row] = await db
    .select({
      newsletter: { slug: newsletters.slug, name, language, timeZone },
      at: digests.withdrawnAt,
      reason: digests.withdrawnFor,
    })
    .from(renderings)
    .innerJoin(dispatches, eq(dispatches.id, renderings.dispatchId))
    .innerJoin(digests, eq(digests.id, dispatches.digestId))
    .innerJoin(newsletters, eq(newsletters.id, renderings.newsletterId))
    .where(
      and(
        eq(digests.id, digestId),
        isNull(digests.hiddenAt),
        eq(newsletters.archivePublic, true),
        or(eq(newsletters.slug, slug), eq(renderings.newsletterSlug, slug)),
      ),
    )
    .orderBy(sql`${newsletters.slug} = ${slug} desc`)
  return row?.at && row.reason !== null ? { ...row, at: row.at, reason: row.reason } : undefined
}

/** When an edition was last taken out of the archive: feeds changed then, though nothing that is in them says so. */
export async function lastWithdrawal(db: Queryable): Promise<Date | undefined> {
  const [row] = await db
    .select({ at: sql<Date | null>`max(${digests.withdrawnAt})`.mapWith(digests.withdrawnAt) })
    .from(digests)
  return row?.at ?? undefined
}

/** Whether what this dispatch sent was withdrawn. */
export async function isWithdrawn(db: Queryable, dispatchId: number): Promise<boolean> {
  const [row] = await db
    .select({ at: digests.withdrawnAt })
    .from(dispatches)
    .innerJoin(digests, eq(digests.id, dispatches.digestId))
    .where(eq(dispatches.id, dispatchId))
  return row !== undefined && row.at !== null
}
