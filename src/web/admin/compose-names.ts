import type { DraftBlock } from '../../domain/draft.ts'
import type { ComposePart } from './compose-props.ts'

/** What a block is called where its buttons are read out. */
export function nameOf(
  { articles, words }: Pick<ComposePart, 'articles' | 'words'>,
  block: DraftBlock | undefined,
): string {
  if (!block) return ''
  const type = words.types[block.type]
  if (block.type === 'article' || block.type === 'partner')
    return `${type}: ${block.title || articles.get(block.articleId)?.title || '?'}`
  return block.type === 'heading' && block.text ? `${type}: ${block.text}` : type
}
