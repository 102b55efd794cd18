import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { AppEnv } from '../env.ts'
import { problem } from '../middleware/failures.ts'
import { articlesApi } from './articles.ts'
import { jsonOnly } from './contract.ts'
import { describeApi } from './description.ts'
import { digestLooksApi } from './digest-looks.ts'
import { digestsApi } from './digests.ts'
import { dispatchApi } from './dispatch.ts'
import { failuresApi } from './failures.ts'
import { importsApi } from './imports.ts'
import { mailboxApi } from './mailbox.ts'
import { newslettersApi } from './newsletters.ts'
import { picturesApi } from './pictures.ts'
import { resultsApi } from './results.ts'
import { signUpsApi } from './sign-ups.ts'
import { subscribersApi } from './subscribers.ts'
import { subscriptionsApi } from './subscriptions.ts'

const mostBytes = 1024 * 1024

const resources = new Hono<AppEnv>()
  // Before the limit of all others: a picture's file has its own, and a chunk of readers.
  .route('/pictures', picturesApi)
  .route('/subscribers/imports', importsApi)
  .use(bodyLimit({ maxSize: mostBytes, onError: () => problem(413, 'A request’s body may have 1 MB') }))
  .use('/newsletters/*', jsonOnly)
  .use('/articles/*', jsonOnly)
  .use('/digests/*', jsonOnly)
  .use('/subscribers/*', jsonOnly)
  .route('/newsletters', newslettersApi)
  .route('/articles', articlesApi)
  .route('/digests', digestsApi)
  .route('/digests', digestLooksApi)
  .route('/digests', dispatchApi)
  .route('/digests', failuresApi)
  .route('/digests', resultsApi)
  .route('/signups', signUpsApi)
  .route('/subscribers', subscribersApi)
  .route('/subscriptions', subscriptionsApi)
  .route('/mailbox', mailboxApi)

let description: Awaited<ReturnType<typeof describeApi>> | undefined

export const api = new Hono<AppEnv>()
  .get('/openapi.json', async c => {
    description ??= await describeApi(resources)
    return c.json(description)
  })
  .route('/', resources)
