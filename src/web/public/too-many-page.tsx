import { joiningWords } from '../../domain/words/joining.ts'
import { ReaderPage } from '../views/reader-page.tsx'
import type { Ground } from './ground.ts'

/** This network has used up its hour; `wait` in seconds. */
export const TooManyPage = ({ wait, ...ground }: Ground & { wait: number }) => {
  const { title, textOnly, minutes } = joiningWords[ground.language].tooMany
  return (
    <ReaderPage {...ground} title={title} noindex>
      <p>{textOnly(minutes(Math.ceil(wait / 60)))}</p>
    </ReaderPage>
  )
}
