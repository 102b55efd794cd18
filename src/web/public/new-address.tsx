import { type Context, Hono } from 'hono'
import { type AddressChange, changeAddress, readAddressChange } from '../../actions/change-address.ts'
import { maskAddress } from '../../domain/email-address.ts'
import { preferencesWords } from '../../domain/words/preferences.ts'
import type { AppEnv } from '../env.ts'
import { tokenPage } from '../middleware/security-headers.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { ReaderPage } from '../views/reader-page.tsx'
import { BadLinkPage } from './bad-link-page.tsx'
import { formLimit } from './form-limit.tsx'
import { type Ground, groundOf } from './ground.ts'

const statusOf = {
  open: 200,
  changed: 200,
  taken: 409,
  barred: 410,
  expired: 410,
  gone: 410,
  invalid: 404,
  foreign: 404,
} as const satisfies Record<AddressChange['kind'], number>

/** The link that proves a reader's new address. */
export const newAddress = new Hono<AppEnv>()
  .use('/new-address/*', tokenPage(), formLimit())
  .get('/new-address/:token', async c => {
    const token = c.req.param('token')
    return answer(c, token, await readAddressChange(c.var.services, token))
  })
  .post('/new-address/:token', async c => {
    const token = c.req.param('token')
    return answer(c, token, await changeAddress(c.var.services, token, c.var.network))
  })

async function answer(c: Context<AppEnv>, token: string, stand: AddressChange) {
  const ground = await groundOf(c, 'subscriber' in stand ? stand.subscriber.locale : undefined)
  return c.html(<NewAddressPage {...ground} stand={stand} token={token} />, statusOf[stand.kind])
}

// Whoever reads at the new address may not be the reader: the old one is masked here.
const NewAddressPage = ({ stand, token, ...ground }: Ground & { stand: AddressChange; token: string }) => {
  const words = preferencesWords[ground.language].newAddress
  const page = (title: string, text: string, way: 'preferences' | 'none' = 'none') => (
    <ReaderPage {...ground} title={title} noindex>
      <p class="lead">{text}</p>
      {way === 'preferences' && (
        <Buttons>
          <ButtonLink href="/preferences">{words.preferences}</ButtonLink>
        </Buttons>
      )}
    </ReaderPage>
  )
  switch (stand.kind) {
    case 'open':
      return (
        <ReaderPage {...ground} title={words.title} noindex>
          <p class="lead">{words.text(maskAddress(stand.subscriber.address), stand.newAddress)}</p>
          <p>{stand.wording.text}</p>
          <form method="post">
            <Button kind="main">{words.button}</Button>
          </form>
        </ReaderPage>
      )
    case 'changed':
      return page(words.doneTitle, words.done(stand.newAddress))
    case 'taken':
      return page(words.takenTitle, words.taken(stand.newAddress), 'preferences')
    case 'barred':
      return page(words.barredTitle, words.barred(stand.newAddress))
    case 'expired':
      return page(words.expiredTitle, words.expired, 'preferences')
    case 'gone':
      return page(words.goneTitle, words.gone)
    case 'invalid':
    case 'foreign':
      return <BadLinkPage {...ground} fault={stand} token={token} wanted="leave" />
  }
}
