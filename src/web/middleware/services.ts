import { createMiddleware } from 'hono/factory'
import type { Services } from '../../actions/services.ts'
import { preferredLanguage } from '../../domain/languages.ts'
import type { AppEnv } from '../env.ts'

/** Puts the services, and the browser's language, into `c.var`. */
export const services = (provide: (env: unknown) => Services) =>
  createMiddleware<AppEnv>(async (c, next) => {
    c.set('services', provide(c.env))
    c.set('wish', preferredLanguage(c.req.header('accept-language')))
    await next()
  })
