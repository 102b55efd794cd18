import { type Context, Hono } from 'hono'
import { type Objection, object, readObjection } from '../../actions/object.ts'
import { maskAddress } from '../../domain/email-address.ts'
import { sayList } from '../../domain/say-list.ts'
import { joiningWords } from '../../domain/words/joining.ts'
import type { AppEnv } from '../env.ts'
import { tokenPage } from '../middleware/security-headers.ts'
import { Button } from '../views/parts/buttons.tsx'
import { ReaderPage } from '../views/reader-page.tsx'
import { BadLinkPage } from './bad-link-page.tsx'
import { formLimit } from './form-limit.tsx'
import { type Ground, groundOf } from './ground.ts'

const statusOf = { open: 200, objected: 200, gone: 410, invalid: 404, foreign: 404 } as const

/** "This wasn't me, never write again", from the confirmation's mail. */
export const notMe = new Hono<AppEnv>()
  .use('/not-me/*', tokenPage(), formLimit())
  .get('/not-me/:token', async c => {
    const token = c.req.param('token')
    return answer(c, token, await readObjection(c.var.services, token))
  })
  .post('/not-me/:token', async c => {
    const token = c.req.param('token')
    return answer(c, token, await object(c.var.services, token, c.var.network))
  })

async function answer(c: Context<AppEnv>, token: string, stand: Objection) {
  const ground = await groundOf(c, 'signUp' in stand ? stand.signUp.language : undefined)
  return c.html(<ObjectionPage {...ground} stand={stand} token={token} />, statusOf[stand.kind])
}

const ObjectionPage = ({ stand, token, ...ground }: Ground & { stand: Objection; token: string }) => {
  const { notMe: words, confirm } = joiningWords[ground.language]
  switch (stand.kind) {
    case 'open':
      return (
        <ReaderPage {...ground} title={words.title} noindex>
          <p>{words.text(maskAddress(stand.signUp.address))}</p>
          {stand.reads.length > 0 && <p>{words.reads(sayList(stand.reads, ground.language))}</p>}
          <p>{words.final}</p>
          <form method="post">
            <Button kind="main">{words.button}</Button>
          </form>
        </ReaderPage>
      )
    case 'objected':
      return (
        <ReaderPage {...ground} title={words.doneTitle} noindex>
          <p class="lead">{words.done(maskAddress(stand.signUp.address))}</p>
        </ReaderPage>
      )
    case 'gone':
      return (
        <ReaderPage {...ground} title={confirm.goneTitle} noindex>
          <p>{confirm.gone}</p>
        </ReaderPage>
      )
    case 'invalid':
    case 'foreign':
      return <BadLinkPage {...ground} fault={stand} token={token} wanted="leave" />
  }
}
