import type { Context } from 'hono'
import type { DraftBlock, DraftStep } from '../../domain/draft.ts'
import { asTyped, formBody, isText } from '../form-body.ts'
import { idIn } from '../path-id.ts'

/** A digest as the composing form holds it. */
export type DigestFields = {
  revision: number
  subject: string
  preheader: string
  /** Slugs, in order. */
  newsletters: string[]
  blocks: DraftBlock[]
  /** What the page calls each block, at its place. */
  keys: string[]
  /** The button that was pressed; absent: save. */
  act: Act
  /** The links pasted for an import, as they were typed. */
  links: string
}

type Act =
  | { kind: 'save' | 'type' | 'import' | 'undo' | 'redo' }
  | { kind: 'newsletter-up'; slug: string }
  | { kind: 'add-story'; articleId: number; to?: number }
  | { kind: 'pin'; at: number }
  | { kind: 'step'; step: DraftStep }

export const mostBlocks = 100

/** Reads the composing form. What it can't make out is left out; it never throws for what a browser sends. */
export async function digestFields(c: Context): Promise<DigestFields> {
  const body = await formBody(c)
  const all = (name: string) => (body.get(name) ?? []).filter(isText).map(asTyped)
  const one = (name: string) => all(name).at(-1) ?? ''
  const read = [...new Set(all('block'))].slice(0, mostBlocks).flatMap(key => {
    const block = blockOf(
      name => all(`${key}.${name}`).at(-1),
      name => all(`${key}.${name}`),
    )
    return block ? [{ key, block }] : []
  })
  const keys = read.map(({ key }) => key)
  return {
    revision: Number(one('revision')) || 0,
    subject: one('subject'),
    preheader: one('preheader'),
    newsletters: all('newsletters'),
    blocks: read.map(({ block }) => block),
    keys,
    act: actOf(one('act'), keys, name => one(name)),
    links: one('links').slice(0, 20_000),
  }
}

type One = (name: string) => string | undefined

function blockOf(one: One, all: (name: string) => string[]): DraftBlock | undefined {
  const block = bareBlockOf(one, all)
  const only = one('only')
  return block && only ? { ...block, only } : block
}

function bareBlockOf(one: One, all: (name: string) => string[]): DraftBlock | undefined {
  const type = one('type')
  const text = one('text') ?? ''
  const articleId = Number(one('articleId'))
  const words = { title: one('title'), standfirst: one('standfirst') }
  switch (type) {
    case 'heading':
      return { type, text }
    case 'text':
      return { type, markdown: one('markdown') ?? '' }
    case 'article':
      return { type, articleId, ...words }
    case 'newest':
      return { type, section: one('section') ?? '', count: Number(one('count')) }
    case 'partner':
      return { type, articleId, sponsor: one('sponsor') ?? '', ...words }
    case 'seeAlso':
      return { type, articleIds: all('articleIds').map(Number) }
    case 'button':
      return { type, text, url: one('url') ?? '' }
    case 'divider':
      return { type }
    default:
      return undefined
  }
}

function actOf(text: string, keys: readonly string[], field: (name: string) => string): Act {
  const [name = '', first = '', second = ''] = text.split(' ')
  const at = keys.indexOf(first)
  switch (name) {
    case 'type':
    case 'import':
    case 'undo':
    case 'redo':
      return { kind: name }
    case 'up':
    case 'down':
    case 'remove':
    case 'lead':
      return { kind: 'step', step: { kind: name, at } }
    case 'move':
      return { kind: 'step', step: { kind: name, at, to: Number(field(`${first}.to`)) - 1 } }
    case 'pin':
      return { kind: 'pin', at }
    case 'see-also':
      return { kind: 'step', step: { kind: 'see-also', articleId: Number(first) } }
    case 'drop-see-also':
      return { kind: 'step', step: { kind: 'drop-see-also', at, articleId: Number(second) } }
    case 'add-story':
      return { kind: 'add-story', articleId: idIn(first) ?? 0, ...(second && { to: Number(second) }) }
    case 'add': {
      const block = emptyBlocks.get(first)
      return block ? { kind: 'step', step: { kind: 'add', block } } : { kind: 'save' }
    }
    case 'newsletter-up':
      return { kind: 'newsletter-up', slug: first }
    default:
      return { kind: 'save' }
  }
}

const emptyBlocks = new Map<string, DraftBlock>([
  ['heading', { type: 'heading', text: '' }],
  ['text', { type: 'text', markdown: '' }],
  ['newest', { type: 'newest', section: '', count: 3 }],
  ['button', { type: 'button', text: '', url: '' }],
  ['divider', { type: 'divider' }],
])
