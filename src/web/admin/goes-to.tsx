import type { Child } from 'hono/jsx'
import type { ComposeWords } from '../../domain/words/compose.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import { Button } from '../views/parts/buttons.tsx'

type Props = {
  legend: string
  words: ComposeWords
  newsletters: readonly Newsletter[]
  /** Slugs, in order. */
  chosen: readonly string[]
  error?: string
  /** What stands there where there is no newsletter yet. */
  empty: Child
}

/** The newsletters that a digest, or the editions of a plan, go to: those that are chosen first and in order. */
export const GoesTo = ({ legend, words, newsletters, chosen, error, empty }: Props) => {
  const ordered = [
    ...chosen.flatMap(slug => newsletters.find(one => one.slug === slug) ?? []),
    ...newsletters.filter(one => !chosen.includes(one.slug)),
  ]
  return (
    <fieldset
      class={error ? 'checks compose-newsletters field-wrong' : 'checks compose-newsletters'}
      aria-describedby={error ? 'newsletters-error' : undefined}
    >
      <legend>{legend}</legend>
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
      {newsletters.length === 0 && empty}
      {error && (
        <p class="error" id="newsletters-error">
          {error}
        </p>
      )}
    </fieldset>
  )
}
