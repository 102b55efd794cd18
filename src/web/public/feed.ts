import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { type PicturedStory, picturedStories } from '../../actions/pictured-stories.ts'
import { articleIdsOf, forReadersOf } from '../../domain/blocks.ts'
import { correctedBy } from '../../domain/correction.ts'
import type { Language } from '../../domain/languages.ts'
import { links } from '../../domain/links.ts'
import { siteWords } from '../../domain/words/site.ts'
import { findReleasedArticles } from '../../store/articles.ts'
import { listCorrections } from '../../store/corrections.ts'
import { blocksOf, type Edition, listEditions, listLatestEditions } from '../../store/editions.ts'
import { findNewsletter } from '../../store/newsletters.ts'
import { readPublication } from '../../store/publication.ts'
import { lastWithdrawal } from '../../store/withdrawals.ts'
import type { AppEnv } from '../env.ts'
import { feedContent, isAdvertisement, leadOf } from './feed-content.ts'
import { noSuchNewsletter } from './missing.tsx'

const itemsShown = 20

/** The editions as RSS 2.0: of one newsletter, and of them all. */
export const feed = new Hono<AppEnv>()
  .get('/feed.xml', async c => {
    const { db, config } = c.var.services
    const publication = await readPublication(db)
    return answer(c, await listLatestEditions(db, itemsShown), {
      title: publication.name,
      description: publication.tagline || siteWords[publication.language].front.about(publication.name),
      language: publication.language,
      page: links.archive(config.publicUrl),
      self: `${links.archive(config.publicUrl)}/feed.xml`,
    })
  })
  .get('/:newsletter/feed.xml', async c => {
    const { db, config } = c.var.services
    const newsletter = await findNewsletter(db, c.req.param('newsletter'))
    if (!newsletter?.archivePublic) return noSuchNewsletter(c)
    const publication = await readPublication(db)
    const { slug, name, description, language } = newsletter
    const title = siteWords[language].feed.title(name, publication.name)
    return answer(c, await listEditions(db, newsletter.id, { limit: itemsShown }), {
      title,
      description: description || title,
      language,
      page: links.archive(config.publicUrl, slug),
      self: links.feed(config.publicUrl, slug),
    })
  })

type Channel = { title: string; description: string; language: Language; page: string; self: string }

/** The feed, or 304 where the reader has it (RFC 9110 13.1). */
async function answer(c: Context<AppEnv>, editions: Edition[], channel: Channel): Promise<Response> {
  const body = await feedDocument(c, editions, channel)
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const newest = await lastChange(c, editions)
  const headers = {
    'content-type': 'application/rss+xml; charset=utf-8',
    'cache-control': 'public, max-age=300',
    etag: tag,
    ...(newest && { 'last-modified': newest.toUTCString() }),
  }
  return isFresh(c, tag, newest) ? c.body(null, 304, headers) : c.body(body, 200, headers)
}

/** What is taken out of a feed changes it too. */
async function lastChange(c: Context<AppEnv>, editions: readonly Edition[]): Promise<Date | undefined> {
  const withdrawn = await lastWithdrawal(c.var.services.db)
  const moments = [...editions.map(edition => edition.changedAt), ...(withdrawn ? [withdrawn] : [])]
  return moments.reduce<Date | undefined>((last, at) => (last && last > at ? last : at), undefined)
}

function isFresh(c: Context, tag: string, newest: Date | undefined): boolean {
  const tags = c.req.header('if-none-match')
  if (tags !== undefined)
    return tags.split(',').some(one => one.trim().replace(/^W\//, '') === tag || one.trim() === '*')
  const since = Date.parse(c.req.header('if-modified-since') ?? '')
  return newest !== undefined && Math.floor(newest.getTime() / 1000) * 1000 <= since
}

async function feedDocument(c: Context<AppEnv>, editions: Edition[], channel: Channel): Promise<string> {
  const { db, config } = c.var.services
  const ids = editions.map(edition => edition.digestId)
  const blocks = await blocksOf(db, ids)
  const corrections = Map.groupBy(await listCorrections(db, ids), correction => correction.digestId)
  const articles = await picturedStories(
    db,
    await findReleasedArticles(db, articleIdsOf([...blocks.values()].flat())),
    config.publicUrl,
  )
  const items = editions.map(edition => {
    const { language, slug } = edition.newsletter
    const own = forReadersOf(slug, blocks.get(edition.digestId) ?? [])
    const url = links.archive(config.publicUrl, slug, edition.digestId)
    const words = siteWords[language]
    const corrected = correctedBy(corrections.get(edition.digestId) ?? [])
    const subject = edition.subject || words.archive.untitled
    return `  <item>
    <title>${xml(isAdvertisement(own, articles) ? words.feed.advertisement(subject) : subject)}</title>
    <link>${xml(url)}</link>
    <guid isPermaLink="true">${xml(url)}</guid>
    <pubDate>${edition.startedAt.toUTCString()}</pubDate>
    <category>${xml(edition.newsletter.name)}</category>
    <description>${xml(edition.preheader || subject)}</description>
${leadPicture(leadOf(own, articles))}    <content:encoded>${xml(feedContent(own, articles, { ...edition.newsletter, corrected }))}</content:encoded>
  </item>
`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
  <title>${xml(channel.title)}</title>
  <link>${xml(channel.page)}</link>
  <description>${xml(channel.description)}</description>
  <language>${channel.language}</language>
  <atom:link rel="self" type="application/rss+xml" href="${xml(channel.self)}"/>
${editions[0] ? `  <lastBuildDate>${editions[0].startedAt.toUTCString()}</lastBuildDate>\n` : ''}${items.join('')}</channel>
</rss>
`
}

/** The lead's picture (Media RSS 1.5.1): feed readers show it beside the title. */
function leadPicture(lead: PicturedStory | undefined): string {
  if (!lead?.imageUrl) return ''
  const { imageUrl, imageSize, imageAlt, imageCredit } = lead
  const size = imageSize ? ` width="${imageSize.width}" height="${imageSize.height}"` : ''
  const type = imageSize ? ` type="image/${imageUrl.endsWith('.png') ? 'png' : 'jpeg'}"` : ''
  const about = [
    ...(imageAlt ? [`<media:description type="plain">${xml(imageAlt)}</media:description>`] : []),
    ...(imageCredit ? [`<media:credit>${xml(imageCredit)}</media:credit>`] : []),
  ].join('')
  return `    <media:content url="${xml(imageUrl)}" medium="image"${type}${size}>${about}</media:content>
`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text of an XML document (XML 1.0, 2.2): what may not stand in one at all is left out. */
const xml = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, char => entities[char]!)
