import { createHash } from 'node:crypto'
import {
  articleIdsOf,
  type Block,
  type FixedBlock,
  forReadersOf,
  inWordsOf,
  labelled,
} from '../domain/blocks.ts'
import { domainOf } from '../domain/email-address.ts'
import type { Keyring } from '../domain/keys.ts'
import { links } from '../domain/links.ts'
import type { Rendering } from '../domain/rendering.ts'
import { mailHost, placeholderSender } from '../domain/sender.ts'
import { signToken } from '../domain/tokens.ts'
import { compileMessage } from '../mail/message.ts'
import { digestHtml } from '../mail/render/digest-html.ts'
import type { DigestContent, FilledBlock, Story } from '../mail/render/digest-model.ts'
import { digestText } from '../mail/render/digest-text.ts'
import { ownDigestHtml } from '../mail/render/own-template.ts'
import { htmlSize } from '../mail/render/size.ts'
import { cutAtMarkers, type Markers, makeMarkers } from '../mail/render/slots.ts'
import { type Article, findArticles } from '../store/articles.ts'
import type { Queryable } from '../store/client.ts'
import type { Digest } from '../store/digests.ts'
import type { Newsletter } from '../store/newsletters.ts'
import { type Publication, readPublication } from '../store/publication.ts'
import { fillEach } from './fill-slots.ts'
import { type PicturedStory, picturedStories } from './pictured-stories.ts'
import type { Services } from './services.ts'

/** Why a digest can't be rendered: a story that it names is gone. */
export type RenderFault = { code: 'article-gone'; block: number; articleId: number }

export type RenderOutcome =
  | {
      kind: 'rendered'
      rendering: Rendering
      /** Octets of the HTML for the reader with the longest values. */
      htmlSize: number
    }
  | { kind: 'faults'; faults: RenderFault[] }

type Said = Pick<Digest, 'id' | 'subject' | 'preheader' | 'blocks' | 'newsletters'>

type Options = {
  /** The date in the masthead; absent: now. */
  date?: Date
  /** Known when sending starts. */
  dispatchId?: number
  /** Given when sending starts: where the publication wants it, the links of its stories are signed and lead over us. */
  keys?: Keyring
  /** Whether its blocks can be jumped to in the HTML, as `#block-0` and so on by their place in the digest. */
  anchors?: boolean
}

/**
 * Compiles a digest for one of its newsletters: for previews, tests and the start of a dispatch alike. Knows no
 * subscriber. Drafts render too; whether a digest may be sent is another question. Throws where a template is broken.
 */
export async function renderDigest(
  { config, db, templates }: Pick<Services, 'config' | 'templates'> & { db: Queryable },
  digest: Said,
  newsletter: Newsletter,
  { date = new Date(), dispatchId, keys, anchors = false }: Options = {},
): Promise<RenderOutcome> {
  const { correctableLinks } = await readPublication(db)
  const retell = keys && correctableLinks ? overUs(config.publicUrl, keys, digest.id) : undefined
  const read = await digestContent({ config, db }, digest, newsletter, date, retell)
  if (read.kind === 'faults') return read
  const { sender } = read
  const content = {
    ...read.content,
    ...(anchors && { anchors: read.places.map(at => `block-${at}`) }),
  }
  const markers = makeMarkers()
  const html = cutAtMarkers(await htmlOf(templates, newsletter.template, content, markers), markers)
  const text = cutAtMarkers(digestText(content, markers), markers)
  const listId = `${newsletter.slug}.${mailHost(config.publicUrl)}`
  const message = compileMessage({
    subject: digest.subject,
    ...sender,
    listId,
    listName: newsletter.name,
    ...(dispatchId !== undefined && {
      feedbackId: `${dispatchId}:${newsletter.slug}:digest:${domainOf(sender.fromAddress)}`,
    }),
    html,
    text,
  })
  const rendering = {
    newsletterId: newsletter.id,
    newsletterSlug: newsletter.slug,
    language: newsletter.language,
    subject: digest.subject,
    fromName: sender.fromName,
    fromAddress: sender.fromAddress,
    listId,
    html,
    text,
    message,
  }
  // Not over the message, whose boundary is random: equal hashes say the same.
  const { message: _, ...said } = rendering
  const hash = createHash('sha256').update(JSON.stringify(said)).digest('hex')
  return {
    kind: 'rendered',
    rendering: { ...rendering, hash },
    htmlSize: htmlSize(html, config.publicUrl),
  }
}

/** Tells a story of a digest otherwise than its blocks and itself do. */
export type Retell = (story: Story, articleId: number) => Story

/** With a link that leads over us: the same for every reader, and it can be put right after sending. */
export const overUs =
  (publicUrl: string, keys: Keyring, digest: number): Retell =>
  (story, article) => ({ ...story, url: storyLink(publicUrl, keys, digest, article) })

export const storyLink = (publicUrl: string, keys: Keyring, digest: number, article: number): string =>
  links.story(publicUrl, signToken(keys, { purpose: 'link', digest, article }))

/** What a digest is compiled from for one of its newsletters, who sends it, and the digest's block that each block came from. */
export async function digestContent(
  { config, db }: { config: Pick<Services['config'], 'publicUrl'>; db: Queryable },
  digest: Said,
  newsletter: Newsletter,
  date: Date,
  retell: Retell = story => story,
): Promise<
  | { kind: 'content'; content: DigestContent; sender: ReturnType<typeof senderOf>; places: number[] }
  | { kind: 'faults'; faults: RenderFault[] }
> {
  const publication = await readPublication(db)
  const filled = await fillEach(db, digest)
  const placed = filled.flatMap((list, at) =>
    forReadersOf(newsletter.slug, list).map(block => ({ at, block })),
  )
  const blocks = placed.map(({ block }) => block)
  const articles = await findArticles(db, articleIdsOf(blocks))
  const faults = goneArticles(blocks, articles)
  if (faults.length) return { kind: 'faults', faults }
  const stories = await picturedStories(db, articles, config.publicUrl)
  return {
    kind: 'content',
    content: contentOf(
      publication,
      newsletter,
      { ...digest, blocks },
      { stories, retell },
      date,
      config.publicUrl,
    ),
    sender: senderOf(publication, newsletter, config.publicUrl),
    places: placed.map(({ at }) => at),
  }
}

/** By the newsletter's own template where it has one. */
export const htmlOf = (
  templates: Services['templates'],
  own: string | null,
  content: DigestContent,
  markers: Markers,
): Promise<string> =>
  own === null ? digestHtml(templates, content, markers) : ownDigestHtml(own, content, markers)

function goneArticles(blocks: readonly Block[], articles: ReadonlyMap<number, Article>): RenderFault[] {
  return blocks.flatMap((block, index) =>
    articleIdsOf([block])
      .filter(id => !articles.has(id))
      .map(articleId => ({ code: 'article-gone' as const, block: index, articleId })),
  )
}

function contentOf(
  publication: Publication,
  newsletter: Newsletter,
  digest: Pick<Digest, 'id' | 'subject' | 'preheader'> & { blocks: readonly FixedBlock[] },
  told: Told,
  date: Date,
  publicUrl: string,
): DigestContent {
  const { name, logoUrl, accent, headlineFont, textFont, footer, postalAddress } = publication
  return {
    publication: { name, logoUrl, accent, headlineFont, textFont, footer, postalAddress, url: publicUrl },
    newsletter,
    subject: digest.subject,
    preheader: digest.preheader,
    blocks: digest.blocks.map(block => filledBlock(labelled(block, told.stories), told)),
    date,
    ...(newsletter.archivePublic && { archiveUrl: links.archive(publicUrl, newsletter.slug, digest.id) }),
    signUpUrl: links.subscribe(publicUrl, newsletter.slug),
  }
}

type Told = { stories: ReadonlyMap<number, PicturedStory>; retell: Retell }

function filledBlock(block: FixedBlock, { stories, retell }: Told): FilledBlock {
  switch (block.type) {
    case 'article':
      return { type: 'article', article: retell(inWordsOf(block, stories)!, block.articleId) }
    case 'partner': {
      const article = retell(inWordsOf(block, stories)!, block.articleId)
      return { type: 'partner', article, sponsor: block.sponsor }
    }
    case 'seeAlso':
      return { type: 'seeAlso', articles: block.articleIds.map(id => retell(stories.get(id)!, id)) }
    default:
      return block
  }
}

/** The newsletter's own sender, else the publication's; a draft of a new installation has none yet. */
function senderOf(publication: Publication, newsletter: Newsletter, publicUrl: string) {
  return {
    fromName: newsletter.senderName || publication.senderName || publication.name,
    fromAddress: newsletter.senderAddress || publication.senderAddress || placeholderSender(publicUrl),
    replyTo: newsletter.replyTo || publication.replyTo,
  }
}
