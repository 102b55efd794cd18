import type { Block } from '../blocks.ts'
import { type Finding, warning } from './finding.ts'
import { type Addressee, type Placed, viewOf, viewsOf } from './placed.ts'

type Sections = {
  /** As saved. */
  blocks: readonly Block[]
  /** With what the automatic slots take now. */
  placed: readonly Placed[]
  newsletters: readonly Addressee[]
}

/** Headings with nothing beneath them, slots that find nothing, and blocks that no reader of this digest gets. */
export const sectionFindings = ({ blocks, placed, newsletters }: Sections): Finding[] => [
  ...emptySections(placed, newsletters),
  ...blocks.flatMap((block, at) => {
    const found: Finding[] = []
    if (block.type === 'newest' && !placed.some(one => one.at === at))
      found.push(warning({ code: 'empty-slot', section: block.section }, { block: at }))
    const { only } = block
    if (only !== undefined && newsletters.length && !newsletters.some(one => one.slug === only))
      found.push(warning({ code: 'only-elsewhere', newsletter: only }, { block: at }))
    return found
  }),
]

function emptySections(placed: readonly Placed[], newsletters: readonly Addressee[]): Finding[] {
  const views = viewsOf(placed, newsletters)
  return placed.flatMap(heading => {
    const { block, at } = heading
    if (block.type !== 'heading') return []
    const seen = views.filter(view => view.includes(heading))
    const empty = seen.filter(view => isEmpty(view, heading))
    if (empty.length === 0) return []
    const say = (newsletter?: string) =>
      warning(
        { code: 'empty-section', heading: block.text, ...(newsletter !== undefined && { newsletter }) },
        { block: at },
      )
    if (empty.length === seen.length) return [say()]
    return newsletters
      .filter(({ slug }) => isEmpty(viewOf(placed, slug), heading))
      .map(({ slug }) => say(slug))
  })
}

/** A divider is no content. */
function isEmpty(view: readonly Placed[], heading: Placed): boolean {
  const place = view.indexOf(heading)
  if (place < 0) return false
  const next = view.slice(place + 1).find(({ block }) => block.type !== 'divider')
  return !next || next.block.type === 'heading'
}
