import type { Block, FixedBlock } from '../blocks.ts'

/** A block with its place in the saved digest; the stories of an automatic slot all have the slot's place. */
export type Placed<B extends Block = FixedBlock> = { at: number; block: B }

/** What the checks look at of a newsletter. */
export type Addressee = { slug: string; language: 'en' | 'de' }

/** The blocks as each newsletter's readers get them; of a digest that goes nowhere yet, all. */
export const viewsOf = (placed: readonly Placed[], newsletters: readonly Addressee[]): Placed[][] =>
  newsletters.length ? newsletters.map(({ slug }) => viewOf(placed, slug)) : [[...placed]]

export const viewOf = (placed: readonly Placed[], slug: string): Placed[] =>
  placed.filter(({ block }) => block.only === undefined || block.only === slug)

/** The ids of the stories that a block names, in order. */
export const storiesIn = (block: Block): number[] =>
  block.type === 'seeAlso' ? block.articleIds : 'articleId' in block ? [block.articleId] : []
