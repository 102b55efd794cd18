import { type Context, Hono } from 'hono'
import { becomeOwner } from '../../actions/first-owner.ts'
import { assertionOptions, signInByPasskey } from '../../actions/passkeys.ts'
import { askForSignIn, signIn } from '../../actions/sign-in.ts'
import { browserName } from '../../domain/browser-name.ts'
import { parseEmailAddress } from '../../domain/email-address.ts'
import { relyingParty } from '../../domain/relying-party.ts'
import { line } from '../../domain/text.ts'
import { accessWords } from '../../domain/words/access.ts'
import { workspacePath } from '../../domain/workspace-path.ts'
import { hasOwner } from '../../store/editors.ts'
import { readPublication } from '../../store/publication.ts'
import { endSession, findSession } from '../../store/sessions.ts'
import { findSignInLink, type SignInLink } from '../../store/sign-in-links.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { bodySize } from '../middleware/body-size.ts'
import { browserCookie } from '../middleware/browser-cookie.ts'
import { tokenPage } from '../middleware/security-headers.ts'
import { sessionCookie } from '../middleware/session-cookie.ts'
import { afterwards } from './afterwards.ts'
import { AskedPage, AskPage, DeadLinkPage, LinkPage, OwnerPage } from './sign-in-pages.tsx'

type C = Context<AppEnv>

/** How editors come in: by a passkey, by a link that is mailed to them, or, the first owner, by the one that is printed. */
export const signInPages = new Hono<AppEnv>()
  .use(tokenPage(), bodySize())
  .get('/', async c => {
    const next = workspacePath(c.req.query('next'))
    const session = sessionCookie.read(c)
    if (session !== undefined && (await findSession(c.var.services.db, session)))
      return c.redirect(next ?? '/admin', 303)
    if (c.req.query('asked') !== undefined) {
      const mailbox = c.var.services.config.transport.kind === 'mailbox'
      return c.html(<AskedPage {...(await common(c))} mailbox={mailbox} />)
    }
    return c.html(<AskPage {...(await common(c))} next={next} />)
  })
  .post('/', async c => {
    const fields = await formFields(c)
    const next = workspacePath(fields.next)
    const props = await common(c)
    const reading = parseEmailAddress(fields.email ?? '')
    if (reading.kind === 'refused') {
      const errors = { email: accessWords[props.language].signIn.notAnAddress }
      return c.html(<AskPage {...props} next={next} fields={fields} errors={errors} />, 422)
    }
    await askForSignIn(c.var.services, reading.address, c.var.wish)
    afterwards.write(c, next)
    return c.redirect('/admin/sign-in?asked', 303)
  })
  .get('/passkey', async c => {
    const options = await assertionOptions(c.var.services, 'sign-in', browserCookie.give(c))
    return options ? c.json(options) : c.notFound()
  })
  .post('/passkey', async c => {
    const fields = await formFields(c)
    const next = workspacePath(fields.next)
    const outcome = await signInByPasskey(c.var.services, {
      text: fields.credential ?? '',
      browser: browserCookie.read(c) ?? '',
      browserName: browserName(c.req.header('user-agent')),
    })
    if (outcome.kind === 'void')
      return c.html(<AskPage {...(await common(c))} next={next} passkeyRefused />, 422)
    await startIn(c, outcome.session)
    return c.redirect(next ?? '/admin', 303)
  })
  .get('/:secret', async c => linkPage(c, await findSignInLink(c.var.services.db, c.req.param('secret'))))
  .post('/:secret', async c => {
    const { services } = c.var
    const secret = c.req.param('secret')
    const link = await findSignInLink(services.db, secret)
    if (link.kind !== 'open') return linkPage(c, link)
    const browser = browserName(c.req.header('user-agent'))
    if (link.for === 'editor') return enter(c, await signIn(services, secret, browser))
    const fields = await formFields(c)
    const owner = readOwner(fields, (await common(c)).language)
    if (owner.kind === 'refused') return linkPage(c, link, { fields, errors: owner.errors })
    return enter(c, await becomeOwner(services, secret, owner, browser, c.var.network))
  })

/** What all these pages show. */
async function common(c: C) {
  const { db } = c.var.services
  const [publication, owned] = await Promise.all([readPublication(db), hasOwner(db)])
  const passkeys = owned && relyingParty(c.var.services.config.publicUrl) !== undefined
  return { language: c.var.wish ?? publication.language, publication, ownerless: !owned, passkeys }
}

type Failed = { fields: Fields; errors: Record<string, string> }

async function linkPage(c: C, link: SignInLink, failed?: Failed) {
  const props = { ...(await common(c)), secret: c.req.param('secret')! }
  if (link.kind !== 'open')
    return c.html(<DeadLinkPage {...props} why={link.kind} />, link.kind === 'unknown' ? 404 : 410)
  if (link.for === 'editor')
    return c.html(<LinkPage {...props} name={link.editor.name || link.editor.address} />)
  // Somebody became an owner by another way meanwhile.
  if (!props.ownerless) return c.html(<DeadLinkPage {...props} why="used" />, 410)
  return c.html(<OwnerPage {...props} {...failed} />, failed ? 422 : 200)
}

function readOwner(fields: Fields, language: 'en' | 'de') {
  const words = accessWords[language].signIn
  const name = line(200).safeParse(fields.name ?? '')
  const reading = parseEmailAddress(fields.email ?? '')
  const errors: Record<string, string> = {}
  if (!name.success) errors.name = words.badName
  else if (name.data === '') errors.name = words.noName
  if (reading.kind === 'refused') errors.email = words.notAnAddress
  if (!name.success || reading.kind === 'refused' || errors.name) return { kind: 'refused', errors } as const
  return { kind: 'owner', name: name.data, address: reading.address } as const
}

/** Signs in where the link was still good; of two clicks at once the second finds it used. */
async function enter(c: C, outcome: { kind: 'signed-in'; session: string } | { kind: 'void' }) {
  if (outcome.kind === 'void') return linkPage(c, { kind: 'used' })
  await startIn(c, outcome.session)
  return c.redirect(afterwards.take(c) ?? '/admin', 303)
}

async function startIn(c: C, session: string) {
  const before = sessionCookie.read(c)
  if (before !== undefined) await endSession(c.var.services.db, before)
  sessionCookie.write(c, session)
}
