import { Hono } from 'hono'
import type { AppEnv } from '../env.ts'
import { bodySize } from '../middleware/body-size.ts'
import { sameOrigin } from '../middleware/same-origin.ts'
import { signedIn } from '../middleware/signed-in.ts'
import { signOut } from './account.tsx'
import { approval } from './approval.tsx'
import { audience } from './audience.tsx'
import { checks } from './checks.tsx'
import { compose } from './compose.tsx'
import { correct } from './correct.tsx'
import { digests } from './digests.tsx'
import { failures } from './failures.tsx'
import { history } from './history.tsx'
import { newsletterTemplate } from './newsletter-template.tsx'
import { newsletters } from './newsletters.tsx'
import { planRuns } from './plan-runs.tsx'
import { plans } from './plans.tsx'
import { previewLinks } from './preview-links.tsx'
import { proof } from './proof.tsx'
import { readers } from './readers.tsx'
import { result } from './result.tsx'
import { sending } from './sending.tsx'
import { settings } from './settings.tsx'
import { signInPages } from './sign-in.tsx'
import { stories } from './stories.tsx'
import { testSend } from './test-send.tsx'
import { withdraw } from './withdraw.tsx'

/** The pages that editors see signed in: mount each resource here. Its routes name their role with `requireRole`. */
const workspace = new Hono<AppEnv>()
  .use(
    signedIn(),
    bodySize({ files: ['/admin/readers/import', '/admin/settings/look/logo', /^\/admin\/stories(\/\d+)?$/] }),
  )
  .get('/', c => c.redirect('/admin/digests', 303))
  .route('/digests', digests)
  .route('/digests', compose)
  .route('/digests', sending)
  .route('/digests', approval)
  .route('/digests', audience)
  .route('/digests', history)
  .route('/digests', checks)
  .route('/digests', testSend)
  .route('/digests', previewLinks)
  .route('/digests', result)
  .route('/digests', failures)
  .route('/plans', plans)
  .route('/plans', planRuns)
  .route('/digests', correct)
  .route('/digests', withdraw)
  .route('/stories', stories)
  .route('/readers', readers)
  .route('/newsletters', newsletterTemplate)
  .route('/newsletters', newsletters)
  .route('/settings', settings)
  .route('/sign-out', signOut)
  .route('/proof', proof)

export const admin = new Hono<AppEnv>()
  .use(sameOrigin({ mayBeOpaque: path => /^\/admin\/sign-in\/(?!passkey$)/.test(path) }))
  .route('/sign-in', signInPages)
  .route('/', workspace)
