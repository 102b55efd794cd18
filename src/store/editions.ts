import { and, asc, desc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Block } from '../domain/blocks.ts'
import type { Language } from '../domain/languages.ts'
import { isSlug } from '../domain/newsletter.ts'
import type { Pieces } from '../domain/rendering.ts'
import type { Queryable } from './client.ts'
import { correctedRenderings } from './schema/after.ts'
import { digestNewsletters, digests } from './schema/content.ts'
import { newsletters } from './schema/publication.ts'
import { dispatches, renderings } from './schema/sending.ts'

/** A digest that went out, as the archive lists it: under one of the newsletters it went to. */
export type Edition = {
  digestId: number
  newsletter: { slug: string; name: string; language: Language; timeZone: string }
  subject: string
  preheader: string
  startedAt: Date
  /** When it last became what it is now: it went out, was corrected, or was put back. */
  changedAt: Date
}

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
  changedAt: sql<Date>`greatest(${dispatches.startedAt}, (select max(e.at) from digest_events e
    where e.digest_id = ${digests.id} and e.kind in ('corrected', 'put_back')))`.mapWith(
    dispatches.startedAt,
  ),
}

/** Everybody may read what began to go out, is not hidden or withdrawn, and went to a newsletter whose archive is public. */
const isPublic = and(
  isNotNull(dispatches.startedAt),
  isNull(digests.hiddenAt),
  isNull(digests.withdrawnAt),
  eq(newsletters.archivePublic, true),
)

const newestFirst = [desc(dispatches.startedAt), desc(dispatches.id)]

/** The newest editions of a newsletter; `before` is the digest that the page before ended with. */
export const listEditions = (
  db: Queryable,
  newsletterId: number,
  { limit, before }: { limit: number; before?: number },
): Promise<Edition[]> =>
  selectEditions(db)
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
  const position = sql`(select ${digestNewsletters.position} from ${digestNewsletters}
    where ${digestNewsletters.digestId} = ${digests.id} and ${digestNewsletters.newsletterId} = ${newsletters.id})`
  const rows = await selectEditions(db)
    .where(isPublic)
    .orderBy(...newestFirst, asc(position))
    // A digest goes to 20 newsletters at most.
    .limit(limit * 20)
  const first = rows.filter(
    (row, index) => index === rows.findIndex(other => other.digestId === row.digestId),
  )
  return first.slice(0, limit)
}

/** One edition with its document, as corrections left it. The newsletter is found by its slug, and by the slug it had when this went out. */
export async function findEdition(
  db: Queryable,
  slug: string,
  digestId: number,
): Promise<(Edition & { html: Pieces }) | undefined> {
  if (!isSlug(slug)) return undefined
  const [row] = await db
    .select({
      ...columns,
      html: sql<Pieces>`coalesce(${correctedRenderings.html}, ${renderings.html})`.mapWith(renderings.html),
    })
    .from(renderings)
    .innerJoin(dispatches, eq(dispatches.id, renderings.dispatchId))
    .innerJoin(digests, eq(digests.id, dispatches.digestId))
    .innerJoin(newsletters, eq(newsletters.id, renderings.newsletterId))
    .leftJoin(
      correctedRenderings,
      and(
        eq(correctedRenderings.dispatchId, renderings.dispatchId),
        eq(correctedRenderings.newsletterId, renderings.newsletterId),
      ),
    )
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

/** How many editions of each newsletter can be read, by its id; one without any is left out. */
export async function countEditions(db: Queryable): Promise<Map<number, number>> {
  const rows = await db
    .select({ id: newsletters.id, count: sql<number>`count(*)::int` })
    .from(renderings)
    .innerJoin(dispatches, eq(dispatches.id, renderings.dispatchId))
    .innerJoin(digests, eq(digests.id, dispatches.digestId))
    .innerJoin(newsletters, eq(newsletters.id, renderings.newsletterId))
    .where(isPublic)
    .groupBy(newsletters.id)
  return new Map(rows.map(row => [row.id, row.count]))
}

/** The blocks of these digests, by id. */
export async function blocksOf(db: Queryable, digestIds: readonly number[]): Promise<Map<number, Block[]>> {
  const rows = await db
    .select({ id: digests.id, blocks: digests.blocks })
    .from(digests)
    .where(sql`${digests.id} = any(${sql.param([...digestIds])}::bigint[])`)
  return new Map(rows.map(row => [row.id, row.blocks]))
}

const selectEditions = (db: Queryable) =>
  db
    .select(columns)
    .from(renderings)
    .innerJoin(dispatches, eq(dispatches.id, renderings.dispatchId))
    .innerJoin(digests, eq(digests.id, dispatches.digestId))
    .innerJoin(newsletters, eq(newsletters.id, renderings.newsletterId))
