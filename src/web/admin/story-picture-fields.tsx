import { sayNumber } from '../../domain/dates.ts'
import type { Language } from '../../domain/languages.ts'
import { type Picture, pictureName, shownSize } from '../../domain/picture.ts'
import { isWebUrl } from '../../domain/text.ts'
import { pictureWords } from '../../domain/words/pictures.ts'
import type { Fields } from '../form-fields.ts'
import { Check, Field } from '../views/parts/fields.tsx'

export type PictureErrors = Partial<
  Record<'picture' | 'imageUrl' | 'imageAlt' | 'imageDecorative' | 'imageCredit', string>
>

type Props = { language: Language; values: Fields; errors: PictureErrors; kept?: Picture }

/** A story's picture: what it is now, a file or a link for another, what it shows, and whose it is. */
export const StoryPictureFields = ({ language, values, errors, kept }: Props) => {
  const words = pictureWords[language]
  const decorative = Boolean(values.imageDecorative)
  const elsewhere = !kept && values.imageUrl && isWebUrl(values.imageUrl) ? values.imageUrl : undefined
  const alt = decorative ? '' : (values.imageAlt ?? '')
  return (
    <>
      <div
        class="picture-field"
        data-picture-field
        data-chosen={words.chosen}
        data-too-large={words.tooLarge}
        data-not-a-picture={words.notAPicture}
      >
        {kept && (
          <figure class="picture-shown">
            <img src={`/pictures/${pictureName(kept)}`} alt={alt} {...shownSize(kept, 320)} />
            <figcaption>
              {words.size(sayNumber(kept.width, language), sayNumber(kept.height, language))}
            </figcaption>
          </figure>
        )}
        {elsewhere && (
          <figure class="picture-shown">
            <img src={elsewhere} alt={alt} width="320" />
            <figcaption>{words.elsewhere}</figcaption>
          </figure>
        )}
        <Field
          name="picture"
          type="file"
          accept="image/*"
          label={words.upload}
          hint={words.uploadHint}
          error={errors.picture}
        />
        <p class="hint drop-hint" hidden>
          {words.dropHint}
        </p>
        {(kept || elsewhere) && (
          <Check name="removePicture" label={words.remove} checked={Boolean(values.removePicture)} />
        )}
        <input type="hidden" name="pictureHash" value={values.pictureHash ?? ''} />
      </div>
      <Field
        name="imageUrl"
        type="url"
        label={words.url}
        hint={words.urlHint}
        placeholder="https://"
        value={values.imageUrl}
        error={errors.imageUrl}
      />
      <Field
        name="imageAlt"
        label={words.alt}
        hint={words.altHint}
        value={values.imageAlt}
        error={errors.imageAlt}
      />
      <Check
        name="imageDecorative"
        label={words.decorative}
        hint={words.decorativeHint}
        checked={decorative}
        error={errors.imageDecorative}
      />
      <Field name="imageCredit" label={words.credit} value={values.imageCredit} error={errors.imageCredit} />
    </>
  )
}
