import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { joiningWords } from '../../domain/words/joining.ts'
import type { AppEnv } from '../env.ts'
import { ReaderPage } from '../views/reader-page.tsx'
import { groundOf } from './ground.ts'

/** No form of a reader's page needs more than 64 KB: what is larger is refused before it is read. */
export const formLimit = () =>
  bodyLimit({
    maxSize: 64 * 1024,
    onError: async (c: Context<AppEnv>) => {
      const ground = await groundOf(c)
      const words = joiningWords[ground.language].tooLarge
      return c.html(
        <ReaderPage {...ground} title={words.title} noindex>
          <p>{words.text}</p>
          <p>
            <a href={c.req.path}>{words.back}</a>
          </p>
        </ReaderPage>,
        413,
      )
    },
  })
