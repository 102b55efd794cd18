import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { workspacePath } from '../../domain/workspace-path.ts'
import type { AppEnv } from '../env.ts'

type C = Context<AppEnv>

/** The page that was asked for before a sign-in waits in this browser while the mail is on its way. */
export const afterwards = {
  write(c: C, path: string | undefined) {
    if (path)
      setCookie(c, 'broadsheet-next', path, {
        path: '/admin/sign-in',
        httpOnly: true,
        sameSite: 'Lax',
        secure: c.var.services.config.publicUrl.startsWith('https:'),
        maxAge: 3600,
      })
  },
  take(c: C): string | undefined {
    const path = workspacePath(getCookie(c, 'broadsheet-next'))
    if (path) deleteCookie(c, 'broadsheet-next', { path: '/admin/sign-in' })
    return path
  },
}
