import type { DraftBlock, DraftField } from '../../domain/draft.ts'
import { composeWords } from '../../domain/words/compose.ts'
import { planFormWords } from '../../domain/words/plan-form.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Select } from '../views/parts/fields.tsx'
import type { PlanFormProps } from './plan-form.tsx'
import { TypedFields } from './typed-fields.tsx'

/** The blocks of a plan in their order, each with its fields and its moves. */
export const PlanBlocks = (props: PlanFormProps) => {
  const { fields, errors, frame } = props
  const words = planFormWords[frame.language]
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
  const { block, at, fields, errors, frame, sections } = props
  const words = composeWords[frame.language]
  const errorOf = (name: DraftField) =>
    errors.faults?.some(fault => fault.at === at && fault.field === name) ? words.errors[name] : undefined
  const type = words.types[block.type]
  const name = `${type} ${at + 1}`
  const last = fields.blocks.length - 1
  return (
    <li class="block" id={`block-${at}`}>
      <input type="hidden" name="block" value={at} />
      <input type="hidden" name={`${at}.type`} value={block.type} />
      <div class="block-text">
        <p class="kicker">{type}</p>
        <TypedFields {...{ block, words, sections, errorOf }} key_={at} />
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
