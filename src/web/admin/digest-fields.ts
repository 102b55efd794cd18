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
  /** The button that was pressed; absent: save. */
  act: Act
  /** The link pasted for an import. */
  link: string
}

type Act =
  | { kind: 'save' }
  | { kind: 'import' }
  | { kind: 'newsletter-up'; slug: string }
  | { kind: 'add-story'; articleId: number }
  | { kind: 'step'; step: DraftStep }

const mostBlocks = 100

/** Reads the composing form. What it can't make out is left out; it never throws for what a browser sends. */
export async function digestFields(c: Context): Promise<DigestFields> {
  const body = await formBody(c)
  const all = (name: string) => (body.get(name) ?? []).filter(isText).map(asTyped)
  const one = (name: string) => all(name).at(-1) ?? ''
  return {
    revision: Number(one('revision')) || 0,
    subject: one('subject'),
    preheader: one('preheader'),
    newsletters: all('newsletters'),
    blocks: all('block')
      .slice(0, mostBlocks)
      .flatMap(key =>
        blockOf(
          name => one(`${key}.${name}`),
          name => all(`${key}.${name}`),
        ),
      ),
    act: actOf(one('act')),
    link: one('link').slice(0, 2000),
  }
}

function blockOf(one: (name: string) => string, all: (name: string) => string[]): DraftBlock[] {
  const type = one('type')
  const articleId = Number(one('articleId'))
  switch (type) {
    case 'heading':
      return [{ type, text: one('text') }]
    case 'text':
      return [{ type, markdown: one('markdown') }]
    case 'article':
      return [{ type, articleId }]
    case 'partner':
      return [{ type, articleId, sponsor: one('sponsor') }]
    case 'seeAlso':
      return [{ type, articleIds: all('articleIds').map(Number) }]
    case 'button':
      return [{ type, text: one('text'), url: one('url') }]
    case 'divider':
      return [{ type }]
    default:
      return []
  }
}

function actOf(text: string): Act {
  const [name = '', first = '', second = ''] = text.split(' ')
  const number = Number(first)
  switch (name) {
    case 'up':
    case 'down':
    case 'remove':
      return { kind: 'step', step: { kind: name, at: number } }
    case 'see-also':
      return { kind: 'step', step: { kind: 'see-also', articleId: number } }
    case 'drop-see-also':
      return { kind: 'step', step: { kind: 'drop-see-also', at: number, articleId: Number(second) } }
    case 'add-story':
      return { kind: 'add-story', articleId: idIn(first) ?? 0 }
    case 'add': {
      const block = emptyBlocks.get(first)
      return block ? { kind: 'step', step: { kind: 'add', block } } : { kind: 'save' }
    }
    case 'newsletter-up':
      return { kind: 'newsletter-up', slug: first }
    case 'import':
      return { kind: 'import' }
    default:
      return { kind: 'save' }
  }
}

const emptyBlocks = new Map<string, DraftBlock>([
  ['heading', { type: 'heading', text: '' }],
  ['text', { type: 'text', markdown: '' }],
  ['button', { type: 'button', text: '', url: '' }],
  ['divider', { type: 'divider' }],
])
