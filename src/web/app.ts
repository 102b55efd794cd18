import { Hono } from 'hono'
import type { Services } from '../actions/services.ts'
import { admin } from './admin/admin.ts'
import { api } from './api/api.ts'
import { assets } from './assets.ts'
import type { AppEnv } from './env.ts'
import { mailbox } from './mailbox/mailbox.tsx'
import { failures } from './middleware/failures.ts'
import { network } from './middleware/network.ts'
import { securityHeaders } from './middleware/security-headers.ts'
import { services } from './middleware/services.ts'
import { pictures } from './pictures.ts'
import { probes } from './probes.ts'
import { pages } from './public/pages.ts'

/**
 * The whole of the web: pages, workspace, API and probes. `provide` gives the services of a request: always the
 * same ones on Node, new ones per request on Workers.
 */
export function createApp(provide: (env: unknown) => Services) {
  const app = new Hono<AppEnv>()
  app.onError(failures.onError)
  app.notFound(c => failures.notFound(c, methodsAt(app, c.req.path)))
  app.use(services(provide), network(), securityHeaders())
  return app
    .route('/', probes)
    .route('/', assets)
    .route('/', pictures)
    .route('/', pages)
    .route('/admin', admin)
    .route('/mailbox', mailbox)
    .route('/api/v1', api)
}

/** The methods that a route of this path takes, middleware aside; HEAD is served wherever GET is. */
function methodsAt({ router, routes }: Hono<AppEnv>, path: string): string[] {
  const known = [...new Set(routes.map(({ method }) => method))].filter(method => method !== 'ALL')
  return known
    .filter(method => router.match(method, path)[0].some(([[, route]]) => route.method === method))
    .flatMap(method => (method === 'GET' ? ['GET', 'HEAD'] : method))
}
