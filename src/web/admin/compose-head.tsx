import { digestWords } from '../../domain/words/digests.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Field } from '../views/parts/fields.tsx'
import type { ComposePart } from './compose-props.ts'

/** What stands over the blocks: subject, preheader, and the newsletters that the digest goes to. */
export const Head = (part: ComposePart) => {
  const { words, subject, preheader, errors } = part
  return (
    <>
      <Field
        name="subject"
        label={words.subject}
        value={subject}
        hint={words.characters([...subject].length)}
        error={errors?.subject ? words.errors.subject : undefined}
      />
      <Field
        name="preheader"
        label={words.preheader}
        hint={words.preheaderHint}
        value={preheader}
        error={errors?.preheader ? words.errors.preheader : undefined}
      />
      <GoesTo {...part} />
    </>
  )
}

const GoesTo = ({ words, newsletters, chosen, errors, frame }: ComposePart) => {
  const ordered = [
    ...chosen.flatMap(slug => newsletters.find(one => one.slug === slug) ?? []),
    ...newsletters.filter(one => !chosen.includes(one.slug)),
  ]
  return (
    <fieldset class="checks compose-newsletters">
      <legend>{words.newsletters}</legend>
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
                data-whole
              />
              <span class="check-text">
                <span class="check-label">{name}</span>
                {chosen.length > 1 && chosen[0] === slug && <span class="check-note">{words.first}</span>}
              </span>
            </label>
            {chosen.indexOf(slug) > 0 && (
              <Button
                small
                name="act"
                value={`newsletter-up ${slug}`}
                id={`up-${slug}`}
                label={words.moveUp(name)}
              >
                ↑
              </Button>
            )}
          </li>
        ))}
      </ul>
      {errors?.newsletters && <p class="error">{words.errors.newsletters}</p>}
      {newsletters.length === 0 && (
        <a href="/admin/newsletters">{digestWords[frame.language].columns.newsletters}</a>
      )}
    </fieldset>
  )
}
