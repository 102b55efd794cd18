import type { Block, FixedBlock } from '../domain/blocks.ts'
import { longDay } from '../domain/dates.ts'
import type { Occasion } from '../domain/occasions.ts'
import { withDate } from '../domain/plan.ts'
import type { Queryable } from '../store/client.ts'
import { noteDigestEvent } from '../store/digest-events.ts'
import { addDigest } from '../store/digest-texts.ts'
import { findNewslettersById } from '../store/newsletters.ts'
import type { Plan } from '../store/plans.ts'
import { readPublication } from '../store/publication.ts'
import { fillEach } from './fill-slots.ts'

/**
 * Makes the digest of a plan's day, with the stories that its slots take now. `empty`: it has slots and no story for any
 * of them, so that nothing is made.
 */
export async function makeEdition(
  tx: Queryable,
  plan: Plan,
  { at }: Occasion,
): Promise<{ kind: 'made'; digestId: number } | { kind: 'empty' }> {
  const newsletters = await findNewslettersById(tx, plan.newsletterIds)
  const filled = await fillEach(tx, { blocks: plan.blocks, newsletters })
  if (hasNoStory(plan.blocks, filled)) return { kind: 'empty' }
  const language = newsletters[0]?.language ?? (await readPublication(tx)).language
  const date = longDay(at, plan.timeZone, language)
  const digestId = await addDigest(tx, {
    subject: withDate(plan.subject, date),
    preheader: withDate(plan.preheader, date),
    blocks: withoutEmptySections(plan.blocks, filled),
    newsletterIds: newsletters.map(newsletter => newsletter.id),
  })
  await noteDigestEvent(tx, digestId, { kind: 'planned' }, { kind: 'plan', name: plan.name })
  return { kind: 'made', digestId }
}

function hasNoStory(blocks: readonly Block[], filled: readonly FixedBlock[][]): boolean {
  const slots = filled.filter((_, at) => blocks[at]?.type === 'newest')
  return slots.length > 0 && slots.every(stories => stories.length === 0)
}

/** A heading whose slots took nothing, and under which nothing else stands, would look like a mistake. */
function withoutEmptySections(blocks: readonly Block[], filled: readonly FixedBlock[][]): FixedBlock[] {
  return blocks.flatMap((block, at) => {
    if (block.type !== 'heading') return filled[at]!
    const end = blocks.findIndex((other, place) => place > at && other.type === 'heading')
    const section = blocks.slice(at + 1, end < 0 ? undefined : end)
    const holds = filled.slice(at + 1, end < 0 ? undefined : end).flat()
    const isEmptied =
      section.some(({ type }) => type === 'newest') && holds.every(({ type }) => type === 'divider')
    return isEmptied ? [] : filled[at]!
  })
}
