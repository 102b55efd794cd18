import type { Language } from '../../domain/languages.ts'
import { siteWords } from '../../domain/words/site.ts'
import type { Edition } from '../../store/editions.ts'
import { Time } from './parts/time.tsx'

/** Editions with their days, newest first. */
export const EditionList = ({ editions, language }: { editions: readonly Edition[]; language: Language }) => (
  <ul class="editions">
    {editions.map(({ digestId, newsletter, subject, startedAt }) => (
      <li>
        <Time at={startedAt} zone={newsletter.timeZone} language={language} as="day" />
        <a
          href={`/archive/${newsletter.slug}/${digestId}`}
          lang={newsletter.language === language ? undefined : newsletter.language}
        >
          {subject || siteWords[language].archive.untitled}
        </a>
      </li>
    ))}
  </ul>
)
