import type { Leaving } from '../../actions/unsubscribe.ts'
import { maskAddress } from '../../domain/email-address.ts'
import { sayList } from '../../domain/say-list.ts'
import { leavingReasons } from '../../domain/subscription.ts'
import { wordingOf } from '../../domain/wording.ts'
import { joiningWords } from '../../domain/words/joining.ts'
import { leavingWords } from '../../domain/words/leaving.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Checks, Field } from '../views/parts/fields.tsx'
import { ReaderPage } from '../views/reader-page.tsx'
import type { Ground } from './ground.ts'

type Props = Ground & { leaving: Leaving; token: string }

const namesOf = (newsletters: readonly Newsletter[], { language }: Ground) =>
  sayList(
    newsletters.map(newsletter => newsletter.name),
    language,
  )

/** The words that stand beside the button, as the proof keeps them. */
export const undoWording = (newsletters: readonly Newsletter[], { publication, language }: Ground) =>
  wordingOf('undo', language, { publication: publication.name, newsletters }).text

/** What the link would end, and a button; where nothing is left to end it says so. */
export const LeavePage = ({ leaving, token, ...ground }: Props) => {
  const words = leavingWords[ground.language].unsubscribe
  const { active, subscriber } = leaving
  const [first] = active
  if (!subscriber || !first)
    return (
      <ReaderPage {...ground} title={words.alreadyTitle} noindex>
        <p class="lead">{words.already}</p>
        <Undo {...ground} leaving={leaving} token={token} kind="main" />
      </ReaderPage>
    )
  const one = active.length === 1
  return (
    <ReaderPage {...ground} title={one ? words.title(first.name) : words.titleMany} noindex>
      <p class="lead">{words.text(maskAddress(subscriber.address), namesOf(active, ground))}</p>
      <form class="form" method="post">
        {!one && (
          <Checks
            legend={words.keepLegend}
            hint={words.keep}
            name="keep"
            values={[]}
            options={active.map(newsletter => ({ value: String(newsletter.id), label: newsletter.name }))}
          />
        )}
        <Button kind="main" name="page" value="1">
          {one ? words.button(first.name) : words.buttonMany}
        </Button>
      </form>
    </ReaderPage>
  )
}

/** After leaving: what ended, the way back, and a question that may stay unanswered. */
export const LeftPage = ({
  ended,
  leaving,
  token,
  missing,
  ...ground
}: Props & {
  ended: readonly Newsletter[]
  /** The reason was sent without a choice. */
  missing?: boolean
}) => {
  const words = leavingWords[ground.language].unsubscribe
  if (!ended.length && leaving.active.length)
    return (
      <ReaderPage {...ground} title={words.nothingTitle} noindex>
        <p class="lead">{words.nothing(namesOf(leaving.active, ground))}</p>
      </ReaderPage>
    )
  if (!ended.length || !leaving.subscriber) return <LeavePage {...ground} leaving={leaving} token={token} />
  return (
    <ReaderPage {...ground} title={words.leftTitle(namesOf(ended, ground))} noindex>
      <p class="lead">
        {words.left(maskAddress(leaving.subscriber.address))}
        {leaving.active.length > 0 && ` ${words.kept(namesOf(leaving.active, ground))}`}
      </p>
      <Undo {...ground} leaving={leaving} token={token} kind="plain" />
      <h2>{words.reasonTitle}</h2>
      <form class="form" method="post" action={`/unsubscribe/${token}/reason`}>
        <Checks
          kind="radio"
          legend={words.reasonTitle}
          legendHidden
          hint={words.reasonText}
          name="reason"
          values={[]}
          error={missing ? words.chooseReason : undefined}
          options={leavingReasons.map(reason => ({ value: reason, label: words.reasons[reason] }))}
        />
        <Field label={words.words} name="words" maxlength={500} />
        <Button>{words.send}</Button>
      </form>
    </ReaderPage>
  )
}

const Undo = ({ leaving, token, kind, ...ground }: Props & { kind: 'main' | 'plain' }) => {
  const words = leavingWords[ground.language].unsubscribe
  if (!leaving.undoable.length) return null
  return (
    <form class="form" method="post" action={`/unsubscribe/${token}/undo`}>
      <p>{undoWording(leaving.undoable, ground)}</p>
      <Button kind={kind}>{words.undo}</Button>
    </form>
  )
}

export const UndonePage = ({ revived, ...ground }: Ground & { revived: readonly Newsletter[] }) => {
  const words = leavingWords[ground.language].unsubscribe
  return revived.length ? (
    <ReaderPage {...ground} title={words.undoneTitle} noindex>
      <p class="lead">{words.undone(namesOf(revived, ground))}</p>
    </ReaderPage>
  ) : (
    <ReaderPage {...ground} title={words.notUndoneTitle} noindex>
      <p>{words.notUndone}</p>
      <Buttons>
        <ButtonLink kind="main" href="/subscribe">
          {joiningWords[ground.language].signUp.again}
        </ButtonLink>
      </Buttons>
    </ReaderPage>
  )
}

export const ThanksPage = ({ leaving, token, ...ground }: Props) => {
  const words = leavingWords[ground.language].unsubscribe
  return (
    <ReaderPage {...ground} title={words.thanksTitle} noindex>
      <p class="lead">{words.thanks}</p>
      <Undo {...ground} leaving={leaving} token={token} kind="plain" />
    </ReaderPage>
  )
}
