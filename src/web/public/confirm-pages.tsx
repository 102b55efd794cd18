import type { Confirmation } from '../../actions/confirm.ts'
import { sayList } from '../../domain/say-list.ts'
import { joiningWords } from '../../domain/words/joining.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { ReaderPage } from '../views/reader-page.tsx'
import { BadLinkPage } from './bad-link-page.tsx'
import type { Ground } from './ground.ts'
import { NoMail } from './taken-page.tsx'

type Of<Kind extends Confirmation['kind']> = Extract<Confirmation, { kind: Kind }>

type Props = Ground & {
  stand: Confirmation
  token: string
  /** Where "This wasn't me" goes. */
  objectionPath?: string
}

/** One page for each way in which a confirmation's link can stand. */
export const ConfirmPage = ({ stand, token, objectionPath, ...ground }: Props) => {
  const words = joiningWords[ground.language].confirm
  switch (stand.kind) {
    case 'open':
      return <OpenPage {...ground} {...stand} objectionPath={objectionPath} />
    case 'confirmed':
      return <ConfirmedPage {...ground} {...stand} token={token} />
    case 'used':
      return (
        <ReaderPage {...ground} title={words.usedTitle} noindex>
          <p>{words.used}</p>
          <SignUpAgain {...ground} />
        </ReaderPage>
      )
    case 'expired':
      return (
        <ReaderPage {...ground} title={words.expiredTitle} noindex>
          <p>{words.expired}</p>
          <form method="post" action={`/confirm/${token}/again`}>
            <Button kind="main">{words.again}</Button>
          </form>
        </ReaderPage>
      )
    case 'barred':
      return (
        <ReaderPage {...ground} title={words.barredTitle} noindex>
          <p>{words.barred}</p>
        </ReaderPage>
      )
    case 'ended':
      return <EndedPage {...ground} />
    case 'gone':
      return (
        <ReaderPage {...ground} title={words.goneTitle} noindex>
          <p>{words.gone}</p>
          <SignUpAgain {...ground} />
        </ReaderPage>
      )
    case 'invalid':
    case 'foreign':
      return <BadLinkPage {...ground} fault={stand} token={token} wanted="join" />
  }
}

const OpenPage = ({
  signUp,
  wording,
  objectionPath,
  ...ground
}: Ground & Of<'open'> & { objectionPath?: string }) => {
  const words = joiningWords[ground.language].confirm
  return (
    <ReaderPage {...ground} title={words.title} noindex>
      <p class="lead">{wording.text}</p>
      <p class="muted">
        {words.for(signUp.address)}
        {signUp.name && ` · ${words.name(signUp.name)}`}
      </p>
      <form method="post">
        <Button kind="main">{words.button}</Button>
      </form>
      <p class="muted">
        {words.nothing} {objectionPath && <a href={objectionPath}>{words.notMe}</a>}
        {' · '}
        <a href="/privacy">{words.keep}</a>
      </p>
    </ReaderPage>
  )
}

const ConfirmedPage = ({
  signUp,
  newsletters,
  latest,
  token,
  ...ground
}: Ground & Of<'confirmed'> & { token: string }) => {
  const words = joiningWords[ground.language].confirm
  const names = newsletters.map(newsletter => newsletter.name)
  const readable = newsletters.find(
    newsletter => newsletter.id === latest?.newsletterId && newsletter.archivePublic,
  )
  return (
    <ReaderPage {...ground} title={words.doneTitle} noindex>
      <p class="lead">{words.done(sayList(names, ground.language), signUp.address)}</p>
      {latest && (
        <form class="stack" method="post" action={`/confirm/${token}/latest`}>
          <p>{words.latest(latest.subject)}</p>
          <Buttons>
            <Button kind="main">{words.sendNow}</Button>
            {readable && <a href={`/archive/${readable.slug}/${latest.digestId}`}>{words.archive}</a>}
          </Buttons>
        </form>
      )}
    </ReaderPage>
  )
}

/** Nothing of what was asked for takes readers now. */
export const EndedPage = (ground: Ground) => {
  const words = joiningWords[ground.language].confirm
  return (
    <ReaderPage {...ground} title={words.endedTitle} noindex>
      <p>{words.ended}</p>
      <SignUpAgain {...ground} />
    </ReaderPage>
  )
}

/** After asking for another mail, or for the latest edition. */
export const SentPage = ({
  title,
  text,
  address,
  ...ground
}: Ground & { title: string; text: string; address?: string }) => (
  <ReaderPage {...ground} title={title} noindex>
    <p class="lead">{text}</p>
    {address && <NoMail {...ground} address={address} />}
  </ReaderPage>
)

const SignUpAgain = ({ language }: Ground) => (
  <Buttons>
    <ButtonLink kind="main" href="/subscribe">
      {joiningWords[language].signUp.again}
    </ButtonLink>
  </Buttons>
)
