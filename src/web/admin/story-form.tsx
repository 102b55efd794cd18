import type { Language } from '../../domain/languages.ts'
import type { Picture } from '../../domain/picture.ts'
import { storyWords } from '../../domain/words/stories.ts'
import type { Fields } from '../form-fields.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Checks, Field, TextArea } from '../views/parts/fields.tsx'
import { type PictureErrors, StoryPictureFields } from './story-picture-fields.tsx'

export type StoryField = keyof (typeof storyWords)['en']['fields']
export type StoryErrors = Partial<Record<StoryField, string>> & PictureErrors

type Props = {
  language: Language
  /** The publication's zone, for times of day. */
  zone: string
  action: string
  values: Fields
  /** The picture that is kept for it. */
  picture?: Picture
  errors?: StoryErrors
  submit: string
}

/** A story's fields, filled with what was typed or kept. */
export const StoryForm = ({ language, zone, action, values, picture, errors = {}, submit }: Props) => {
  const words = storyWords[language]
  const field = (name: StoryField, more: Partial<Parameters<typeof Field>[0]> = {}) => (
    <Field name={name} label={words.fields[name]} value={values[name]} error={errors[name]} {...more} />
  )
  return (
    <form method="post" action={action} enctype="multipart/form-data" class="stack" novalidate>
      {field('title', { required: true, maxlength: 300 })}
      <TextArea
        name="standfirst"
        label={words.fields.standfirst}
        hint={words.hints.standfirst}
        value={values.standfirst}
        error={errors.standfirst}
        rows={3}
      />
      {field('url', { type: 'url', required: true, placeholder: 'https://' })}
      {field('section', { hint: words.hints.section })}
      {field('byline')}
      {field('publishedAt', { type: 'datetime-local', size: 'short' })}
      {field('embargoUntil', {
        type: 'datetime-local',
        size: 'short',
        hint: words.hints.embargoUntil(zone.replaceAll('_', ' ')),
      })}
      <h2>{words.picture}</h2>
      <StoryPictureFields language={language} values={values} errors={errors} kept={picture} />
      <h2>{words.about}</h2>
      <Checks
        kind="radio"
        name="kind"
        legend={words.fields.kind}
        legendHidden
        hint={words.hints.kind}
        error={errors.kind}
        values={[values.kind || 'editorial']}
        options={(['editorial', 'partner'] as const).map(value => ({ value, label: words.kinds[value] }))}
      />
      {field('sponsor', { hint: words.hints.sponsor })}
      {field('note', { hint: words.hints.note })}
      {field('language', { hint: words.hints.language, size: 'short' })}
      <Buttons>
        <Button kind="main">{submit}</Button>
        <ButtonLink href="/admin/stories">{words.back}</ButtonLink>
      </Buttons>
    </form>
  )
}
