import type { DraftBlock, DraftField } from '../../domain/draft.ts'
import type { Article } from '../../store/articles.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Field, TextArea } from '../views/parts/fields.tsx'
import type { ComposePart } from './compose-props.ts'

/** The blocks of the digest in their order, each with its fields and its moves; the first story leads. */
export const Blocks = (props: ComposePart) => {
  const { words, blocks } = props
  const lead = blocks.findIndex(block => block.type === 'article')
  return (
    <section aria-labelledby="blocks-title">
      <h2 id="blocks-title">{words.blocks}</h2>
      {blocks.length === 0 && <p class="muted">{words.noBlocks}</p>}
      <ol class="blocks">
        {blocks.map((block, at) => (
          <BlockItem {...props} block={block} at={at} isLead={at === lead} />
        ))}
      </ol>
      <fieldset class="buttons add-block">
        <legend>{words.addBlock}</legend>
        {(['heading', 'text', 'button', 'divider'] as const).map(type => (
          <Button small name="act" value={`add ${type}`}>
            {words.types[type]}
          </Button>
        ))}
      </fieldset>
    </section>
  )
}

type ItemProps = ComposePart & { block: DraftBlock; at: number; isLead: boolean }

const BlockItem = (props: ItemProps) => {
  const { words, block, at, isLead, blocks } = props
  const name = nameOf(props)
  const type = isLead ? words.types.lead : words.types[block.type]
  return (
    <li class={isLead ? 'block block-lead' : 'block'} id={`block-${at}`}>
      <input type="hidden" name="block" value={at} />
      <input type="hidden" name={`${at}.type`} value={block.type} />
      <div class="block-text">
        <p class="kicker">{type}</p>
        <BlockFields {...props} />
      </div>
      <div class="block-moves">
        <Button small name="act" value={`up ${at}`} disabled={at === 0} label={words.moveUp(name)}>
          ↑
        </Button>
        <Button
          small
          name="act"
          value={`down ${at}`}
          disabled={at === blocks.length - 1}
          label={words.moveDown(name)}
        >
          ↓
        </Button>
        <Button small name="act" value={`remove ${at}`} label={words.removeNamed(name)}>
          ✕
        </Button>
      </div>
    </li>
  )
}

/** What a block is called where its buttons are read out. */
function nameOf({ block, articles, words }: ItemProps): string {
  const type = words.types[block.type]
  if (block.type === 'article' || block.type === 'partner')
    return `${type}: ${articles.get(block.articleId)?.title ?? '?'}`
  return block.type === 'heading' && block.text ? `${type}: ${block.text}` : type
}

const BlockFields = ({ block, at, words, articles, errors }: ItemProps) => {
  const field = (name: string) => ({ name: `${at}.${name}`, id: `block-${at}-${name}` })
  const errorOf = (name: DraftField) =>
    errors?.blocks.some(fault => fault.at === at && fault.field === name) ? words.errors[name] : undefined
  switch (block.type) {
    case 'heading':
      return <Field {...field('text')} label={words.heading} value={block.text} error={errorOf('text')} />
    case 'text':
      return (
        <TextArea
          {...field('markdown')}
          label={words.markdown}
          hint={words.markdownHint}
          value={block.markdown}
          error={errorOf('markdown')}
          rows={5}
        />
      )
    case 'article':
      return (
        <Story
          {...field('articleId')}
          article={articles.get(block.articleId)}
          id={block.articleId}
          words={words}
        />
      )
    case 'partner':
      return (
        <>
          <Story
            {...field('articleId')}
            article={articles.get(block.articleId)}
            id={block.articleId}
            words={words}
          />
          <Field
            {...field('sponsor')}
            label={words.sponsor}
            value={block.sponsor}
            error={errorOf('sponsor')}
          />
        </>
      )
    case 'seeAlso':
      return (
        <ul class="see-also">
          {block.articleIds.map(id => (
            <li>
              <input type="hidden" name={`${at}.articleIds`} value={id} />
              <span>{articles.get(id)?.title ?? words.gone}</span>
              <Button
                small
                name="act"
                value={`drop-see-also ${at} ${id}`}
                label={words.removeNamed(articles.get(id)?.title ?? '')}
              >
                ✕
              </Button>
            </li>
          ))}
        </ul>
      )
    case 'button':
      return (
        <>
          <Field {...field('text')} label={words.buttonText} value={block.text} error={errorOf('text')} />
          <Field
            {...field('url')}
            type="url"
            label={words.buttonUrl}
            value={block.url}
            error={errorOf('url')}
            placeholder="https://"
          />
        </>
      )
    case 'divider':
      return <hr />
  }
}

const Story = ({
  name,
  article,
  id,
  words,
}: {
  name: string
  article?: Article
  id: number
  words: ComposePart['words']
}) => (
  <>
    <input type="hidden" name={name} value={id} />
    {article ? (
      <>
        <p class="block-title">{article.title}</p>
        {article.standfirst && <p class="muted">{article.standfirst}</p>}
        <p class="small">
          <a href={`/admin/stories/${id}`}>{words.edit}</a>
        </p>
      </>
    ) : (
      <p class="error">{words.gone}</p>
    )}
  </>
)
