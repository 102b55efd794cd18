import { and, eq, ne, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { digestVisitors } from './schema/content.ts'
import { editors } from './schema/editors.ts'

/** Who was not heard of for so many seconds has gone. */
const gone = 60

/** An editor has the digest open: since when is kept as long as they stay. */
export const noteVisitor = (db: Queryable, digestId: number, editorId: number) =>
  db
    .insert(digestVisitors)
    .values({ digestId, editorId })
    .onConflictDoUpdate({
      target: [digestVisitors.digestId, digestVisitors.editorId],
      set: {
        seenAt: sql`now()`,
        arrivedAt: sql`case when ${digestVisitors.seenAt} < now() - make_interval(secs => ${gone})
          then now() else ${digestVisitors.arrivedAt} end`,
      },
    })

export const forgetVisitor = (db: Queryable, digestId: number, editorId: number) =>
  db
    .delete(digestVisitors)
    .where(and(eq(digestVisitors.digestId, digestId), eq(digestVisitors.editorId, editorId)))

/** The others who have the digest open, who came first before the others. */
export const otherVisitors = (
  db: Queryable,
  digestId: number,
  editorId: number,
): Promise<{ name: string; since: Date }[]> =>
  db
    .select({
      name: sql<string>`coalesce(nullif(${editors.name}, ''), ${editors.address})`,
      since: digestVisitors.arrivedAt,
    })
    .from(digestVisitors)
    .innerJoin(editors, eq(editors.id, digestVisitors.editorId))
    .where(
      and(
        eq(digestVisitors.digestId, digestId),
        ne(digestVisitors.editorId, editorId),
        sql`${digestVisitors.seenAt} > now() - make_interval(secs => ${gone})`,
      ),
    )
    .orderBy(digestVisitors.arrivedAt)
