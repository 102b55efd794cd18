import { describe, expect, test } from 'vitest'
import { type DraftBlock, type DraftStep, readDraft, takeStep } from '../../src/domain/draft.ts'

const heading = (text: string): DraftBlock => ({ type: 'heading', text })
const seeAlso = (...articleIds: number[]): DraftBlock => ({ type: 'seeAlso', articleIds })
const three = [heading('a'), heading('b'), heading('c')]
const names = (blocks: readonly DraftBlock[]) =>
  blocks.map(block => (block.type === 'heading' ? block.text : block.type)).join(' ')

describe('steps', () => {
  test.each<[DraftStep, string, number]>([
    [{ kind: 'up', at: 1 }, 'b a c', 0],
    [{ kind: 'down', at: 1 }, 'a c b', 2],
    [{ kind: 'remove', at: 1 }, 'a c', 0],
    [{ kind: 'remove', at: 0 }, 'b c', 0],
    [{ kind: 'add', block: { type: 'divider' } }, 'a b c divider', 3],
    [{ kind: 'add', block: { type: 'divider' }, to: 1 }, 'a divider b c', 1],
    [{ kind: 'add', block: { type: 'divider' }, to: 9 }, 'a b c divider', 3],
    [{ kind: 'add', block: { type: 'divider' }, to: -1 }, 'a b c divider', 3],
    [{ kind: 'move', at: 0, to: 2 }, 'b c a', 2],
    [{ kind: 'move', at: 2, to: 0 }, 'c a b', 0],
    [{ kind: 'move', at: 0, to: 3 }, 'a b c', 0],
    [{ kind: 'move', at: 0, to: Number.NaN }, 'a b c', 0],
    [{ kind: 'lead', at: 2 }, 'a b c', 2],
    [{ kind: 'pin', at: 1, articleIds: [7] }, 'a b c', 1],
    [{ kind: 'see-also', articleId: 7 }, 'a b c seeAlso', 3],
    // Nowhere to go.
    [{ kind: 'up', at: 0 }, 'a b c', 0],
    [{ kind: 'down', at: 2 }, 'a b c', 2],
    [{ kind: 'up', at: 9 }, 'a b c', 9],
    [{ kind: 'down', at: -1 }, 'a b c', -1],
    [{ kind: 'up', at: 1.5 }, 'a b c', 1.5],
    [{ kind: 'remove', at: 9 }, 'a b c', 9],
    [{ kind: 'remove', at: -1 }, 'a b c', -1],
    [{ kind: 'remove', at: Number.NaN }, 'a b c', Number.NaN],
    [{ kind: 'drop-see-also', at: 1, articleId: 7 }, 'a b c', 1],
  ])('%j gives %s', (step, expected, at) => {
    const before = structuredClone(three)
    const after = takeStep(three, step)
    expect([names(after.blocks), after.at]).toEqual([expected, at])
    expect(three).toEqual(before)
  })

  test('a see-also list grows at its last place, each story once, and goes with its last story', () => {
    const blocks = [seeAlso(1), heading('a'), seeAlso(2)]
    const grown = takeStep(blocks, { kind: 'see-also', articleId: 3 })
    expect(grown).toEqual({ blocks: [seeAlso(1), heading('a'), seeAlso(2, 3)], at: 2 })
    expect(takeStep(grown.blocks, { kind: 'see-also', articleId: 3 })).toEqual(grown)
    const shrunk = takeStep(grown.blocks, { kind: 'drop-see-also', at: 2, articleId: 2 })
    expect(shrunk.blocks[2]).toEqual(seeAlso(3))
    expect(takeStep(shrunk.blocks, { kind: 'drop-see-also', at: 2, articleId: 3 }).blocks).toEqual([
      seeAlso(1),
      heading('a'),
    ])
    expect(blocks[2]).toEqual(seeAlso(2))
  })

  test('an empty draft takes every step', () => {
    for (const kind of ['up', 'down', 'remove'] as const)
      expect(takeStep([], { kind, at: 0 }).blocks).toEqual([])
    expect(takeStep([], { kind: 'add', block: heading('a') })).toEqual({ blocks: [heading('a')], at: 0 })
  })
})

test('a story becomes the lead, and a slot becomes the stories that it took', () => {
  const story = (articleId: number): DraftBlock => ({ type: 'article', articleId })
  const blocks: DraftBlock[] = [
    heading('a'),
    story(1),
    story(2),
    { type: 'newest', section: '', count: 2, only: 'x' },
  ]
  const led = takeStep(blocks, { kind: 'lead', at: 2 })
  expect(led).toEqual({ blocks: [heading('a'), story(2), story(1), blocks[3]], at: 1 })
  expect(takeStep(led.blocks, { kind: 'pin', at: 3, articleIds: [7, 8] }).blocks.slice(3)).toEqual([
    { type: 'article', articleId: 7, only: 'x' },
    { type: 'article', articleId: 8, only: 'x' },
  ])
})

describe('reading', () => {
  test('what is well comes out whole, with outer white space gone', () => {
    const drafts: DraftBlock[] = [
      heading('  News '),
      { type: 'text', markdown: 'Hello **you** {{ name }} <script>' },
      { type: 'article', articleId: 1 },
      { type: 'partner', articleId: 2, sponsor: ' Northwind Ltd ' },
      seeAlso(3, 4),
      { type: 'button', text: 'Read', url: 'https://example.com/a?b=c' },
      { type: 'divider' },
    ]
    const reading = readDraft(drafts)
    expect(reading.kind).toBe('read')
    expect(reading.kind === 'read' && reading.blocks.map(block => block.type)).toEqual(
      drafts.map(block => block.type),
    )
    expect(reading.kind === 'read' && reading.blocks[0]).toEqual(heading('News'))
    expect(reading.kind === 'read' && reading.blocks[3]).toMatchObject({ sponsor: 'Northwind Ltd' })
  })

  test.each<[DraftBlock, string]>([
    [heading('a\r\nBcc: b'), 'text'],
    [heading('x'.repeat(201)), 'text'],
    [{ type: 'text', markdown: 'a\u0000b' }, 'markdown'],
    [{ type: 'text', markdown: 'x'.repeat(20_001) }, 'markdown'],
    [{ type: 'partner', articleId: 1, sponsor: '' }, 'sponsor'],
    [{ type: 'article', articleId: 0 }, 'articleId'],
    [{ type: 'article', articleId: 1.5 }, 'articleId'],
    [{ type: 'article', articleId: Number.NaN }, 'articleId'],
    [seeAlso(), 'articleIds'],
    [seeAlso(...Array.from({ length: 21 }, (_, index) => index + 1)), 'articleIds'],
    [{ type: 'button', text: 'Read', url: 'javascript:alert(1)' }, 'url'],
    [{ type: 'button', text: 'Read', url: 'https://' }, 'url'],
    [{ type: 'button', text: 'Read', url: 'https://user:password@example.com' }, 'url'],
    [{ type: 'button', text: '', url: 'https://example.com' }, 'text'],
    [{ type: 'newest', section: '', count: 0 }, 'count'],
    [{ type: 'newest', section: '', count: Number.NaN }, 'count'],
    [{ type: 'newest', section: 'a\nb', count: 3 }, 'section'],
    [{ type: 'article', articleId: 1, title: 'x'.repeat(301) }, 'title'],
    [{ type: 'article', articleId: 1, standfirst: 'x'.repeat(1001) }, 'standfirst'],
    [{ type: 'unheard-of' } as never, 'type'],
  ])('%j is faulty at its place', (draft, field) => {
    const reading = readDraft([heading('fine'), draft])
    expect(reading).toEqual({ kind: 'refused', faults: [expect.objectContaining({ at: 1, field })] })
  })

  test('a block that nothing was typed into is no fault, and left out', () => {
    const blank: DraftBlock[] = [
      heading('  '),
      { type: 'text', markdown: '\n' },
      { type: 'button', text: '', url: '' },
    ]
    expect(readDraft([...blank, heading('a')])).toEqual({ kind: 'read', blocks: [heading('a')] })
    expect(readDraft([...blank, heading('a\nb')])).toEqual({
      kind: 'refused',
      faults: [{ at: 3, field: 'text' }],
    })
  })

  test('all faults are named, each at its place', () => {
    expect(
      readDraft([heading('a\nb'), { type: 'button', text: '', url: 'no' }, { type: 'divider' }]),
    ).toEqual({
      kind: 'refused',
      faults: [
        { at: 0, field: 'text' },
        { at: 1, field: 'text' },
        { at: 1, field: 'url' },
      ],
    })
  })
})
