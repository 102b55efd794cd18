import { type Block, block } from './blocks.ts'

/** A block as a form holds it: its texts are not checked yet, so that what is wrong comes back as it was typed. */
export type DraftBlock = Block

/** What an editor can do to the blocks beside typing in them. `at` is a block's place, from 0. */
export type DraftStep =
  | { kind: 'up' | 'down' | 'remove'; at: number }
  | { kind: 'add'; block: DraftBlock }
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
    case 'down': {
      const to = step.at + (step.kind === 'up' ? -1 : 1)
      const [moved, other] = [next[step.at], next[to]]
      if (!moved || !other) return { blocks: next, at: step.at }
      next[to] = moved
      next[step.at] = other
      return { blocks: next, at: to }
    }
    case 'remove':
      if (!next[step.at]) return { blocks: next, at: step.at }
      next.splice(step.at, 1)
      return { blocks: next, at: Math.max(0, step.at - 1) }
    case 'add':
      return { blocks: [...next, step.block], at: next.length }
    case 'see-also': {
      const at = next.findLastIndex(one => one.type === 'seeAlso')
      const list = next[at]
      if (list?.type !== 'seeAlso')
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

/** The fields of a block that a form can get wrong. */
export type DraftField = 'text' | 'markdown' | 'sponsor' | 'url' | 'articleId' | 'articleIds'

/** Reads the blocks: all of them, or the faulty fields of each by its place. */
export function readDraft(
  drafts: readonly DraftBlock[],
): { kind: 'read'; blocks: Block[] } | { kind: 'refused'; faults: { at: number; field: DraftField }[] } {
  const readings = drafts.map(draft => block.safeParse(draft))
  const faults = readings.flatMap((reading, at) =>
    reading.success
      ? []
      : reading.error.issues.map(issue => ({ at, field: (issue.path[0] ?? 'text') as DraftField })),
  )
  if (faults.length) return { kind: 'refused', faults }
  return { kind: 'read', blocks: readings.map(reading => reading.data!) }
}
