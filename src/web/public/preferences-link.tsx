import { Hono } from 'hono'
import { requestLink } from '../../actions/request-link.ts'
import type { AppEnv } from '../env.ts'
import { formLimit } from './form-limit.tsx'
import { groundOf } from './ground.ts'
import { postedForm } from './posted-form.ts'
import { AskForLinkPage, LinkTakenPage } from './preferences-link-pages.tsx'

/** Without a token: mails a fresh link, with one answer for all addresses. */
export const preferencesLink = new Hono<AppEnv>()
  .get('/preferences', async c => c.html(<AskForLinkPage {...(await groundOf(c))} />))
  .post('/preferences', formLimit(), async c => {
    const email = (await postedForm(c)).one('email')
    const outcome = await requestLink(c.var.services, { email, network: c.var.network })
    const ground = await groundOf(c)
    switch (outcome.kind) {
      case 'taken':
        return c.html(<LinkTakenPage {...ground} address={outcome.address} />)
      case 'refused':
        return c.html(<AskForLinkPage {...ground} email={email.slice(0, 1000)} fault={outcome.reason} />, 422)
      case 'too-many':
        c.header('retry-after', String(outcome.retryAfter))
        return c.html(
          <AskForLinkPage {...ground} email={email.slice(0, 1000)} wait={outcome.retryAfter} />,
          429,
        )
    }
  })
