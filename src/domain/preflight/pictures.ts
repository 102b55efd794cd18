import { inWordsOf } from '../blocks.ts'
import { descriptionFault } from '../picture-description.ts'
import { type Finding, warning } from './finding.ts'
import type { Placed } from './placed.ts'

type Story = {
  title: string
  standfirst: string
  imageUrl: string | null
  pictureHash: string | null
  imageAlt: string
  imageDecorative: boolean
}

/** Pictures that say nothing to those who don't see them: no description, or the headline once more. */
export const pictureFindings = (placed: readonly Placed[], articles: ReadonlyMap<number, Story>): Finding[] =>
  placed.flatMap(({ at, block }) => {
    if (block.type !== 'article' && block.type !== 'partner') return []
    const story = articles.get(block.articleId)
    if (!story || !(story.imageUrl || story.pictureHash)) return []
    const titles = [story.title, inWordsOf(block, articles)!.title]
    if (!titles.some(title => descriptionFault({ ...story, title }))) return []
    const facts = { articleId: block.articleId, title: story.title }
    return [warning({ code: 'picture-without-description', ...facts }, { block: at })]
  })
