import { diffWordsWithSpace } from 'diff'
import type { Proposal, When } from './approval.ts'
import type { Audience } from './audience.ts'
import type { Block } from './blocks.ts'

/** A text in pieces: what stayed, what came, what went. */
export type Words = { text: string; is: 'same' | 'added' | 'removed' }[]

/** A block as a list of changes names it: its own words, and those of its story. */
export type ShownBlock = { type: Block['type']; title: string; text: string; url: string }

export type Change =
  | { part: 'subject' | 'preheader'; words: Words }
  | { part: 'newsletters'; from: string[]; to: string[] }
  | { part: 'audience'; from: Audience; to: Audience }
  | { part: 'when'; from: When; to: When }
  /** Places count from 1. */
  | { part: 'block'; kind: 'added' | 'removed'; block: ShownBlock }
  | { part: 'block'; kind: 'moved'; block: ShownBlock; from: number; to: number }
  | { part: 'block'; kind: 'changed'; type: Block['type']; title: Words; text: Words; url: Words }

/** What is another in `to` than it was in `from`, in the order of a digest. */
export function changesBetween(from: Proposal, to: Proposal): Change[] {
  const texts = (['subject', 'preheader'] as const).flatMap((part): Change[] =>
    from[part] === to[part] ? [] : [{ part, words: wordsBetween(from[part], to[part]) }],
  )
  return [
    ...texts,
    ...(same(from.newsletters, to.newsletters)
      ? []
      : [{ part: 'newsletters' as const, from: from.newsletters, to: to.newsletters }]),
    ...(same(from.audience, to.audience)
      ? []
      : [{ part: 'audience' as const, from: from.audience, to: to.audience }]),
    ...(same(from.when, to.when) ? [] : [{ part: 'when' as const, from: from.when, to: to.when }]),
    ...blockChanges(from, to),
  ]
}

const same = (one: unknown, other: unknown) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

// The database keeps the fields of an object in an order of its own.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([key, one]) => [key, sorted(one)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}

type Placed = { at: number; block: Block; shown: ShownBlock; key: string }

function blockChanges(from: Proposal, to: Proposal): Change[] {
  const before = placed(from)
  const after = placed(to)
  const pairs = new Map<Placed, Placed>()
  const isFree = (one: Placed) => ![...pairs.values()].includes(one)
  // First what is alike, then what is the same story, then what is of one kind, in its order.
  const tests: ((one: Placed, other: Placed) => boolean)[] = [
    (one, other) => same(one.block, other.block) && same(one.shown, other.shown),
    (one, other) => one.key !== '' && one.key === other.key,
    (one, other) => one.key === '' && other.key === '' && one.block.type === other.block.type,
  ]
  for (const test of tests)
    for (const one of after) {
      if (pairs.has(one)) continue
      const partner = before.find(other => isFree(other) && test(one, other))
      if (partner) pairs.set(one, partner)
    }
  const stayed = inOrder(after.flatMap(one => pairs.get(one)?.at ?? []))
  const changes = after.flatMap((one): Change[] => {
    const was = pairs.get(one)
    if (!was) return [{ part: 'block', kind: 'added', block: one.shown }]
    return [
      ...(stayed.has(was.at)
        ? []
        : [
            {
              part: 'block' as const,
              kind: 'moved' as const,
              block: one.shown,
              from: was.at + 1,
              to: one.at + 1,
            },
          ]),
      ...(same(was.block, one.block) && same(was.shown, one.shown)
        ? []
        : [
            {
              part: 'block' as const,
              kind: 'changed' as const,
              type: one.block.type,
              title: wordsBetween(was.shown.title, one.shown.title),
              text: wordsBetween(was.shown.text, one.shown.text),
              url: wordsBetween(was.shown.url, one.shown.url),
            },
          ]),
    ]
  })
  const gone = before
    .filter(isFree)
    .map((one): Change => ({ part: 'block', kind: 'removed', block: one.shown }))
  return [...changes, ...gone]
}

const placed = ({ blocks, stories }: Proposal): Placed[] =>
  blocks.map((block, at) => ({
    at,
    block,
    shown: shownBlock(block, stories),
    key: 'articleId' in block ? `story ${block.articleId}` : '',
  }))

function shownBlock(block: Block, stories: Proposal['stories']): ShownBlock {
  const { type } = block
  switch (block.type) {
    case 'article':
    case 'partner': {
      const story = stories[block.articleId]
      const sponsor = block.type === 'partner' ? ` (${block.sponsor})` : ''
      return {
        type,
        title: `${block.title || story?.title || ''}${sponsor}`,
        text: block.standfirst ?? story?.standfirst ?? '',
        url: story?.url ?? '',
      }
    }
    case 'seeAlso':
      return {
        type,
        title: '',
        text: block.articleIds.map(id => stories[id]?.title ?? '').join('\n'),
        url: '',
      }
    case 'heading':
      return { type, title: block.text, text: '', url: '' }
    case 'text':
      return { type, title: '', text: block.markdown, url: '' }
    case 'button':
      return { type, title: block.text, text: '', url: block.url }
    case 'newest':
      return { type, title: block.section, text: `${block.count}`, url: '' }
    case 'divider':
      return { type, title: '', text: '', url: '' }
  }
}

/** Of these places those that kept their order among each other: the longest run that rises. */
function inOrder(places: number[]): Set<number> {
  const best: number[][] = []
  for (const [index, place] of places.entries()) {
    const before = best.slice(0, index).filter(run => run.at(-1)! < place)
    const longest = before.reduce<number[]>((long, run) => (run.length > long.length ? run : long), [])
    best.push([...longest, place])
  }
  return new Set(best.reduce<number[]>((long, run) => (run.length > long.length ? run : long), []))
}

const wordsBetween = (from: string, to: string): Words =>
  diffWordsWithSpace(from, to).map(({ value, added, removed }) => ({
    text: value,
    is: added ? 'added' : removed ? 'removed' : 'same',
  }))
