import type { Language } from '../../domain/languages.ts'
import { formPromise } from '../../domain/wording.ts'
import { siteWords } from '../../domain/words/site.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import { Button } from './parts/buttons.tsx'
import { Checks, Field } from './parts/fields.tsx'

/** What a reader is told of a newsletter before signing up. */
export type Offered = Pick<
  Newsletter,
  'slug' | 'name' | 'description' | 'cadence' | 'schedule' | 'carriesAdvertising' | 'language'
>

export type SignUpFormProps = {
  publication: { name: string }
  newsletters: readonly Offered[]
  /** A page for this one alone: no list, and a button that names it. */
  only?: Offered
  /** Only a form that comes back is filled in: nothing is ticked beforehand. */
  values?: { email?: string; name?: string; newsletters?: readonly string[] }
  errors?: { email?: string; name?: string; newsletter?: string }
  language: Language
}

/**
 * The name of the field that nobody sees: what fills it is a machine. Browsers fill in what they know by name (company,
 * fax, phone …) even where told not to, so it is none of these.
 */
export const trapField = 'topic'

/** The form to sign up with: it works on any page, without a script, and says what will happen next. */
export const SignUpForm = (props: SignUpFormProps) => {
  const { publication, newsletters, only, values = {}, errors = {}, language } = props
  const words = siteWords[language].signUp
  return (
    <form
      class="sign-up"
      method="post"
      action={only ? `/subscribe?newsletter=${only.slug}` : '/subscribe'}
      novalidate
    >
      {only ? (
        <OnlyOne newsletter={only} language={language} error={errors.newsletter} />
      ) : (
        <Checks
          legend={words.choose}
          legendHidden
          name="newsletter"
          error={errors.newsletter}
          values={values.newsletters ?? []}
          options={newsletters.map(newsletter => ({
            value: newsletter.slug,
            label: <span lang={foreign(newsletter, language)}>{newsletter.name}</span>,
            note: sayWhen(newsletter, language),
            hint: <About newsletter={newsletter} language={language} />,
          }))}
        />
      )}
      {(errors.name || values.name) && (
        <Field label={words.name} name="name" value={values.name} error={errors.name} autocomplete="name" />
      )}
      <Field
        label={words.email}
        name="email"
        type="email"
        inputmode="email"
        autocomplete="email"
        placeholder={words.example}
        required
        value={values.email}
        error={errors.email}
        beside={<Button kind="main">{only ? words.buttonOf(only.name) : words.button}</Button>}
      />
      <div class="apart" aria-hidden="true">
        <label for={trapField}>{words.trap}</label>
        <input id={trapField} name={trapField} type="text" tabindex={-1} autocomplete="off" />
      </div>
      <p class="promise">
        {formPromise[language](publication.name)} <a href="/privacy">{words.keep}</a>
      </p>
    </form>
  )
}

const OnlyOne = ({
  newsletter,
  language,
  error,
}: {
  newsletter: Offered
  language: Language
  error?: string
}) => (
  <div class="offer">
    <input type="hidden" name="newsletter" value={newsletter.slug} />
    <p class="offer-when">{sayWhen(newsletter, language)}</p>
    <p class="lead">
      <About newsletter={newsletter} language={language} />
    </p>
    {error && <p class="error">{error}</p>}
  </div>
)

const About = ({ newsletter, language }: { newsletter: Offered; language: Language }) => (
  <>
    <span lang={foreign(newsletter, language)}>{newsletter.description}</span>{' '}
    {newsletter.carriesAdvertising && siteWords[language].signUp.advertising}
  </>
)

/** The newsletter's language, where it is not the page's. */
const foreign = (newsletter: Offered, language: Language) =>
  newsletter.language === language ? undefined : newsletter.language

/** When it comes, as the publication says it, else by its cadence. */
export const sayWhen = ({ schedule, cadence }: Pick<Offered, 'schedule' | 'cadence'>, language: Language) =>
  schedule || siteWords[language].cadences[cadence]
