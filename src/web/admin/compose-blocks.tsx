import { type DraftBlock, leadOf } from '../../domain/draft.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Select } from '../views/parts/fields.tsx'
import { BlockFields, OwnWords } from './compose-block-fields.tsx'
import { nameOf } from './compose-names.ts'
import { type ComposePart, savedPlaces } from './compose-props.ts'

/** The blocks of the digest in their order, each with its fields and its moves; the first story leads. */
export const Blocks = (props: ComposePart) => {
  const { words, blocks, keys } = props
  const lead = leadOf(blocks)
  const places = savedPlaces(blocks)
  return (
    <section aria-labelledby="blocks-title">
      <h2 id="blocks-title">{words.blocks}</h2>
      {blocks.length === 0 && <p class="muted">{words.noBlocks}</p>}
      <ol class="blocks" id="blocks">
        {blocks.map((block, at) => (
          <BlockItem
            {...props}
            block={block}
            place={at}
            key_={keys[at]!}
            isLead={at === lead}
            savedAs={places[at]}
          />
        ))}
      </ol>
      <fieldset class="buttons add-block">
        <legend>{words.addBlock}</legend>
        {(['heading', 'text', 'newest', 'button', 'divider'] as const).map(type => (
          <Button small name="act" value={`add ${type}`} id={`add-${type}`}>
            {words.types[type]}
          </Button>
        ))}
      </fieldset>
    </section>
  )
}

export type ItemProps = ComposePart & {
  block: DraftBlock
  /** Its place, from 0. */
  place: number
  key_: string
  isLead: boolean
  /** Its place among what is saved. */
  savedAs?: number
}

const BlockItem = (props: ItemProps) => {
  const { words, block, place, key_, isLead, blocks, savedAs } = props
  const name = nameOf(props, block)
  const type = isLead ? words.types.lead : words.types[block.type]
  return (
    <li class={isLead ? 'block block-lead' : 'block'} id={`block-${key_}`} data-saved={savedAs} tabindex={-1}>
      <input type="hidden" name="block" value={key_} />
      <input type="hidden" name={`${key_}.type`} value={block.type} />
      <span class="block-grip with-script" aria-hidden="true" title={words.drag} />
      <div class="block-text">
        <p class="kicker">
          {type}
          <Marks {...props} />
        </p>
        <BlockFields {...props} />
        <More {...props} name={name} />
      </div>
      <div class="block-moves">
        <Button
          small
          name="act"
          value={`up ${key_}`}
          id={`up-${key_}`}
          disabled={place === 0}
          label={words.moveUp(name)}
        >
          ↑
        </Button>
        <Button
          small
          name="act"
          value={`down ${key_}`}
          id={`down-${key_}`}
          disabled={place === blocks.length - 1}
          label={words.moveDown(name)}
        >
          ↓
        </Button>
        <Button
          small
          name="act"
          value={`remove ${key_}`}
          id={`remove-${key_}`}
          label={words.removeNamed(name)}
        >
          ✕
        </Button>
      </div>
    </li>
  )
}

/** What is special about a block, where its fields are folded away. */
const Marks = ({ block, words, newsletters }: ItemProps) => {
  const changed = 'title' in block && (block.title !== undefined || block.standfirst !== undefined)
  const only = newsletters.find(one => one.slug === block.only)
  return (
    <span class="block-marks">
      {changed && ` · ${words.changedHere}`}
      {only && ` · ${words.onlyReaders(only.name)}`}
    </span>
  )
}

const More = (props: ItemProps & { name: string }) => {
  const { words, block, blocks, place, key_, isLead, newsletters, chosen, name } = props
  const several = newsletters.filter(one => chosen.includes(one.slug))
  const mayLead = block.type === 'article' && !isLead
  return (
    <details class="block-more" id={`more-${key_}`}>
      <summary aria-label={`${words.more}: ${name}`}>{words.more}</summary>
      <OwnWords {...props} />
      {(several.length > 1 || block.only) && (
        <Select
          name={`${key_}.only`}
          id={`block-${key_}-only`}
          label={words.only}
          value={block.only ?? ''}
          options={[
            { value: '', label: words.everybody },
            ...several.map(one => ({ value: one.slug, label: words.onlyReaders(one.name) })),
            // One that the digest does not go to any more is kept until somebody chooses.
            ...(block.only && !several.some(one => one.slug === block.only)
              ? [
                  {
                    value: block.only,
                    label: words.onlyReaders(
                      newsletters.find(one => one.slug === block.only)?.name ?? block.only,
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {blocks.length > 1 && (
        <div class="block-move-to">
          <Select
            name={`${key_}.to`}
            id={`to-${key_}`}
            label={words.moveTo}
            value={String(place + 1)}
            options={blocks.map((_, at) => ({
              value: String(at + 1),
              label: words.place(at + 1, blocks.length),
            }))}
          />
          <Button
            small
            name="act"
            value={`move ${key_}`}
            id={`move-${key_}`}
            label={`${words.move}: ${name}`}
          >
            {words.move}
          </Button>
        </div>
      )}
      {mayLead && (
        <Button small name="act" value={`lead ${key_}`} id={`lead-${key_}`}>
          {words.makeLead}
        </Button>
      )}
    </details>
  )
}
