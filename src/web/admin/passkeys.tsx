import { type Context, Hono } from 'hono'
import { registerPasskey, registrationOptions, unregisterPasskey } from '../../actions/passkeys.ts'
import { browserName } from '../../domain/browser-name.ts'
import { listPasskeys } from '../../store/passkeys.ts'
import type { AppEnv } from '../env.ts'
import { formFields } from '../form-fields.ts'
import { requireFresh } from '../middleware/require-fresh.ts'
import { sessionCookie } from '../middleware/session-cookie.ts'
import { pathId } from '../path-id.ts'
import { actingOf, editorOf, workspaceFrame } from './frame.ts'
import { RemovePasskeyPage } from './passkeys-part.tsx'
import { refusalPage } from './refusal.tsx'

type C = Context<AppEnv>

const account = '/admin/settings/you'

/**
 * An editor's own passkeys, mounted on their page. Whoever only found a browser signed in must not make a key of their
 * own for it: all of it needs a fresh proof.
 */
export const passkeys = new Hono<AppEnv>()
  .get('/new', requireFresh(account), async c => {
    const options = await registrationOptions(c.var.services, editorOf(c), sessionCookie.read(c)!)
    return options ? c.json(options) : c.notFound()
  })
  .post('/new', requireFresh(account), async c => {
    const { credential = '' } = await formFields(c)
    const outcome = await registerPasskey(
      c.var.services,
      {
        editor: editorOf(c),
        browser: sessionCookie.read(c)!,
        text: credential,
        browserName: browserName(c.req.header('user-agent')),
      },
      actingOf(c),
    )
    return c.redirect(`${account}?done=${outcome.kind === 'added' ? 'passkey-added' : outcome.kind}`, 303)
  })
  .get('/:id/remove', requireFresh(), async c => {
    const passkey = await thePasskey(c)
    if (!passkey) return refusalPage(c, 404, words => words.missing)
    return c.html(<RemovePasskeyPage {...(await workspaceFrame(c))} passkey={passkey} />)
  })
  .post('/:id/remove', requireFresh(), async c => {
    const id = pathId(c)
    if (id !== undefined)
      await unregisterPasskey(c.var.services, { id, editorId: editorOf(c).id }, actingOf(c))
    return c.redirect(`${account}?done=passkey-removed`, 303)
  })

async function thePasskey(c: C) {
  const theirs = await listPasskeys(c.var.services.db, editorOf(c).id)
  return theirs.find(({ id }) => id === pathId(c))
}
