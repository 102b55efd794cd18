import type { TokenFault } from '../../actions/token-fault.ts'
import { joiningWords } from '../../domain/words/joining.ts'
import { leavingWords } from '../../domain/words/leaving.ts'
import { preferencesWords } from '../../domain/words/preferences.ts'
import { Button, ButtonLink } from '../views/parts/buttons.tsx'
import { Field } from '../views/parts/fields.tsx'
import { ReaderPage } from '../views/reader-page.tsx'
import type { Ground } from './ground.ts'

const pathOf = {
  confirm: 'confirm',
  objection: 'not-me',
  unsubscribe: 'unsubscribe',
  manage: 'preferences',
  preferences: 'preferences',
  address: 'new-address',
  preview: 'preview',
  link: 'l',
} as const

type Props = Ground & {
  fault: TokenFault
  token: string
  /** What who came here wanted, so that they get there without the link. */
  wanted: 'join' | 'leave'
}

/** A link that is cut, forged, or for another page: says so, and shows the way. */
export const BadLinkPage = ({ fault, token, wanted, ...ground }: Props) => {
  const words = leavingWords[ground.language].badLink
  if (fault.kind === 'foreign')
    return (
      <ReaderPage {...ground} title={words.foreignTitle} noindex>
        <p>{words.foreignText}</p>
        <p>
          <ButtonLink kind="main" href={`/${pathOf[fault.purpose]}/${token}`}>
            {words.pages[fault.purpose]}
          </ButtonLink>
        </p>
      </ReaderPage>
    )
  return (
    <ReaderPage {...ground} title={words.title} noindex>
      <p>{words.text}</p>
      {wanted === 'leave' ? (
        <>
          <p>{words.leaving}</p>
          <LinkForm {...ground} />
        </>
      ) : (
        <p>
          <ButtonLink kind="main" href="/subscribe">
            {joiningWords[ground.language].signUp.again}
          </ButtonLink>
        </p>
      )}
    </ReaderPage>
  )
}

/** Asks for a link to the preferences. */
export const LinkForm = ({
  language,
  email,
  error,
}: Pick<Ground, 'language'> & { email?: string; error?: string }) => {
  const words = preferencesWords[language].link
  return (
    <form class="form" method="post" action="/preferences" novalidate>
      <Field
        label={words.email}
        name="email"
        type="email"
        autocomplete="email"
        required
        value={email}
        error={error}
        beside={<Button kind="main">{words.button}</Button>}
      />
    </form>
  )
}
