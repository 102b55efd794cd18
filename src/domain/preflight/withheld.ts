import type { Found } from './finding.ts'

/** What was found, without the titles of these stories: what is under embargo leaves by no way, and so not by a fault. */
export const withheld = <F extends Found>(findings: readonly F[], held: ReadonlySet<number>): F[] =>
  findings.map(found =>
    'title' in found && 'articleId' in found && held.has(found.articleId)
      ? { ...found, title: `article ${found.articleId}` }
      : found,
  )
