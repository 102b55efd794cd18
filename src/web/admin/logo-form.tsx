import type { Language } from '../../domain/languages.ts'
import { pictureWords } from '../../domain/words/pictures.ts'
import { Button, Buttons } from '../views/parts/buttons.tsx'
import { Field } from '../views/parts/fields.tsx'

type Props = { language: Language; logoUrl: string | null; name: string; error?: string }

/** The publication's logo as it is, with a file for another, and a way to be without. */
export const LogoForm = ({ language, logoUrl, name, error }: Props) => {
  const words = pictureWords[language]
  return (
    <section class="logo" id="logo">
      <h2>{words.logo}</h2>
      {logoUrl ? (
        <figure class="picture-shown logo-shown">
          <img src={logoUrl} alt={name} />
        </figure>
      ) : (
        <p class="muted">{words.logoNone}</p>
      )}
      <form method="post" action="/admin/settings/look/logo" enctype="multipart/form-data">
        <Field
          name="logo"
          id="logo-file"
          type="file"
          accept="image/*"
          label={words.logoFile}
          hint={words.logoHint}
          error={error}
        />
        <Buttons>
          <Button>{words.logoUpload}</Button>
          {logoUrl && <Button form="logo-remove">{words.logoRemove}</Button>}
        </Buttons>
      </form>
      <form method="post" action="/admin/settings/look/logo/remove" id="logo-remove" />
    </section>
  )
}
