import type { Language } from '../../domain/languages.ts'
import { sayList } from '../../domain/say-list.ts'
import { composeWords } from '../../domain/words/compose.ts'
import { Notice } from '../views/parts/status.tsx'

type Props = {
  language: Language
  others: { name: string }[]
  /** Where the newer version is read that somebody saved since this page was. */
  newer?: string
}

/** Who else has the digest open, and whether they have saved since. */
export const Visitors = ({ language, others, newer }: Props) => {
  const words = composeWords[language]
  const names = others.map(other => other.name)
  return (
    <div id="visitors">
      {(names.length > 0 || newer) && (
        <Notice tone={newer ? 'look' : 'plain'}>
          <p>
            {names.length > 0 && words.alsoHere(sayList(names, language), names.length)}{' '}
            {newer && (
              <>
                {words.newer} <a href={newer}>{words.load}</a>
              </>
            )}
          </p>
        </Notice>
      )}
    </div>
  )
}
