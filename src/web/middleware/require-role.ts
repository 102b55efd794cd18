import { createMiddleware } from 'hono/factory'
import { mayAct, type Role } from '../../domain/roles.ts'
import { refusalPage } from '../admin/refusal.tsx'
import type { AppEnv } from '../env.ts'

/** Behind `signedIn`: refuses whoever's role does not include `role`. */
export const requireRole = (role: Role) =>
  createMiddleware<AppEnv>(async (c, next) => {
    if (mayAct(c.var.actor.role, role)) return next()
    return refusalPage(c, 403, words => words.notYours(role))
  })
