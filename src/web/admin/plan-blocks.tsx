import type { DraftBlock, DraftField } from '../../domain/draft.ts'
import { composeWords } from '../../domain/words/compose.ts'
import { planWords } from '../../domain/words/plans.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Field, Select, TextArea } from '../views/parts/fields.tsx'
import type { PlanFormProps } from './plan-form.tsx'

/** The blocks of a plan in their order, each with its fields and its moves. */
export const PlanBlocks = (props: PlanFormProps) => {
  const { fields, errors, frame } = props
  const words = planWords[frame.language].form
  const compose = composeWords[frame.language]
  return (
    <section aria-labelledby="blocks-title" class="plan-blocks">
      <h2 id="blocks-title">{words.blocks}</h2>
      <p class="hint">{words.blocksHint}</p>
      {fields.blocks.length === 0 && <p class="muted">{words.noBlocks}</p>}
      <ol class="blocks">
        {fields.blocks.map((block, at) => (
          <Item {...props} block={block} at={at} />
        ))}
      </ol>
      {errors.blocks && (
        <p class="error" id="blocks-error">
          {errors.blocks}
        </p>
      )}
      <fieldset class="buttons add-block">
        <legend>{compose.addBlock}</legend>
        {(['newest', 'heading', 'text', 'button', 'divider'] as const).map(type => (
          <Button small name="act" value={`add ${type}`} id={`add-${type}`}>
            {compose.types[type]}
          </Button>
        ))}
      </fieldset>
    </section>
  )
}

type ItemProps = PlanFormProps & { block: DraftBlock; at: number }

const Item = (props: ItemProps) => {
  const { block, at, fields, frame } = props
  const words = composeWords[frame.language]
  const type = words.types[block.type]
  const name = `${type} ${at + 1}`
  const last = fields.blocks.length - 1
  return (
    <li class="block" id={`block-${at}`}>
      <input type="hidden" name="block" value={at} />
      <input type="hidden" name={`${at}.type`} value={block.type} />
      <div class="block-text">
        <p class="kicker">{type}</p>
        <ItemFields {...props} />
        <Only {...props} />
      </div>
      <div class="block-moves">
        <Button small name="act" value={`up ${at}`} disabled={at === 0} label={words.moveUp(name)}>
          ↑
        </Button>
        <Button small name="act" value={`down ${at}`} disabled={at === last} label={words.moveDown(name)}>
          ↓
        </Button>
        <Button small name="act" value={`remove ${at}`} label={words.removeNamed(name)}>
          ✕
        </Button>
      </div>
    </li>
  )
}

const ItemFields = ({ block, at, errors, frame, sections }: ItemProps) => {
  const words = composeWords[frame.language]
  const field = (name: DraftField) => ({
    name: `${at}.${name}`,
    id: `block-${at}-${name}`,
    error: errors.faults?.some(fault => fault.at === at && fault.field === name)
      ? words.errors[name]
      : undefined,
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
            list={`sections-${at}`}
          />
          <datalist id={`sections-${at}`}>
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

/** For readers of one newsletter alone, where there are several. */
const Only = ({ block, at, fields, frame, newsletters }: ItemProps) => {
  const words = composeWords[frame.language]
  const named = (slug: string) => newsletters.find(one => one.slug === slug)?.name ?? slug
  const slugs = [...new Set([...fields.newsletters, ...(block.only ? [block.only] : [])])]
  if (slugs.length < 2 && !block.only) return null
  return (
    <details class="block-more" open={block.only !== undefined}>
      <summary>{words.only}</summary>
      <Select
        name={`${at}.only`}
        id={`block-${at}-only`}
        label={words.only}
        value={block.only ?? ''}
        options={[
          { value: '', label: words.everybody },
          ...slugs.map(slug => ({ value: slug, label: words.onlyReaders(named(slug)) })),
        ]}
      />
    </details>
  )
}

type GoesToProps = { fields: PlanFormProps['fields']; newsletters: Newsletter[] } & Pick<
  PlanFormProps,
  'errors' | 'frame'
>

/** The newsletters that its editions go to, those that are chosen first and in order. */
export const GoesTo = ({ fields, newsletters, errors, frame }: GoesToProps) => {
  const words = composeWords[frame.language]
  const chosen = fields.newsletters
  const ordered = [
    ...chosen.flatMap(slug => newsletters.find(one => one.slug === slug) ?? []),
    ...newsletters.filter(one => !chosen.includes(one.slug)),
  ]
  return (
    <fieldset
      class={errors.newsletters ? 'checks compose-newsletters field-wrong' : 'checks compose-newsletters'}
      aria-describedby={errors.newsletters ? 'newsletters-error' : undefined}
    >
      <legend>{planWords[frame.language].form.newsletters}</legend>
      <p class="hint">{words.newslettersHint}</p>
      <ul>
        {ordered.map(({ slug, name }) => (
          <li>
            <label>
              <input
                type="checkbox"
                name="newsletters"
                id={`newsletter-${slug}`}
                value={slug}
                checked={chosen.includes(slug)}
              />
              <span class="check-text">
                <span class="check-label">{name}</span>
                {chosen.length > 1 && chosen[0] === slug && <span class="check-note">{words.first}</span>}
              </span>
            </label>
            {chosen.indexOf(slug) > 0 && (
              <Button small name="act" value={`newsletter-up ${slug}`} label={words.moveUp(name)}>
                ↑
              </Button>
            )}
          </li>
        ))}
      </ul>
      {newsletters.length === 0 && <p class="muted">{planWords[frame.language].form.noNewsletters}</p>}
      {errors.newsletters && (
        <p class="error" id="newsletters-error">
          {errors.newsletters}
        </p>
      )}
    </fieldset>
  )
}
