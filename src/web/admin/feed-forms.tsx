import type { FeedWords } from '../../domain/words/feeds.ts'
import type { FeedCandidate } from '../../reading/find-feeds.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Checks, Field } from '../views/parts/fields.tsx'

const path = '/admin/stories/feeds'

/** What stands in the form, and the feeds to choose from where a page names several. */
export type AddForm = { fields: Fields; errors: FormErrors; candidates?: FeedCandidate[] }

/** What the stories of a feed are filed under. */
export const FeedSection = ({
  form: { fields, errors },
  words,
}: {
  form: Pick<AddForm, 'fields' | 'errors'>
  words: FeedWords
}) => (
  <Field
    name="section"
    label={words.section}
    hint={words.sectionHint}
    value={fields.section}
    error={errors.section}
    maxlength={200}
  />
)

/** Adds the feed at an address. */
export const AddFeed = ({ form, words }: { form: AddForm; words: FeedWords }) => (
  <>
    <h2>{words.addTitle}</h2>
    <form method="post" action={path} class="stack" novalidate>
      <Field
        name="url"
        type="url"
        label={words.url}
        hint={words.urlHint}
        placeholder="https://"
        value={form.fields.url}
        error={form.errors.url}
        autofocus={form.errors.url !== undefined}
        required
      />
      <FeedSection form={form} words={words} />
      <Buttons>
        <Button kind="main">{words.add}</Button>
      </Buttons>
    </form>
  </>
)

/** Adds one of those that a page names. */
export const ChooseFeed = ({
  form,
  candidates,
  words,
}: {
  form: AddForm
  candidates: FeedCandidate[]
  words: FeedWords
}) => (
  <form method="post" action={path} class="stack">
    <Checks
      kind="radio"
      name="choice"
      legend={words.choose}
      values={[candidates[0]!.url]}
      options={candidates.map(({ url, title }) => ({
        value: url,
        label: title || url,
        hint: title ? url : undefined,
      }))}
    />
    <FeedSection form={form} words={words} />
    <Buttons>
      <Button kind="main">{words.add}</Button>
      <ButtonLink href={path}>{words.anotherAddress}</ButtonLink>
    </Buttons>
  </form>
)
