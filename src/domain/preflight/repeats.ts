import { type Finding, warning } from './finding.ts'
import { type Addressee, type Placed, storiesIn, viewsOf } from './placed.ts'

type Story = { title: string; url: string }
/** When a story last went out through which newsletter. */
export type SentStory = { articleId: number; at: Date; newsletter: string }

/** A story that one reader gets twice in this digest: the same, or one with the same address. */
export function repeatFindings(
  placed: readonly Placed[],
  articles: ReadonlyMap<number, Story>,
  newsletters: readonly Addressee[],
): Finding[] {
  const found = new Map<string, Finding>()
  for (const view of viewsOf(placed, newsletters)) {
    const seen = new Set<string>()
    for (const { at, block } of view)
      for (const articleId of storiesIn(block)) {
        const story = articles.get(articleId)
        if (!story) continue
        const address = sameAddress(story.url)
        if (seen.has(address))
          found.set(
            `${at} ${address}`,
            warning({ code: 'same-story-twice', articleId, title: story.title }, { block: at }),
          )
        seen.add(address)
      }
  }
  return [...found.values()]
}

/** Stories that went out before; what is only pointed at once more ("see also") is meant to have. */
export const sentFindings = (
  placed: readonly Placed[],
  articles: ReadonlyMap<number, Story>,
  sent: readonly SentStory[],
): Finding[] =>
  placed.flatMap(({ at, block }) => {
    const last = 'articleId' in block ? sent.find(one => one.articleId === block.articleId) : undefined
    const story = last && articles.get(last.articleId)
    if (!story) return []
    const { articleId, newsletter } = last
    const facts = { articleId, title: story.title, at: last.at.toISOString(), newsletter }
    return [warning({ code: 'already-sent', ...facts }, { block: at })]
  })

/** An address without what only counts where its readers come from. */
function sameAddress(text: string): string {
  const url = URL.parse(text)
  if (!url) return text
  url.hash = ''
  for (const name of [...url.searchParams.keys()]) if (/^utm_/i.test(name)) url.searchParams.delete(name)
  return `${url.host}${url.pathname.replace(/\/$/, '')}${url.search}`
}
