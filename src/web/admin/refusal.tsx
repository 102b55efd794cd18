import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type AccessWords, accessWords } from '../../domain/words/access.ts'
import { readPublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { ReaderPage } from '../views/reader-page.tsx'

/** A page that says what was refused, why, and that nothing changed. */
export async function refusalPage(
  c: Context<AppEnv>,
  status: ContentfulStatusCode,
  choose: (words: AccessWords) => { title: string; text: string },
) {
  const { actor, wish, services } = c.var
  const publication = await readPublication(services.db)
  const language = actor?.kind === 'editor' ? actor.language : (wish ?? publication.language)
  const { title, text } = choose(accessWords[language])
  return c.html(
    <ReaderPage title={title} publication={publication} language={language} noindex>
      <p>{text}</p>
      <p>
        <a href="/admin">{accessWords[language].back}</a>
      </p>
    </ReaderPage>,
    status,
  )
}
