import type { DraftBlock, DraftField } from '../../domain/draft.ts'
import type { ComposeWords } from '../../domain/words/compose.ts'
import { Field, TextArea } from '../views/parts/fields.tsx'

type Props = {
  block: DraftBlock
  /** Names the block's fields within the form. */
  key_: string | number
  words: ComposeWords
  sections: readonly string[]
  errorOf: (field: DraftField) => string | undefined
}

/** What is typed into a block that names no story, by its type: in a digest and in a plan alike. */
export const TypedFields = ({ block, key_, words, sections, errorOf }: Props) => {
  const field = (name: DraftField) => ({
    name: `${key_}.${name}`,
    id: `block-${key_}-${name}`,
    error: errorOf(name),
  })
  switch (block.type) {
    case 'heading':
      return <Field {...field('text')} label={words.heading} value={block.text} />
    case 'text':
      return (
        <TextArea
          {...field('markdown')}
          label={words.markdown}
          hint={words.markdownHint}
          value={block.markdown}
          rows={5}
        />
      )
    case 'newest':
      return (
        <div class="together-fields">
          <Field
            {...field('section')}
            label={words.section}
            hint={words.sectionHint}
            value={block.section}
            list={`sections-${key_}`}
          />
          <datalist id={`sections-${key_}`}>
            {sections.map(section => (
              <option value={section} />
            ))}
          </datalist>
          <Field
            {...field('count')}
            type="number"
            min={1}
            max={10}
            size="short"
            label={words.count}
            value={Number.isNaN(block.count) ? '' : block.count}
          />
        </div>
      )
    case 'button':
      return (
        <>
          <Field {...field('text')} label={words.buttonText} value={block.text} />
          <Field
            {...field('url')}
            type="url"
            label={words.buttonUrl}
            value={block.url}
            placeholder="https://"
          />
        </>
      )
    case 'divider':
      return <hr />
    default:
      return null
  }
}
