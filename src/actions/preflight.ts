import { articleIdsOf } from '../domain/blocks.ts'
import { accentFindings } from '../domain/preflight/accent.ts'
import { embargoFindings } from '../domain/preflight/embargo.ts'
import { error, type Finding, inOrder, warning } from '../domain/preflight/finding.ts'
import { headlineFindings } from '../domain/preflight/headline.ts'
import { hoursFindings } from '../domain/preflight/hours.ts'
import { footerLinks, linkFindings, linksOf } from '../domain/preflight/links.ts'
import { paidFindings } from '../domain/preflight/paid.ts'
import { pictureFindings } from '../domain/preflight/pictures.ts'
import { placeholderFindings } from '../domain/preflight/placeholders.ts'
import { renderingFindings } from '../domain/preflight/rendering.ts'
import { repeatFindings, sentFindings } from '../domain/preflight/repeats.ts'
import { sectionFindings } from '../domain/preflight/sections.ts'
import { linksIn, withoutNames } from '../mail/render/markdown.ts'
import { findArticles } from '../store/articles.ts'
import { newslettersWithoutReaders } from '../store/audience.ts'
import type { Queryable } from '../store/client.ts'
import { databaseClock } from '../store/clock.ts'
import type { Digest } from '../store/digests.ts'
import { findNewslettersById, type Newsletter } from '../store/newsletters.ts'
import { readPublication } from '../store/publication.ts'
import { findSentArticles } from '../store/sent-articles.ts'
import { accidents } from './accidents.ts'
import { approvalFindings } from './approval-check.ts'
import { audienceFindings, recentMailFindings } from './audience-check.ts'
import { fillInPlace } from './fill-slots.ts'
import { renderDigest } from './render-digest.ts'
import type { Services } from './services.ts'

/**
 * All that can be told about a digest at once, as it is saved: what keeps it from going out now, or at its time, and what
 * an editor should know. Asks nobody outside. `at`: another time at which it might go. `mails`: those of all its
 * newsletters, or while somebody types only one of those that look alike: 40 ms rather than 340 for 20 newsletters.
 */
export async function preflight(
  services: Pick<Services, 'config' | 'db' | 'templates'>,
  digest: Digest,
  { at = digest.dueAt ?? undefined, mails = 'all' }: { at?: Date; mails?: 'all' | 'alike once' } = {},
): Promise<Finding[]> {
  const leaves = at && at.getTime() > Date.now() ? at : new Date()
  return inOrder([
    ...(await contentFindings(services, digest, at)),
    ...(await mailFindings(services, digest, mails)),
    ...(await approvalFindings(services, digest)),
    ...(mails === 'all' ? await recentMailFindings(services.db, digest, leaves) : []),
  ])
}

/** The part that asks the database alone; the digest may have been read within a transaction. `at`: when it would leave. */
export async function contentFindings(
  { config, db }: { config: Services['config']; db: Queryable },
  digest: Digest,
  at?: Date,
): Promise<Finding[]> {
  const { subject, preheader, blocks } = digest
  const ids = digest.newsletters.map(newsletter => newsletter.id)
  const newsletters = await findNewslettersById(db, ids)
  const placed = await fillInPlace(db, digest)
  const named = articleIdsOf(placed.map(({ block }) => block))
  const articles = await findArticles(db, named)
  const sent = await findSentArticles(db, named, ids)
  const { footer } = await readPublication(db)
  const now = await databaseClock(db)
  const missing = named.filter(id => !articles.has(id))
  const leaves = at && at > now ? at : now
  // Until it leaves a slot that fills itself may find one.
  const hasStory =
    placed.some(({ block }) => 'articleId' in block) ||
    (leaves > now && blocks.some(block => block.type === 'newest'))
  return [
    ...(newsletters.length ? [] : [error({ code: 'no-newsletters' })]),
    ...headlineFindings(digest),
    ...(hasStory ? [] : [error({ code: 'no-article' })]),
    ...(missing.length ? [error({ code: 'missing-articles', articleIds: missing })] : []),
    ...(await senderFindings({ config, db }, newsletters)),
    ...placeholderFindings({ subject, preheader, placed, articles, newsletters, withoutNames }),
    ...sectionFindings({ blocks, placed, newsletters }),
    ...repeatFindings(placed, articles, newsletters),
    ...sentFindings(placed, articles, sent),
    ...embargoFindings(placed, articles, leaves),
    ...paidFindings(placed, articles, newsletters),
    ...pictureFindings(placed, articles),
    ...linkFindings([...linksOf(placed, articles, linksIn), ...footerLinks(footer, linksIn)]),
    ...hoursFindings(newsletters, leaves),
    ...(await audienceFindings(db, digest)),
  ]
}

async function senderFindings(
  { config, db }: { config: Services['config']; db: Queryable },
  newsletters: readonly Newsletter[],
): Promise<Finding[]> {
  const outside = config.transport.kind === 'smtp' && !config.transport.local
  const publication = await readPublication(db)
  const unread = await newslettersWithoutReaders(
    db,
    newsletters.map(newsletter => newsletter.id),
  )
  return [
    ...(outside ? await accidents({ config, db }, newsletters) : []),
    ...(outside || publication.postalAddress.trim() ? [] : [warning({ code: 'postal-address-missing' })]),
    ...(outside && !config.dkim ? [warning({ code: 'no-dkim' })] : []),
    ...newsletters
      .filter(newsletter => unread.has(newsletter.id))
      .map(({ slug }) => warning({ code: 'no-readers', newsletter: slug })),
    ...accentFindings(publication.accent),
  ]
}

/** The part that makes the mails of all its newsletters, some 30 ms for each. */
export async function mailFindings(
  services: Pick<Services, 'config' | 'db' | 'templates'>,
  digest: Digest,
  mails: 'all' | 'alike once' = 'all',
): Promise<Finding[]> {
  const all = await findNewslettersById(
    services.db,
    digest.newsletters.map(newsletter => newsletter.id),
  )
  const newsletters = mails === 'all' ? all : oneOfEachKind(all, digest)
  const { postalAddress } = await readPublication(services.db)
  const findings: Finding[] = []
  for (const newsletter of newsletters) {
    try {
      const outcome = await renderDigest(services, digest, newsletter)
      // A story that is gone is told by the other part.
      if (outcome.kind === 'rendered')
        findings.push(...renderingFindings({ ...outcome.rendering, ...outcome, postalAddress }))
    } catch (fault) {
      const reason = (fault as Error).message.slice(0, 500).toWellFormed()
      findings.push(error({ code: 'not-rendered', newsletter: newsletter.slug, reason }))
    }
  }
  return findings
}

/** The first of those whose mails differ in names alone: the same template, language and blocks. */
function oneOfEachKind(newsletters: readonly Newsletter[], { blocks }: Digest): Newsletter[] {
  const kindOf = ({ slug, template, language, archivePublic }: Newsletter) =>
    JSON.stringify([template, language, archivePublic, blocks.some(block => block.only === slug) ? slug : ''])
  return [...Map.groupBy(newsletters, kindOf).values()].map(([first]) => first!)
}
