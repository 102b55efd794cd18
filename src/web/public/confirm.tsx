import { type Context, Hono } from 'hono'
import { askAgain } from '../../actions/ask-again.ts'
import { type Confirmation, confirm, readConfirmation } from '../../actions/confirm.ts'
import { sendLatestEdition } from '../../actions/send-latest-edition.ts'
import { sayList } from '../../domain/say-list.ts'
import { signToken } from '../../domain/tokens.ts'
import { joiningWords } from '../../domain/words/joining.ts'
import type { AppEnv } from '../env.ts'
import { tokenPage } from '../middleware/security-headers.ts'
import { ConfirmPage, EndedPage, SentPage } from './confirm-pages.tsx'
import { formLimit } from './form-limit.tsx'
import { groundOf } from './ground.ts'
import { TooManyPage } from './too-many-page.tsx'

const statusOf = {
  open: 200,
  confirmed: 200,
  used: 200,
  expired: 410,
  barred: 410,
  ended: 410,
  gone: 410,
  invalid: 404,
  foreign: 404,
} as const satisfies Record<Confirmation['kind'], number>

/** What a confirmation's link opens. Looking changes nothing, however often; only the buttons post. */
export const confirmation = new Hono<AppEnv>()
  .use('/confirm/*', tokenPage(), formLimit())
  .get('/confirm/:token', async c => {
    const token = c.req.param('token')
    return answer(c, token, await readConfirmation(c.var.services, token))
  })
  .post('/confirm/:token', async c => {
    const token = c.req.param('token')
    return answer(c, token, await confirm(c.var.services, token, c.var.network))
  })
  .post('/confirm/:token/again', async c => {
    const token = c.req.param('token')
    const stand = await readConfirmation(c.var.services, token)
    if (stand.kind !== 'expired') return answer(c, token, stand)
    const outcome = await askAgain(c.var.services, token, c.var.network)
    const ground = await groundOf(c, stand.signUp.language)
    switch (outcome.kind) {
      case 'taken': {
        const { title, text } = joiningWords[ground.language].taken
        const { address } = stand.signUp
        const names = sayList(outcome.newsletters, ground.language)
        return c.html(<SentPage {...ground} title={title} text={text(address, names)} address={address} />)
      }
      case 'too-many':
        c.header('retry-after', String(outcome.retryAfter))
        return c.html(<TooManyPage {...ground} wait={outcome.retryAfter} />, 429)
      case 'ended':
      case 'unknown':
        return c.html(<EndedPage {...ground} />, 410)
    }
  })
  .post('/confirm/:token/latest', async c => {
    const token = c.req.param('token')
    const stand = await readConfirmation(c.var.services, token)
    if (stand.kind !== 'confirmed') return answer(c, token, stand)
    const outcome = await sendLatestEdition(c.var.services, token)
    const ground = await groundOf(c, stand.signUp.language)
    const words = joiningWords[ground.language].confirm
    return c.html(
      outcome.kind === 'queued' ? (
        <SentPage {...ground} title={words.latestTitle} text={words.latestText(outcome.subject)} />
      ) : (
        <SentPage {...ground} title={words.nothingToSendTitle} text={words.nothingToSend} />
      ),
    )
  })

async function answer(c: Context<AppEnv>, token: string, stand: Confirmation) {
  const ground = await groundOf(c, 'signUp' in stand ? stand.signUp.language : undefined)
  const objectionPath =
    stand.kind === 'open'
      ? `/not-me/${signToken(c.var.services.keys, { purpose: 'objection', signUp: stand.signUp.id })}`
      : undefined
  return c.html(
    <ConfirmPage {...ground} stand={stand} token={token} objectionPath={objectionPath} />,
    statusOf[stand.kind],
  )
}
