import { error, type Finding, warning } from '../domain/preflight/finding.ts'
import { countRecentMail, digestsWithoutLedger } from '../store/audience.ts'
import type { Queryable } from '../store/client.ts'
import { type Digest, readershipOf } from '../store/digests.ts'
import { listNewsletters } from '../store/newsletters.ts'

/** Mail that readers had from us so shortly before is said to whoever sends. */
const shortly = 3 * 60 * 60_000

/** Conditions of the audience that mean nothing any more: nobody would get the digest, or everybody. */
export async function audienceFindings(
  db: Queryable,
  { audience }: Pick<Digest, 'audience'>,
): Promise<Finding[]> {
  if (!audience.length) return []
  const slugs = new Set((await listNewsletters(db)).map(newsletter => newsletter.slug))
  const digests = audience.flatMap(one => (one.kind === 'got' ? [one.digest] : []))
  const unknown = await digestsWithoutLedger(db, digests)
  return audience.flatMap(one =>
    one.kind === 'newsletter' && !slugs.has(one.newsletter)
      ? [error({ code: 'audience-newsletter-gone', newsletter: one.newsletter })]
      : one.kind === 'got' && unknown.has(one.digest)
        ? [error({ code: 'audience-digest-unknown', digest: one.digest })]
        : [],
  )
}

/** How many of its readers had another digest within three hours before it would leave. A million take about a second. */
export async function recentMailFindings(db: Queryable, digest: Digest, leaves: Date): Promise<Finding[]> {
  const since = new Date(leaves.getTime() - shortly)
  const recent = await countRecentMail(db, readershipOf(digest), { since, without: digest.id })
  return recent
    ? [
        warning({
          code: 'recent-mail',
          readers: recent.readers,
          digest: recent.digest,
          at: recent.at.toISOString(),
        }),
      ]
    : []
}
