import { and, asc, desc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { SelectedFields } from 'drizzle-orm/pg-core'
import type { Block } from '../domain/blocks.ts'
import type { Language } from '../domain/languages.ts'
import type { Pieces } from '../domain/rendering.ts'
import type { Queryable } from './client.ts'
import { digestNewsletters, digests } from './schema/content.ts'
import { newsletters } from './schema/publication.ts'
import { dispatches, renderings } from './schema/sending.ts'

/** A digest that went out, as the archive lists it: under the newsletter through which it is read there. */
export type Edition = {
  digestId: number
  newsletter: { slug: string; name: string; language: Language; timeZone: string }
  subject: string
  preheader: string
  startedAt: Date
}

export type EditionPage = Edition & { html: Pieces; language: Language }

const columns = {
  digestId: digests.id,
  newsletter: {
    slug: newsletters.slug,
    name: newsletters.name,
    language: newsletters.language,
    timeZone: newsletters.timeZone,
  },
  subject: renderings.subject,
  preheader: digests.preheader,
  startedAt: sql<Date>`${dispatches.startedAt}`.mapWith(dispatches.startedAt),
}

/** Everybody may read what began to go out, is not hidden, and went to a newsletter whose archive is public. */
const isPublic = and(
  isNotNull(dispatches.startedAt),
  isNull(digests.hiddenAt),
  eq(newsletters.archivePublic, true),
)

const readable = <Fields extends SelectedFields>(db: Queryable, fields: Fields) =>
  db
    .select(fields)
    .from(renderings)
    .innerJoin(dispatches, eq(dispatches.id, renderings.dispatchId))
    .innerJoin(digests, eq(digests.id, dispatches.digestId))
    .innerJoin(newsletters, eq(newsletters.id, renderings.newsletterId))

const newestFirst = [desc(dispatches.startedAt), desc(dispatches.id)]

/** The newest editions of a newsletter; `before` is the digest that the page before ended with. */
export const listEditions = (
  db: Queryable,
  newsletterId: number,
  { limit, before }: { limit: number; before?: number },
): Promise<Edition[]> =>
  readable(db, columns)
    .where(
      and(
        isPublic,
        eq(newsletters.id, newsletterId),
        before === undefined
          ? undefined
          : sql`(${dispatches.startedAt}, ${dispatches.id}) <
              (select d.started_at, d.id from dispatches d where d.digest_id = ${before})`,
      ),
    )
    .orderBy(...newestFirst)
    .limit(limit)

/** The newest editions of all newsletters; one that went to several stands under the first of them only. */
export async function listLatestEditions(db: Queryable, limit: number): Promise<Edition[]> {
  return db
    .selectDistinctOn([dispatches.startedAt, dispatches.id], columns)
    .from(renderings)
    .innerJoin(dispatches, eq(dispatches.id, renderings.dispatchId))
    .innerJoin(digests, eq(digests.id, dispatches.digestId))
    .innerJoin(newsletters, eq(newsletters.id, renderings.newsletterId))
    .leftJoin(
      digestNewsletters,
      and(eq(digestNewsletters.digestId, digests.id), eq(digestNewsletters.newsletterId, newsletters.id)),
    )
    .where(isPublic)
    .orderBy(...newestFirst, asc(digestNewsletters.position))
    .limit(limit)
}

/** How many editions of each newsletter can be read, and when the last one went out. Newsletters without any are left out. */
export const countEditions = (
  db: Queryable,
): Promise<{ newsletterId: number; count: number; latest: Date }[]> =>
  readable(db, {
    newsletterId: newsletters.id,
    count: sql<number>`count(*)::int`,
    latest: sql<Date>`max(${dispatches.startedAt})`.mapWith(dispatches.startedAt),
  })
    .where(isPublic)
    .groupBy(newsletters.id)

/** One edition to read. The newsletter is found by its slug of today, and by the one it had when this went out. */
export async function findEdition(
  db: Queryable,
  slug: string,
  digestId: number,
): Promise<EditionPage | undefined> {
  const [row] = await readable(db, { ...columns, html: renderings.html, language: renderings.language })
    .where(
      and(
        isPublic,
        eq(digests.id, digestId),
        or(eq(newsletters.slug, slug), eq(renderings.newsletterSlug, slug)),
      ),
    )
    .orderBy(sql`${newsletters.slug} = ${slug} desc`)
  return row
}

/** The blocks of these digests, for the feed. */
export const blocksOf = (
  db: Queryable,
  digestIds: readonly number[],
): Promise<{ id: number; blocks: Block[] }[]> =>
  db
    .select({ id: digests.id, blocks: digests.blocks })
    .from(digests)
    .where(sql`${digests.id} = any(${sql.param([...digestIds])}::bigint[])`)
