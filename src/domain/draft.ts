import { type Block, block } from './blocks.ts'

/** A block as a form holds it: its texts are not checked yet, so that what is wrong comes back as it was typed. */
export type DraftBlock = Block

/** Beyond them another list begins. */
const mostSeeAlso = 20

/** What an editor can do to the blocks beside typing in them. `at` is a block's place, from 0. */
export type DraftStep =
  | { kind: 'up' | 'down' | 'remove'; at: number }
  | { kind: 'move'; at: number; to: number }
  /** Before the story that leads now. */
  | { kind: 'lead'; at: number }
  /** `to`: the place it takes; absent: the last. */
  | { kind: 'add'; block: DraftBlock; to?: number }
  /** These stories in place of an automatic slot. */
  | { kind: 'pin'; at: number; articleIds: number[] }
  | { kind: 'see-also'; articleId: number }
  | { kind: 'drop-see-also'; at: number; articleId: number }

/** Takes a step, and says where the block then stands, so that the page can show it. Steps that lead nowhere change nothing. */
export function takeStep(
  blocks: readonly DraftBlock[],
  step: DraftStep,
): { blocks: DraftBlock[]; at: number } {
  const next = [...blocks]
  switch (step.kind) {
    case 'up':
    case 'down':
      return takeStep(next, { kind: 'move', at: step.at, to: step.at + (step.kind === 'up' ? -1 : 1) })
    case 'lead':
      return takeStep(next, { kind: 'move', at: step.at, to: leadOf(next) })
    case 'move': {
      const moved = next[step.at]
      if (!moved || !next[step.to]) return { blocks: next, at: step.at }
      next.splice(step.at, 1)
      next.splice(step.to, 0, moved)
      return { blocks: next, at: step.to }
    }
    case 'remove':
      if (!next[step.at]) return { blocks: next, at: step.at }
      next.splice(step.at, 1)
      return { blocks: next, at: Math.max(0, step.at - 1) }
    case 'add': {
      const to = step.to !== undefined && step.to in next ? step.to : next.length
      next.splice(to, 0, step.block)
      return { blocks: next, at: to }
    }
    case 'pin': {
      const slot = next[step.at]
      if (slot?.type !== 'newest') return { blocks: next, at: step.at }
      const taken = step.articleIds.map(articleId => ({
        type: 'article' as const,
        articleId,
        only: slot.only,
      }))
      next.splice(step.at, 1, ...taken)
      return { blocks: next, at: step.at }
    }
    case 'see-also': {
      const at = next.findLastIndex(one => one.type === 'seeAlso')
      const list = next[at]
      if (list?.type !== 'seeAlso' || list.articleIds.length >= mostSeeAlso)
        return { blocks: [...next, { type: 'seeAlso', articleIds: [step.articleId] }], at: next.length }
      next[at] = { ...list, articleIds: [...new Set([...list.articleIds, step.articleId])] }
      return { blocks: next, at }
    }
    case 'drop-see-also': {
      const list = next[step.at]
      if (list?.type !== 'seeAlso') return { blocks: next, at: step.at }
      const articleIds = list.articleIds.filter(id => id !== step.articleId)
      if (!articleIds.length) return takeStep(next, { kind: 'remove', at: step.at })
      next[step.at] = { ...list, articleIds }
      return { blocks: next, at: step.at }
    }
  }
}

/** The place of the story that leads: the first one. */
export const leadOf = (blocks: readonly DraftBlock[]): number =>
  blocks.findIndex(one => one.type === 'article')

/** Whether nothing was typed into a block yet: then it is no mistake, and no part of the digest. */
export function isBlank(one: DraftBlock): boolean {
  switch (one.type) {
    case 'heading':
      return one.text.trim() === ''
    case 'text':
      return one.markdown.trim() === ''
    case 'button':
      return one.text.trim() === '' && one.url.trim() === ''
    default:
      return false
  }
}

/** The fields of a block that a form can get wrong. */
export type DraftField =
  | 'text'
  | 'markdown'
  | 'sponsor'
  | 'url'
  | 'articleId'
  | 'articleIds'
  | 'title'
  | 'standfirst'
  | 'section'
  | 'count'
  | 'only'

/** Reads the blocks that are not blank: all of them, or the faulty fields of each by its place among all. */
export function readDraft(
  drafts: readonly DraftBlock[],
): { kind: 'read'; blocks: Block[] } | { kind: 'refused'; faults: { at: number; field: DraftField }[] } {
  const readings = drafts.map(draft => (isBlank(draft) ? undefined : block.safeParse(draft)))
  const faults = readings.flatMap((reading, at) =>
    !reading || reading.success
      ? []
      : reading.error.issues.map(issue => ({ at, field: (issue.path[0] ?? 'text') as DraftField })),
  )
  if (faults.length) return { kind: 'refused', faults }
  return { kind: 'read', blocks: readings.flatMap(reading => reading?.data ?? []) }
}
