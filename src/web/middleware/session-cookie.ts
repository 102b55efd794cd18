import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { sessionDays } from '../../store/sessions.ts'
import type { AppEnv } from '../env.ts'

type C = Context<AppEnv>

// Over https the name says that no other host and no plain connection can have set it (RFC 6265bis, __Host-).
const isSecure = (c: C) => c.var.services.config.publicUrl.startsWith('https:')
const nameOf = (c: C) => (isSecure(c) ? '__Host-broadsheet' : 'broadsheet')

/** The cookie that holds the secret of an editor's session. */
export const sessionCookie = {
  read: (c: C): string | undefined => getCookie(c, nameOf(c)),
  write(c: C, secret: string) {
    setCookie(c, nameOf(c), secret, {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: isSecure(c),
      maxAge: sessionDays * 24 * 60 * 60,
    })
  },
  clear(c: C) {
    deleteCookie(c, nameOf(c), { path: '/', secure: isSecure(c) })
  },
}
