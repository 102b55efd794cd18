import { preferencesWords } from '../../domain/words/preferences.ts'
import { Button, Buttons } from '../views/parts/buttons.tsx'
import { ReaderPage } from '../views/reader-page.tsx'
import type { Ground } from './ground.ts'

/** What can't be undone gets its own page that says so. */
export const ErasePage = ({ address, token, ...ground }: Ground & { address: string; token: string }) => {
  const words = preferencesWords[ground.language].erase
  return (
    <ReaderPage {...ground} title={words.title} noindex>
      <p class="lead">{words.goes(address)}</p>
      <p>{words.stays}</p>
      <form method="post">
        <Buttons>
          <Button kind="danger">{words.button}</Button>
          <a href={`/preferences/${token}`}>{words.cancel}</a>
        </Buttons>
      </form>
    </ReaderPage>
  )
}

export const ErasedPage = (ground: Ground) => {
  const words = preferencesWords[ground.language].erase
  return (
    <ReaderPage {...ground} title={words.doneTitle} noindex>
      <p class="lead">{words.done}</p>
    </ReaderPage>
  )
}
