import type { FC, PropsWithChildren } from 'hono/jsx'
import type { Language } from '../../domain/languages.ts'
import { accessWords } from '../../domain/words/access.ts'
import type { Fields } from '../form-fields.ts'

type Frame = PropsWithChildren<{ language: Language; publication: string; title: string }>

const Frame: FC<Frame> = ({ language, publication, title, children }) => (
  <html lang={language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>{`${title} · ${publication}`}</title>
    </head>
    <body>
      <main>
        <h1>{title}</h1>
        {children}
      </main>
    </body>
  </html>
)

type Common = { language: Language; publication: string; ownerless: boolean }
type Failed = { fields?: Fields; errors?: Record<string, string> }

const Field: FC<{ name: string; label: string; type?: string; auto: string } & Failed> = ({
  name,
  label,
  type = 'text',
  auto,
  fields,
  errors,
}) => (
  <p>
    <label for={name}>{label}</label>
    <input
      id={name}
      name={name}
      type={type}
      autocomplete={auto}
      value={fields?.[name] ?? ''}
      required
      aria-invalid={errors?.[name] ? 'true' : undefined}
      aria-describedby={errors?.[name] ? `${name}-error` : undefined}
    />
    {errors?.[name] && <span id={`${name}-error`}>{errors[name]}</span>}
  </p>
)

/** Asks for a link. */
export const AskPage: FC<Common & Failed & { next?: string }> = props => {
  const words = accessWords[props.language].signIn
  return (
    <Frame {...props} title={words.title}>
      <p>{props.ownerless ? words.noOwner : words.intro}</p>
      <AskForm {...props} />
    </Frame>
  )
}

const AskForm: FC<Common & Failed & { next?: string }> = ({ language, next, fields, errors }) => {
  const words = accessWords[language].signIn
  return (
    <form method="post" action="/admin/sign-in">
      {next && <input type="hidden" name="next" value={next} />}
      <Field
        name="email"
        label={words.address}
        type="email"
        auto="username"
        fields={fields}
        errors={errors}
      />
      <button type="submit">{words.send}</button>
    </form>
  )
}

/** After the question, the same for every address. */
export const AskedPage: FC<Common> = props => {
  const words = accessWords[props.language].signIn
  return (
    <Frame {...props} title={words.asked.title}>
      <p>{words.asked.text}</p>
      <p>{words.asked.late}</p>
      <p>
        <a href="/admin/sign-in">{words.asked.again}</a>
      </p>
    </Frame>
  )
}

/** A link that works: the button acts, opening it does not. */
export const LinkPage: FC<Common & { secret: string; name: string }> = props => {
  const words = accessWords[props.language].signIn.link
  return (
    <Frame {...props} title={words.title(props.publication)}>
      <p>{words.as(props.name)}</p>
      <form method="post" action={`/admin/sign-in/${props.secret}`}>
        <button type="submit">{words.act}</button>
      </form>
    </Frame>
  )
}

/** A link that does not work, and what to do. */
export const DeadLinkPage: FC<Common & { why: 'used' | 'expired' | 'unknown' }> = props => {
  const words = accessWords[props.language].signIn
  return (
    <Frame {...props} title={words[props.why].title}>
      <p>{props.ownerless ? words.noOwner : words[props.why].text}</p>
      {!props.ownerless && <AskForm {...props} />}
    </Frame>
  )
}

/** The first owner's link: who are you? */
export const OwnerPage: FC<Common & Failed & { secret: string }> = props => {
  const words = accessWords[props.language].signIn
  return (
    <Frame {...props} title={words.owner.title}>
      <p>{words.owner.text}</p>
      <form method="post" action={`/admin/sign-in/${props.secret}`}>
        <Field name="name" label={words.owner.name} auto="name" fields={props.fields} errors={props.errors} />
        <Field
          name="email"
          label={words.address}
          type="email"
          auto="username"
          fields={props.fields}
          errors={props.errors}
        />
        <button type="submit">{words.owner.act}</button>
      </form>
    </Frame>
  )
}
