import { articleIdsOf } from '../domain/blocks.ts'
import { inLanes } from '../domain/lanes.ts'
import { type Finding, inOrder, unchecked, warning } from '../domain/preflight/finding.ts'
import { type DigestLink, eachOnce, footerLinks, linksOf } from '../domain/preflight/links.ts'
import { isWebUrl } from '../domain/text.ts'
import { linksIn } from '../mail/render/markdown.ts'
import type { FetchAnswer, FetchRefusal } from '../reading/fetcher.ts'
import { findArticles } from '../store/articles.ts'
import type { Digest } from '../store/digests.ts'
import { readPublication } from '../store/publication.ts'
import { fillInPlace } from './fill-slots.ts'
import type { Services } from './services.ts'

type Deps = Pick<Services, 'db' | 'fetcher'>
type Fetched = FetchAnswer | FetchRefusal

/** For all of them together, however many there are. */
const timeForAll = 10_000
const timeForOne = 5_000
/** Enough to see that a page is there. */
const bytes = 4096

/**
 * Asks for each address that the digest links, once: with HEAD, and where that is not answered well with GET. What is not
 * there asks for a look, what could not be looked at says so, and neither keeps a digest from going. `asked`: how many.
 */
export async function checkLinks(
  { db, fetcher }: Deps,
  digest: Digest,
  time = timeForAll,
): Promise<{ asked: number; findings: Finding[] }> {
  const placed = await fillInPlace(db, digest)
  const articles = await findArticles(db, articleIdsOf(placed.map(({ block }) => block)))
  const { footer } = await readPublication(db)
  const all = [...linksOf(placed, articles, linksIn), ...footerLinks(footer, linksIn)]
  const links = eachOnce(all).filter(({ url }) => isWebUrl(url))
  const until = AbortSignal.timeout(time)
  const answers = await inLanes(links, link => ask(fetcher, new URL(link.url), until), {
    atOnce: 8,
    perKind: 2,
    kindOf: ({ url }) => new URL(url).host,
    until,
  })
  const count = answers.filter(answer => answer === undefined).length
  return {
    asked: links.length - count,
    findings: inOrder([
      ...links.flatMap((link, index) => (answers[index] ? read(link, answers[index]) : [])),
      ...(count ? [unchecked({ code: 'links-not-reached', count })] : []),
    ]),
  }
}

async function ask(fetcher: Services['fetcher'], url: URL, until: AbortSignal): Promise<Fetched> {
  const signal = AbortSignal.any([until, AbortSignal.timeout(timeForOne)])
  const head = await fetcher(url, { method: 'HEAD', signal, headers: {}, maxBytes: bytes })
  if (head.kind === 'answer' ? isThere(head) : head.kind !== 'unreachable') return head
  // Not every site knows HEAD, and some answer it with anything.
  const headers = { range: `bytes=0-${bytes - 1}` }
  return fetcher(url, { method: 'GET', signal, headers, maxBytes: bytes })
}

const isThere = ({ status }: FetchAnswer) => status >= 200 && status < 300

function read({ url, where }: DigestLink, fetched: Fetched): Finding[] {
  const not = (
    reason: 'refused' | 'timeout' | 'unreachable' | 'private',
    more: { status?: number } = {},
  ): Finding[] => [unchecked({ code: 'link-not-checked', url, reason, ...more }, where)]
  switch (fetched.kind) {
    case 'answer': {
      const { status } = fetched
      if (status === 404 || status === 410) return [warning({ code: 'link-dead', url, status }, where)]
      if (!isThere(fetched)) return not('refused', { status })
      const target = fetched.url.href
      return isSame(url, target) ? [] : [warning({ code: 'link-redirects', url, target }, where)]
    }
    // More than we wanted is there too.
    case 'too-large':
      return []
    case 'unknown-host':
      return fetched.perhaps
        ? not('unreachable')
        : [warning({ code: 'link-unknown-host', url, host: fetched.host }, where)]
    case 'timeout':
      return not('timeout')
    case 'blocked-address':
      return not('private')
    case 'scheme':
    case 'unreachable':
      return not('unreachable')
  }
}

/** A redirect keeps the place within the page, which no server hears of. */
function isSame(asked: string, answered: string): boolean {
  const [a, b] = [new URL(asked), new URL(answered)]
  a.hash = b.hash = ''
  return a.href === b.href
}
