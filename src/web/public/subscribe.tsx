import { Hono } from 'hono'
import { signUp } from '../../actions/sign-up.ts'
import type { TypedSignUp } from '../../domain/sign-up.ts'
import { listNewsletters } from '../../store/newsletters.ts'
import type { AppEnv } from '../env.ts'
import { trapField } from '../views/sign-up-form.tsx'
import { formLimit } from './form-limit.tsx'
import { formSource } from './form-source.ts'
import { groundOf } from './ground.ts'
import { noSuchNewsletter } from './missing.tsx'
import { postedForm } from './posted-form.ts'
import { SubscribePage } from './subscribe-page.tsx'
import { TakenPage } from './taken-page.tsx'

/** The form, and what it sends; forms on other sites send here too, and need neither cookie nor hidden field. */
export const subscribe = new Hono<AppEnv>()
  .get('/subscribe', async c => {
    const newsletters = await listNewsletters(c.var.services.db)
    const slug = c.req.query('newsletter')
    const named = newsletters.find(newsletter => newsletter.slug === slug)
    if (slug && !named) return noSuchNewsletter(c)
    const ground = await groundOf(c, named?.language)
    return c.html(<SubscribePage {...ground} newsletters={newsletters} named={named} />)
  })
  .post('/subscribe', formLimit(), async c => {
    const form = await postedForm(c)
    const typed: TypedSignUp = {
      email: form.one('email'),
      newsletters: form.all('newsletter'),
      name: form.one('name'),
    }
    const newsletters = await listNewsletters(c.var.services.db)
    const named = newsletters.find(newsletter => newsletter.slug === c.req.query('newsletter'))
    const ground = await groundOf(c, named?.language)
    const outcome = await signUp(
      c.var.services,
      { publication: ground.publication, newsletters },
      {
        ...typed,
        ...formSource(c),
        trap: form.one(trapField),
        language: ground.language,
        network: c.var.network,
      },
    )
    switch (outcome.kind) {
      case 'taken':
        return c.html(
          <TakenPage
            {...ground}
            address={outcome.address.address}
            suggestion={outcome.suggestion}
            name={typed.name}
            newsletters={outcome.newsletters}
          />,
        )
      case 'refused':
        return c.html(
          <SubscribePage
            {...ground}
            newsletters={newsletters}
            named={named}
            typed={typed}
            faults={outcome.faults}
          />,
          422,
        )
      case 'too-many':
        c.header('retry-after', String(outcome.retryAfter))
        return c.html(
          <SubscribePage
            {...ground}
            newsletters={newsletters}
            named={named}
            typed={typed}
            wait={outcome.retryAfter}
          />,
          429,
        )
    }
  })
