import { labelled } from '../blocks.ts'
import { error, type Finding } from './finding.ts'
import { type Addressee, type Placed, storiesIn, viewsOf } from './placed.ts'

type Story = { title: string; kind: 'editorial' | 'partner'; sponsor: string | null }
type Articles = ReadonlyMap<number, Story>

/**
 * What readers must be told of paid stories (2005/29/EC Annex I no. 11): who pays, and never in the place of the lead. A
 * newsletter of paid stories alone has no lead.
 */
export const paidFindings = (
  placed: readonly Placed[],
  articles: Articles,
  newsletters: readonly Addressee[],
): Finding[] => [...withoutSponsor(placed, articles), ...leading(placed, articles, newsletters)]

const withoutSponsor = (placed: readonly Placed[], articles: Articles): Finding[] =>
  placed.flatMap(({ at, block }) =>
    storiesIn(block).flatMap(articleId => {
      const story = articles.get(articleId)
      const shown = labelled(block, articles)
      const sponsor =
        shown.type === 'partner' ? shown.sponsor : story?.kind === 'partner' ? story.sponsor : 'none'
      return story && !sponsor?.trim()
        ? [error({ code: 'no-sponsor', articleId, title: story.title }, { block: at, field: 'sponsor' })]
        : []
    }),
  )

function leading(
  placed: readonly Placed[],
  articles: Articles,
  newsletters: readonly Addressee[],
): Finding[] {
  const found = new Map<number, Finding>()
  for (const view of viewsOf(placed, newsletters)) {
    const stories = view.map(({ at, block }) => ({ at, block: labelled(block, articles) }))
    const first = stories.find(({ block }) => block.type === 'article' || block.type === 'partner')
    if (first?.block.type !== 'partner' || !stories.some(({ block }) => block.type === 'article')) continue
    const { articleId } = first.block
    const title = articles.get(articleId)?.title ?? ''
    found.set(first.at, error({ code: 'paid-first', articleId, title }, { block: first.at }))
  }
  return [...found.values()]
}
