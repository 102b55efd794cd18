import type { FC } from 'hono/jsx'
import type { Language } from '../../domain/languages.ts'
import { accessWords } from '../../domain/words/access.ts'
import { passkeyWords } from '../../domain/words/passkeys.ts'
import type { Fields } from '../form-fields.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Field } from '../views/parts/fields.tsx'
import { PasskeyForm, PasskeyScript } from '../views/parts/passkey-form.tsx'
import { type Masthead, ReaderPage } from '../views/reader-page.tsx'

type Common = { language: Language; publication: Masthead; ownerless: boolean; passkeys: boolean }
type Failed = { fields?: Fields; errors?: Record<string, string> }

const Address: FC<{ label: string; autofocus?: boolean } & Failed> = ({ label, autofocus, ...props }) => (
  <Field
    name="email"
    type="email"
    label={label}
    autocomplete="username"
    value={props.fields?.email}
    error={props.errors?.email}
    autofocus={autofocus}
    required
  />
)

const AskForm: FC<Common & Failed & { next?: string }> = ({ language, next, fields, errors }) => {
  const words = accessWords[language].signIn
  return (
    <form method="post" action="/admin/sign-in" class="stack">
      {next && <input type="hidden" name="next" value={next} />}
      <Address label={words.address} autofocus fields={fields} errors={errors} />
      <Button kind="main">{words.send}</Button>
    </form>
  )
}

/** Asks for a passkey, or for a link by mail. */
export const AskPage: FC<Common & Failed & { next?: string; passkeyRefused?: boolean }> = props => {
  const { language, passkeys, passkeyRefused, next } = props
  const words = accessWords[language].signIn
  return (
    <ReaderPage {...props} title={words.title} noindex head={passkeys && <PasskeyScript />}>
      <p>{props.ownerless ? words.noOwner : words.intro}</p>
      {!props.ownerless && <AskForm {...props} />}
      {passkeyRefused && (
        <p class="error" role="alert">
          {passkeyWords[language].refusedHere}
        </p>
      )}
      {passkeys && <PasskeyForm kind="use" action="/admin/sign-in/passkey" {...{ next, language }} />}
    </ReaderPage>
  )
}

/** After the question, the same for every address. */
export const AskedPage: FC<Common & { mailbox: boolean }> = props => {
  const words = accessWords[props.language].signIn
  return (
    <ReaderPage {...props} title={words.asked.title} noindex>
      <p>{words.asked.text}</p>
      {props.mailbox && (
        <p>
          <a href="/mailbox">{words.asked.mailbox}</a>
        </p>
      )}
      <p class="muted">{words.asked.late}</p>
      <p>
        <a href="/admin/sign-in">{words.asked.again}</a>
      </p>
    </ReaderPage>
  )
}

/** A link that works: the button acts, opening it does not. */
export const LinkPage: FC<Common & { secret: string; name: string }> = props => {
  const words = accessWords[props.language].signIn.link
  return (
    <ReaderPage {...props} title={words.title(props.publication.name)} noindex>
      <p>{words.as(props.name)}</p>
      <form method="post" action={`/admin/sign-in/${props.secret}`}>
        <Button kind="main">{words.act}</Button>
      </form>
    </ReaderPage>
  )
}

/** A link that does not work, and what to do. */
export const DeadLinkPage: FC<Common & { why: 'used' | 'expired' | 'unknown' }> = props => {
  const words = accessWords[props.language].signIn
  return (
    <ReaderPage {...props} title={words[props.why].title} noindex>
      <p>{props.ownerless ? words.noOwner : words[props.why].text}</p>
      {!props.ownerless && <AskForm {...props} />}
    </ReaderPage>
  )
}

/** The first owner's link: who are you? */
export const OwnerPage: FC<Common & Failed & { secret: string }> = props => {
  const words = accessWords[props.language].signIn
  return (
    <ReaderPage {...props} title={words.owner.title(props.publication.name)} noindex>
      <p>{words.owner.text}</p>
      <form method="post" action={`/admin/sign-in/${props.secret}`} class="stack">
        <Field
          name="name"
          label={words.owner.name}
          autocomplete="name"
          value={props.fields?.name}
          error={props.errors?.name}
          autofocus
          required
        />
        <Address label={words.address} fields={props.fields} errors={props.errors} />
        <Button kind="main">{words.owner.act}</Button>
      </form>
    </ReaderPage>
  )
}
