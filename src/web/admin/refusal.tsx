import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type AccessWords, accessWords } from '../../domain/words/access.ts'
import type { AppEnv } from '../env.ts'

/** A page that says what was refused, why, and that nothing changed. */
export function refusalPage(
  c: Context<AppEnv>,
  status: ContentfulStatusCode,
  choose: (words: AccessWords) => { title: string; text: string },
) {
  const { actor, wish } = c.var
  const language = actor?.kind === 'editor' ? actor.language : (wish ?? 'en')
  const words = choose(accessWords[language])
  return c.html(
    <html lang={language}>
      <head>
        <title>{words.title}</title>
      </head>
      <body>
        <h1>{words.title}</h1>
        <p>{words.text}</p>
      </body>
    </html>,
    status,
  )
}
