import { type Context, Hono } from 'hono'
import { assertionOptions, proveByPasskey } from '../../actions/passkeys.ts'
import { mailProof } from '../../actions/sign-in.ts'
import { parseEmailAddress } from '../../domain/email-address.ts'
import { relyingParty } from '../../domain/relying-party.ts'
import { workspacePath } from '../../domain/workspace-path.ts'
import { listPasskeys } from '../../store/passkeys.ts'
import type { AppEnv } from '../env.ts'
import { formFields } from '../form-fields.ts'
import { proofPath } from '../middleware/require-fresh.ts'
import { requireRole } from '../middleware/require-role.ts'
import { sessionCookie } from '../middleware/session-cookie.ts'
import { afterwards } from './afterwards.ts'
import { editorOf, workspaceFrame } from './frame.ts'
import { ProofMailedPage, ProofPage, ProvenPage } from './proof-pages.tsx'

type C = Context<AppEnv>

/** Where an editor proves anew who they are, before what needs it, and is led back. */
export const proof = new Hono<AppEnv>()
  .use(requireRole('writer'))
  .get('/', async c => {
    const next = workspacePath(c.req.query('next'))
    if (c.var.fresh)
      return next ? c.redirect(next, 303) : c.html(<ProvenPage {...(await workspaceFrame(c))} />)
    if (c.req.query('mailed') === undefined) return proofPage(c, next)
    const mailbox = c.var.services.config.transport.kind === 'mailbox'
    return c.html(<ProofMailedPage {...(await workspaceFrame(c))} {...{ next, mailbox }} />)
  })
  .get('/passkey', async c => {
    const options = await assertionOptions(c.var.services, 'prove', sessionCookie.read(c)!, editorOf(c).id)
    return options ? c.json(options) : c.notFound()
  })
  .post('/passkey', async c => {
    const fields = await formFields(c)
    const next = workspacePath(fields.next)
    const outcome = await proveByPasskey(c.var.services, {
      text: fields.credential ?? '',
      session: sessionCookie.read(c)!,
      editorId: editorOf(c).id,
    })
    return outcome === 'proven' ? c.redirect(next ?? proofPath(), 303) : proofPage(c, next, 'passkey-refused')
  })
  .post('/link', async c => {
    const next = workspacePath((await formFields(c)).next)
    const reading = parseEmailAddress(editorOf(c).address)
    const outcome = reading.kind === 'address' ? await mailProof(c.var.services, reading.address) : 'too-many'
    if (outcome === 'too-many') return proofPage(c, next, outcome)
    afterwards.write(c, next ?? proofPath())
    return c.redirect(next ? `${proofPath(next)}&mailed` : `${proofPath()}?mailed`, 303)
  })

async function proofPage(c: C, next: string | undefined, refused?: 'passkey-refused' | 'too-many') {
  const { db, config } = c.var.services
  const [frame, passkeys] = await Promise.all([workspaceFrame(c), listPasskeys(db, editorOf(c).id)])
  const byPasskey = passkeys.length > 0 && relyingParty(config.publicUrl) !== undefined
  const status = refused === 'too-many' ? 429 : refused ? 422 : 200
  return c.html(<ProofPage {...frame} {...{ next, refused, byPasskey }} />, status)
}
