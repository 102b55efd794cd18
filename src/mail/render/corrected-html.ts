import { TemplateError } from '../../domain/template.ts'
import type { Templates } from '../templates.ts'
import { digestHtml } from './digest-html.ts'
import type { DigestContent, FilledBlock, Story } from './digest-model.ts'
import { ownDigestHtml } from './own-template.ts'
import { plain, readMail } from './read-mail.ts'
import type { Markers } from './slots.ts'

/**
 * The HTML of a digest with corrections in it. Its newsletter's own template may know nothing of them, or be broken by
 * now: each stands in the story's note then, and where it still can't be seen, ours shows the digest.
 */
export async function correctedHtml(
  templates: Templates,
  own: string | null,
  content: DigestContent,
  markers: Markers,
): Promise<string> {
  const html = own === null ? undefined : await byOwn(own, content, markers)
  return html ?? digestHtml(templates, content, markers)
}

async function byOwn(own: string, content: DigestContent, markers: Markers): Promise<string | undefined> {
  const told = /\bcorrections\b/.test(own) ? content : { ...content, blocks: content.blocks.map(inNotes) }
  try {
    const html = await ownDigestHtml(own, told, markers)
    return showsAll(readMail(html).seen, content.blocks.flatMap(correctionsIn)) ? html : undefined
  } catch (error) {
    if (error instanceof TemplateError) return undefined
    throw error
  }
}

/** A story that stands in a digest twice has its corrections twice. */
function showsAll(seen: string, corrections: readonly string[]): boolean {
  const told = Map.groupBy(corrections.map(plain), correction => correction)
  return [...told].every(([correction, { length }]) => seen.split(correction).length > length)
}

const correctionsIn = (block: FilledBlock): readonly string[] =>
  block.type === 'seeAlso'
    ? block.articles.flatMap(({ corrections = [] }) => corrections)
    : 'article' in block
      ? (block.article.corrections ?? [])
      : []

const inNotes = (block: FilledBlock): FilledBlock =>
  'article' in block ? { ...block, article: withNotes(block.article) } : block

const withNotes = ({ note, corrections = [], ...story }: Story): Story => ({
  ...story,
  note: [note, ...corrections].filter(Boolean).join(' '),
})
