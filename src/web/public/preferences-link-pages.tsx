import type { AddressRefusal } from '../../domain/email-address.ts'
import { joiningWords } from '../../domain/words/joining.ts'
import { preferencesWords } from '../../domain/words/preferences.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Notice } from '../views/parts/status.tsx'
import { ReaderPage } from '../views/reader-page.tsx'
import { LinkForm } from './bad-link-page.tsx'
import type { Ground } from './ground.ts'

type AskProps = Ground & { email?: string; fault?: AddressRefusal; wait?: number }

/** Asks for the address that a link is mailed to. */
export const AskForLinkPage = ({ email, fault, wait, ...ground }: AskProps) => {
  const { link } = preferencesWords[ground.language]
  const { faults, tooMany } = joiningWords[ground.language]
  return (
    <ReaderPage {...ground} title={link.title} noindex>
      {wait !== undefined && (
        <Notice tone="fix" title={tooMany.title}>
          <p>{tooMany.text(tooMany.minutes(Math.ceil(wait / 60)))}</p>
        </Notice>
      )}
      <p>{link.text}</p>
      <LinkForm language={ground.language} email={email} error={fault && faults.email[fault]} />
    </ReaderPage>
  )
}

/** The same for every address; without one where the asker has not typed it. */
export const LinkTakenPage = ({ address, ...ground }: Ground & { address?: string }) => {
  const { link, changed } = preferencesWords[ground.language]
  return (
    <ReaderPage {...ground} title={link.takenTitle} noindex>
      <p class="lead">{address ? link.taken(address) : changed.linkMailed}</p>
      <h2>{link.hints}</h2>
      <ul class="hints">
        <li>{link.hintWait}</li>
        <li>{link.hintOther}</li>
        <li>{link.hintLimits}</li>
      </ul>
    </ReaderPage>
  )
}

export const ExpiredPage = ({ token, ...ground }: Ground & { token: string }) => {
  const { link } = preferencesWords[ground.language]
  return (
    <ReaderPage {...ground} title={link.expiredTitle} noindex>
      <p>{link.expired}</p>
      <form method="post" action={`/preferences/${token}/link`}>
        <Button kind="main">{link.button}</Button>
      </form>
    </ReaderPage>
  )
}

export const GonePage = (ground: Ground) => {
  const { link } = preferencesWords[ground.language]
  return (
    <ReaderPage {...ground} title={link.goneTitle} noindex>
      <p>{link.gone}</p>
      <Buttons>
        <ButtonLink kind="main" href="/subscribe">
          {joiningWords[ground.language].signUp.link}
        </ButtonLink>
      </Buttons>
    </ReaderPage>
  )
}
