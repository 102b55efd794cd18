import type { Child } from 'hono/jsx'
import type { SignUpFaults, TypedSignUp } from '../../domain/sign-up.ts'
import { joiningWords } from '../../domain/words/joining.ts'
import { siteWords } from '../../domain/words/site.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import { Notice } from '../views/parts/status.tsx'
import { ReaderPage } from '../views/reader-page.tsx'
import { SignUpForm } from '../views/sign-up-form.tsx'
import type { Ground } from './ground.ts'

type Props = Ground & {
  newsletters: readonly Newsletter[]
  /** The newsletter that the page's address names, if it is there. */
  named?: Newsletter
  typed?: TypedSignUp
  faults?: SignUpFaults
  /** Seconds until this network may ask again. */
  wait?: number
}

/** The form on a page of its own; for one newsletter alone where its address names one. */
export const SubscribePage = ({ newsletters, named, typed, faults, wait, ...ground }: Props) => {
  const { language } = ground
  const words = joiningWords[language]
  const site = siteWords[language]
  const open = newsletters.filter(newsletter => newsletter.state === 'open')
  if (!open.length)
    return (
      <ReaderPage {...ground} title={words.signUp.noneTitle}>
        <p>{words.signUp.noneText}</p>
      </ReaderPage>
    )
  const only = named ? (named.state === 'open' ? named : undefined) : open.length === 1 ? open[0] : undefined
  const before: Child[] = []
  if (wait !== undefined)
    before.push(
      <Notice tone="fix" title={words.tooMany.title}>
        <p>{words.tooMany.text(words.tooMany.minutes(Math.ceil(wait / 60)))}</p>
      </Notice>,
    )
  if (named && !only) before.push(<p>{words.signUp.closedText}</p>)
  return (
    <ReaderPage {...ground} title={titleOf({ named, only, language })}>
      {before}
      {!only && !before.length && <p class="small-lead">{site.signUp.intro}</p>}
      <SignUpForm
        publication={ground.publication}
        newsletters={open}
        only={only}
        language={language}
        {...(typed && { values: keep(typed) })}
        errors={{
          email: faults?.email && words.faults.email[faults.email],
          name: faults?.name && words.faults.name[faults.name],
          newsletter: faults?.newsletter && words.faults.newsletter[faults.newsletter],
        }}
      />
      {only && open.length > 1 && (
        <p class="muted">
          <a href="/subscribe">{words.signUp.others}</a>
        </p>
      )}
    </ReaderPage>
  )
}

function titleOf({
  named,
  only,
  language,
}: Pick<Props, 'named' | 'language'> & { only: Newsletter | undefined }) {
  const site = siteWords[language].signUp
  if (only) return site.titleOf(only.name)
  return named ? joiningWords[language].signUp.closedTitle(named.name) : site.title
}

/** What was typed comes back, up to what a field could hold. */
const keep = ({ email, name, newsletters }: TypedSignUp) => ({
  email: email.slice(0, 1000),
  name: name.slice(0, 1000),
  newsletters,
})
