import type { Block } from './blocks.ts'

type StoryOf = { section: string }

const mostInSlot = 10

/** The blocks that a plan can have: stories come into it by slots alone. */
export const isPlanBlock = ({ type }: Pick<Block, 'type'>): boolean =>
  type === 'heading' || type === 'text' || type === 'newest' || type === 'button' || type === 'divider'

/**
 * What a digest's next editions have in common with it: its headings, texts and slots. Stories that stand together in
 * one section become a slot for as many of it; what is paid for is left out, since it was for that edition.
 */
export function planBlocksOf(blocks: readonly Block[], articles: ReadonlyMap<number, StoryOf>): Block[] {
  const made: Block[] = []
  const grown = new WeakSet<Block>()
  for (const block of blocks) {
    if (isPlanBlock(block)) made.push(block)
    if (block.type !== 'article') continue
    const section = articles.get(block.articleId)?.section ?? ''
    const last = made.at(-1)
    const only = block.only === undefined ? {} : { only: block.only }
    if (last?.type === 'newest' && grown.has(last) && last.section === section && last.only === block.only)
      last.count = Math.min(mostInSlot, last.count + 1)
    else {
      const slot: Block = { type: 'newest', section, count: 1, ...only }
      grown.add(slot)
      made.push(slot)
    }
  }
  return made
}
