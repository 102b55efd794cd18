import { createHash } from 'node:crypto'
import type { Proposal, When } from '../domain/approval.ts'
import { articleIdsOf } from '../domain/blocks.ts'
import type { DigestContent } from '../mail/render/digest-model.ts'
import { findArticles } from '../store/articles.ts'
import type { Queryable } from '../store/client.ts'
import type { Digest } from '../store/digests.ts'
import { findNewslettersById } from '../store/newsletters.ts'
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
  // The database keeps the fields of an object in an order of its own.
  const time = when.kind === 'at' ? when.at : when.kind === 'local' ? when.time : ''
  const all = [mails, digest.audience, when.kind, time]
  return createHash('sha256').update(JSON.stringify(all)).digest('hex')
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
export async function proposalOf(db: Queryable, digest: Digest, when: When): Promise<Proposal> {
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
