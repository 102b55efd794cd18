import { isWebUrl } from '../text.ts'
import { error, type Finding, type Where, warning } from './finding.ts'
import { type Placed, storiesIn } from './placed.ts'

/** A link as it stands in a digest. */
export type DigestLink = { url: string; where?: Where }

/** All links of a digest that lead out of it. `linksIn` reads Markdown. */
export const linksOf = (
  placed: readonly Placed[],
  articles: ReadonlyMap<number, { url: string }>,
  linksIn: (markdown: string) => string[],
): DigestLink[] =>
  placed.flatMap(({ at, block }) => {
    if (block.type === 'button') return [{ url: block.url, where: { block: at, field: 'url' } }]
    if (block.type === 'text')
      return linksIn(block.markdown).map(url => ({ url, where: { block: at, field: 'markdown' } }) as const)
    return storiesIn(block).flatMap(id => {
      const story = articles.get(id)
      return story ? [{ url: story.url, where: { block: at } }] : []
    })
  })

/** The links that every digest ends with: they stand in no block of it. */
export const footerLinks = (footer: string, linksIn: (markdown: string) => string[]): DigestLink[] =>
  linksIn(footer).map(url => ({ url }))

/** Each address once, where it stands first. */
export const eachOnce = (links: readonly DigestLink[]): DigestLink[] =>
  [...new Map(links.toReversed().map(link => [link.url, link])).values()].reverse()

/** What a link shows to be wrong by itself, before anybody asks for it. */
export function linkFindings(links: readonly DigestLink[]): Finding[] {
  return eachOnce(links).flatMap(({ url, where }) => {
    const reason = unusable(url)
    if (reason) return [error({ code: 'link-unusable', url: url.slice(0, 300), reason }, where)]
    if (!isWebUrl(url)) return []
    const { protocol, hostname } = new URL(url)
    const host = hostname.replace(/^www\./, '')
    return [
      ...(protocol === 'http:' ? [warning({ code: 'link-not-https', url }, where)] : []),
      ...(shorteners.has(host) ? [warning({ code: 'link-shortened', url, host }, where)] : []),
    ]
  })
}

/** A mail has no page of its own that a link could start from, and its programs open few schemes. */
function unusable(url: string): 'relative' | 'scheme' | 'malformed' | undefined {
  const [, scheme] = /^([a-z][a-z0-9+.-]*):/i.exec(url.trim()) ?? []
  if (scheme === undefined) return 'relative'
  if (/^mailto$/i.test(scheme)) return undefined
  if (!/^https?$/i.test(scheme)) return 'scheme'
  return isWebUrl(url) ? undefined : 'malformed'
}

/** Spam filters judge a mail by where its links lead, and these lead anywhere. */
const shorteners = new Set([
  'bit.ly',
  'buff.ly',
  'cutt.ly',
  'dlvr.it',
  'goo.gl',
  'is.gd',
  'j.mp',
  'lnkd.in',
  'ow.ly',
  'rb.gy',
  'rebrand.ly',
  'shorturl.at',
  't.co',
  't.ly',
  'tiny.cc',
  'tinyurl.com',
  'trib.al',
  'v.gd',
])
