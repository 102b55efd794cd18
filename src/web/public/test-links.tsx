import { type Context, Hono } from 'hono'
import { leavingWords } from '../../domain/words/leaving.ts'
import { previewWords } from '../../domain/words/previews.ts'
import { findNewsletter } from '../../store/newsletters.ts'
import type { AppEnv } from '../env.ts'
import { tokenPage } from '../middleware/security-headers.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Notice } from '../views/parts/status.tsx'
import { ReaderPage } from '../views/reader-page.tsx'
import { groundOf } from './ground.ts'

/** Where the links of a test lead: the pages that readers would find, and nothing that changes. */
export const testLinks = new Hono<AppEnv>()
  .use('/unsubscribe/test', tokenPage())
  .use('/preferences/test', tokenPage())
  .get('/unsubscribe/test', async c => {
    const { newsletter, ground } = await testOf(c)
    const { test } = previewWords[ground.language]
    const words = leavingWords[ground.language].unsubscribe
    return c.html(
      <ReaderPage {...ground} title={newsletter ? words.title(newsletter.name) : words.titleMany} noindex>
        <Notice tone="look" title={test.notice}>
          <p>{test.leaving}</p>
        </Notice>
        <form class="form" method="post">
          <Button kind="main" name="page" value="1">
            {newsletter ? words.button(newsletter.name) : words.buttonMany}
          </Button>
        </form>
      </ReaderPage>,
    )
  })
  .get('/preferences/test', async c => {
    const { ground } = await testOf(c)
    const { test } = previewWords[ground.language]
    return c.html(
      <ReaderPage {...ground} title={test.preferencesTitle} noindex>
        <Notice tone="look" title={test.notice}>
          <p>{test.preferences}</p>
        </Notice>
      </ReaderPage>,
    )
  })
  .post('/unsubscribe/test', c => nothingDone(c))
  .post('/preferences/test', c => nothingDone(c))

/** In the newsletter's language, where the link names one that is there. */
async function testOf(c: Context<AppEnv>) {
  const newsletter = await findNewsletter(c.var.services.db, c.req.query('newsletter') ?? '')
  return { newsletter, ground: await groundOf(c, newsletter?.language) }
}

async function nothingDone(c: Context<AppEnv>) {
  const { ground } = await testOf(c)
  const { test } = previewWords[ground.language]
  return c.html(
    <ReaderPage {...ground} title={test.doneTitle} noindex>
      <p class="lead">{test.done}</p>
    </ReaderPage>,
  )
}
