import type { DraftField } from '../../domain/draft.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Field, TextArea } from '../views/parts/fields.tsx'
import type { ItemProps } from './compose-blocks.tsx'
import { TypedFields } from './typed-fields.tsx'

const fieldOf = ({ key_ }: ItemProps, name: string) => ({
  name: `${key_}.${name}`,
  id: `block-${key_}-${name}`,
})

const errorOf = ({ errors, place, words }: ItemProps, name: DraftField) =>
  errors?.blocks.some(fault => fault.at === place && fault.field === name) ? words.errors[name] : undefined

/** What a block holds, by its type. */
export const BlockFields = (props: ItemProps) => {
  const { block, key_, words, articles, sections } = props
  const typed = <TypedFields {...{ block, key_, words, sections }} errorOf={name => errorOf(props, name)} />
  switch (block.type) {
    case 'article':
      return <Story {...props} articleId={block.articleId} />
    case 'newest':
      return (
        <>
          {typed}
          <Taken {...props} />
        </>
      )
    case 'partner':
      return (
        <>
          <Story {...props} articleId={block.articleId} />
          <Field
            {...fieldOf(props, 'sponsor')}
            label={words.sponsor}
            value={block.sponsor}
            error={errorOf(props, 'sponsor')}
          />
        </>
      )
    case 'seeAlso':
      return (
        <ul class="see-also">
          {block.articleIds.map(id => (
            <li>
              <input type="hidden" name={`${key_}.articleIds`} value={id} />
              <span>{articles.get(id)?.title ?? words.gone}</span>
              <Button
                small
                name="act"
                value={`drop-see-also ${key_} ${id}`}
                id={`drop-${key_}-${id}`}
                label={words.removeNamed(articles.get(id)?.title ?? '')}
              >
                ✕
              </Button>
            </li>
          ))}
        </ul>
      )
    default:
      return typed
  }
}

const Story = (props: ItemProps & { articleId: number }) => {
  const { articleId, articles, words, block } = props
  const article = articles.get(articleId)
  const own = block.type === 'article' || block.type === 'partner' ? block : undefined
  const standfirst = own?.standfirst ?? article?.standfirst
  return (
    <>
      <input type="hidden" name={fieldOf(props, 'articleId').name} value={articleId} />
      {article ? (
        <>
          <p class="block-title">{own?.title || article.title}</p>
          {standfirst && <p class="muted">{standfirst}</p>}
        </>
      ) : (
        <p class="error">{words.gone}</p>
      )}
    </>
  )
}

/** A story's words as this digest says them; what equals the story's own follows the story. */
export const OwnWords = (props: ItemProps) => {
  const { block, words, articles } = props
  const article =
    block.type === 'article' || block.type === 'partner' ? articles.get(block.articleId) : undefined
  if (!article || (block.type !== 'article' && block.type !== 'partner')) return null
  return (
    <fieldset>
      <legend>{words.ownWords}</legend>
      <p class="hint">
        {words.ownWordsHint} <a href={`/admin/stories/${article.id}`}>{words.edit}</a>
      </p>
      <Field
        {...fieldOf(props, 'title')}
        label={words.ownTitle}
        value={block.title ?? article.title}
        error={errorOf(props, 'title')}
      />
      <TextArea
        {...fieldOf(props, 'standfirst')}
        label={words.ownStandfirst}
        value={block.standfirst ?? article.standfirst}
        error={errorOf(props, 'standfirst')}
        rows={3}
      />
    </fieldset>
  )
}

/** The stories that a slot takes now. */
const Taken = ({ key_, place, words, slots }: ItemProps) => {
  const taken = slots.get(place) ?? []
  if (!taken.length) return <p class="small muted">{words.takesNothing}</p>
  return (
    <>
      <p class="small muted">{words.takesNow}</p>
      <ul class="slot-takes">
        {taken.map(article => (
          <li>{article.title}</li>
        ))}
      </ul>
      <Button small name="act" value={`pin ${key_}`} id={`pin-${key_}`}>
        {words.pin}
      </Button>
    </>
  )
}
