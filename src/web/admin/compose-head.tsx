import { digestWords } from '../../domain/words/digests.ts'
import { Field } from '../views/parts/fields.tsx'
import type { ComposePart } from './compose-props.ts'
import { GoesTo } from './goes-to.tsx'

/** What stands over the blocks: subject, preheader, and the newsletters that the digest goes to. */
export const Head = ({ words, subject, preheader, newsletters, chosen, errors, frame }: ComposePart) => (
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
    <GoesTo
      {...{ words, newsletters, chosen }}
      legend={words.newsletters}
      error={errors?.newsletters ? words.errors.newsletters : undefined}
      empty={<a href="/admin/newsletters">{digestWords[frame.language].columns.newsletters}</a>}
    />
  </>
)
