import { type Context, Hono } from 'hono'
import { dispatchDigest } from '../../actions/dispatch-digest.ts'
import { embargoOf } from '../../actions/embargo.ts'
import { preflight } from '../../actions/preflight.ts'
import { type Finding, warningsOf } from '../../domain/preflight/finding.ts'
import { fingerprint } from '../../domain/preflight/fingerprint.ts'
import { mayAct } from '../../domain/roles.ts'
import { sayFound } from '../../domain/words/findings.ts'
import { momentAt } from '../../domain/zoned-time.ts'
import { countAudience } from '../../store/audience.ts'
import { type Digest, readershipOf } from '../../store/digests.ts'
import { findNewslettersById } from '../../store/newsletters.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { digestOf, missing } from './digest-of.ts'
import { byOf, workspaceFrame } from './frame.ts'
import { SendPage, type SendProps } from './send-page.tsx'

type C = Context<AppEnv>

/** A digest on its way out: the last page before it goes. What comes of it stands in result.tsx. */
export const sending = new Hono<AppEnv>()
  .get('/:id/send', requireRole('writer'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    if (digest.state !== 'draft' && digest.state !== 'scheduled')
      return c.redirect(`/admin/digests/${digest.id}`, 303)
    const { tested, ended } = c.req.query()
    return sendPage(c, digest, { tested, ended: ended !== undefined })
  })
  .post('/:id/send', requireRole('editor'), async c => dispatch(c, await formFields(c)))
  .post('/:id/schedule', requireRole('editor'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    const fields = await formFields(c)
    const typed = fields.at ?? ''
    const breaking = isBreaking(fields)
    const { publication } = await workspaceFrame(c)
    const at = momentAt(typed, publication.timeZone)
    if (!at) return sendPage(c, digest, { breaking, at: { typed, error: 'timeMissing' } }, 422)
    if (at.getTime() < Date.now())
      return sendPage(c, digest, { breaking, at: { typed, error: 'timePast' } }, 422)
    return dispatch(c, fields, { at, typed })
  })

const isBreaking = (fields: Fields) => fields.breaking !== undefined

async function dispatch(c: C, fields: Fields, wish?: { at: Date; typed: string }) {
  const { services } = c.var
  const digest = await digestOf(c)
  if (!digest) return missing(c)
  const breaking = isBreaking(fields)
  const at = wish && { typed: wish.typed }
  const { at: due } = wish ?? {}
  if (fields.seen !== undefined && (await hasNews(c, digest, fields.seen, due)))
    return sendPage(c, digest, { breaking, at, news: true }, 409, due)
  const outcome = await dispatchDigest(services, digest.id, { at: due, breaking, by: byOf(c) })
  switch (outcome.kind) {
    case 'created':
    case 'same':
      return c.redirect(
        `/admin/digests/${digest.id}${outcome.dispatch.state === 'scheduled' && due ? '/send' : ''}`,
        303,
      )
    case 'another-time':
      return sendPage(c, digest, { breaking, at: { typed: wish?.typed ?? '', error: 'another' } }, 409)
    case 'refused':
      return sendPage(
        c,
        digest,
        { breaking, at: at && { ...at, ...(await tooEarly(c, outcome.errors)) } },
        409,
      )
    case 'not-found':
      return missing(c)
  }
}

/** Whether something is to be looked at, now or at the time wished, that was not on the page from which it is sent. */
async function hasNews(c: C, digest: Digest, seen: string, due?: Date): Promise<boolean> {
  if (digest.state !== 'draft') return false
  const known = new Set(seen.split(' '))
  const warnings = warningsOf(await preflight(c.var.services, digest, { at: due }))
  return warnings.some(found => !known.has(fingerprint(found)))
}

/** An embargo that is not over by then is a fault of the time. */
async function tooEarly(c: C, errors: readonly Finding[]): Promise<{ why?: string }> {
  const { language, publication } = await workspaceFrame(c)
  const embargo = errors.find(found => found.code === 'embargo')
  return embargo ? { why: sayFound(embargo, language, publication.timeZone) } : {}
}

/** The last page before a digest goes, with what came of the form that was sent; `due`: as things stand then. */
export async function sendPage(
  c: C,
  digest: Digest,
  more: Partial<SendProps>,
  status: 200 | 409 | 422 = 200,
  due?: Date,
) {
  const { db, config } = c.var.services
  const ids = digest.newsletters.map(one => one.id)
  const [frame, findings, readers, newsletters, embargo] = await Promise.all([
    workspaceFrame(c),
    preflight(c.var.services, digest, { at: due }),
    countAudience(db, readershipOf(digest)),
    findNewslettersById(db, ids),
    embargoOf(db, digest),
  ])
  const from = newsletters.map(one => {
    const name = one.senderName || frame.publication.senderName || frame.publication.name
    const address = one.senderAddress || frame.publication.senderAddress
    return address ? `${name} <${address}>` : name
  })
  const props: SendProps = {
    frame,
    digest,
    findings,
    embargo,
    readers,
    from: [...new Set(from)],
    caught: config.transport.kind === 'mailbox',
    maySend: mayAct(c.var.actor.role, 'editor'),
    test: { who: 'me', to: '' },
    ...more,
  }
  return c.html(<SendPage {...props} />, status)
}
