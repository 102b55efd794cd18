import { createHash } from 'node:crypto'
import type { Proposal, When } from '../domain/approval.ts'
import { articleIdsOf } from '../domain/blocks.ts'
import type { DigestContent } from '../mail/render/digest-model.ts'
import { type Approval, lastSeenBefore } from '../store/approvals.ts'
import { findArticles } from '../store/articles.ts'
import type { Queryable } from '../store/client.ts'
import { lastVersionBy } from '../store/digest-versions.ts'
import type { Digest } from '../store/digests.ts'
import { findNewslettersById } from '../store/newsletters.ts'
import { readPublication } from '../store/publication.ts'
import { digestContent } from './render-digest.ts'
import type { Services } from './services.ts'

type Reach = { config: Pick<Services['config'], 'publicUrl'>; db: Queryable }

/**
 * SHA-256 in hex over all that the readers of a digest would get, who they are and when: what the mails of its newsletters
 * are compiled from, their templates and senders, the audience and the time. Equal hashes go out alike. Undefined while a
 * story is gone, since nothing can go out then.
 */
export async function hashOf(reach: Reach, digest: Digest, when: When): Promise<string | undefined> {
  const newsletters = await findNewslettersById(
    reach.db,
    digest.newsletters.map(one => one.id),
  )
  const mails: unknown[] = []
  for (const newsletter of newsletters) {
    const read = await digestContent(reach, digest, newsletter, new Date(0))
    if (read.kind === 'faults') return undefined
    const { id, slug, name, language, timeZone, template, sendsFrom, sendsUntil } = newsletter
    const own = { id, slug, name, language, timeZone, template, sendsFrom, sendsUntil }
    mails.push([own, read.sender, mailOf(read.content)])
  }
  const all = [mails, digest.audience, when.kind, await timeIn(reach.db, when)]
  return createHash('sha256').update(JSON.stringify(all)).digest('hex')
}

/** The time, and where it is by readers' own clocks, the zone of those of whom none is known. */
async function timeIn(db: Queryable, when: When): Promise<string[]> {
  switch (when.kind) {
    case 'now':
      return []
    case 'at':
      return [when.at]
    case 'local':
      return [when.time, (await readPublication(db)).timeZone]
  }
}

/** Of what a mail is made from only what it shows: a story's row also says when it was looked at. */
const mailOf = ({ newsletter: _, ...content }: DigestContent) => ({
  ...content,
  blocks: content.blocks.map(block =>
    'article' in block
      ? { ...block, article: shown(block.article) }
      : 'articles' in block
        ? { ...block, articles: block.articles.map(shown) }
        : block,
  ),
})

const shown = (story: Extract<DigestContent['blocks'][number], { type: 'article' }>['article']) => [
  story.title,
  story.standfirst,
  story.url,
  story.section,
  story.byline,
  story.note,
  story.imageUrl,
  story.imageSize,
  story.imageAlt,
  story.imageCredit,
  story.language,
  story.sponsor,
]

/** The same to be shown to whoever approves. */
export async function proposalOf(
  db: Queryable,
  digest: Pick<Digest, 'subject' | 'preheader' | 'newsletters' | 'blocks' | 'audience'>,
  when: When,
): Promise<Proposal> {
  const articles = await findArticles(db, articleIdsOf(digest.blocks))
  return {
    subject: digest.subject,
    preheader: digest.preheader,
    newsletters: digest.newsletters.map(one => one.slug),
    blocks: digest.blocks,
    stories: Object.fromEntries(
      [...articles.values()].map(({ id, title, standfirst, url }) => [id, { title, standfirst, url }]),
    ),
    audience: digest.audience,
    when,
  }
}

/**
 * What an editor last knew of a digest that is asked about: what was asked for when they last looked, or what they saved
 * themselves, whichever came later. Undefined where they have not seen it before.
 */
export async function lastSeen(
  db: Queryable,
  asked: Approval,
  editorId: number,
): Promise<{ proposal: Proposal; at: Date } | undefined> {
  const [looked, saved] = [
    await lastSeenBefore(db, asked, editorId),
    await lastVersionBy(db, asked.digestId, editorId),
  ]
  if (!saved || (looked && looked.at >= saved.savedAt)) return looked
  const { newsletterIds, savedAt, ...text } = saved
  const newsletters = (await findNewslettersById(db, newsletterIds)).map(one => ({
    id: one.id,
    slug: one.slug,
    name: one.name,
  }))
  // Whom it is for and when is asked for with the approval; the words of stories are kept with no version.
  const { audience, when } = asked.proposal
  return { proposal: await proposalOf(db, { ...text, newsletters, audience }, when), at: savedAt }
}
