import { inWordsOf } from '../blocks.ts'
import { type Finding, warning } from './finding.ts'
import type { Placed } from './placed.ts'

type Story = {
  title: string
  standfirst: string
  imageUrl: string | null
  imageAlt: string
  imageDecorative: boolean
}

/** Pictures that say nothing to those who don't see them: no description, or the headline once more. */
export const pictureFindings = (placed: readonly Placed[], articles: ReadonlyMap<number, Story>): Finding[] =>
  placed.flatMap(({ at, block }) => {
    if (block.type !== 'article' && block.type !== 'partner') return []
    const story = articles.get(block.articleId)
    if (!story?.imageUrl || story.imageDecorative) return []
    const said = plain(story.imageAlt)
    const titles = [story.title, inWordsOf(block, articles)!.title].map(plain)
    if (said !== '' && !titles.includes(said)) return []
    const facts = { articleId: block.articleId, title: story.title }
    return [warning({ code: 'picture-without-description', ...facts }, { block: at })]
  })

const plain = (text: string) =>
  text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[.!?]$/, '')
    .toLowerCase()
