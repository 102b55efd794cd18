import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { newSecret } from '../../domain/secrets.ts'
import type { AppEnv } from '../env.ts'

type C = Context<AppEnv>

const name = 'broadsheet-browser'

/** Tells a browser that is not signed in from all others, for as long as a challenge of a passkey is good. */
export const browserCookie = {
  read: (c: C): string | undefined => getCookie(c, name)?.slice(0, 100),
  /** Its secret, which it is given where it has none. */
  give(c: C): string {
    const secret = browserCookie.read(c) || newSecret()
    setCookie(c, name, secret, {
      path: '/admin/sign-in',
      httpOnly: true,
      sameSite: 'Strict',
      secure: c.var.services.config.publicUrl.startsWith('https:'),
      maxAge: 10 * 60,
    })
    return secret
  },
}
