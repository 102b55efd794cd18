import { type Context, Hono } from 'hono'
import { dispatchDigest } from '../../actions/dispatch-digest.ts'
import { embargoOf } from '../../actions/embargo.ts'
import { preflight } from '../../actions/preflight.ts'
import { stopDigest } from '../../actions/steer-dispatch.ts'
import { type TimeWish, wishOf } from '../../domain/approval.ts'
import { warningsOf } from '../../domain/preflight/finding.ts'
import { fingerprint } from '../../domain/preflight/fingerprint.ts'
import { mayAct } from '../../domain/roles.ts'
import { sayFound } from '../../domain/words/findings.ts'
import { countAudience } from '../../store/audience.ts'
import { type Digest, readershipOf } from '../../store/digests.ts'
import { findNewslettersById } from '../../store/newsletters.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { approvalView } from './approval-view.ts'
import { audienceInWords } from './audience-words.ts'
import { isOpen } from './compose-props.ts'
import { digestOf, missing } from './digest-of.ts'
import { byOf, workspaceFrame } from './frame.ts'
import { SendPage, type SendProps } from './send-page.tsx'
import { readTime, type TypedTime, typedTime } from './time-choice.tsx'

type C = Context<AppEnv>

/** A digest on its way out: the last page before it goes. What comes of it stands in result.tsx. */
export const sending = new Hono<AppEnv>()
  .get('/:id/send', requireRole('writer'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    if (!isOpen(digest, c.var.services.config.sendHold)) return c.redirect(`/admin/digests/${digest.id}`, 303)
    const { tested, ...query } = c.req.query()
    const done = (['ended', 'stopped', 'approved', 'back'] as const).find(one => query[one] !== undefined)
    return sendPage(c, digest, { tested, done })
  })
  .post('/:id/send', requireRole('editor'), async c => dispatch(c, await formFields(c), {}))
  .post('/:id/schedule', requireRole('editor'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    const fields = await formFields(c)
    const time = typedTime(fields)
    const { publication } = await workspaceFrame(c)
    const reading = readTime(time, publication.timeZone)
    if ('kind' in reading) return dispatch(c, fields, wishOf(reading.when), time)
    return sendPage(c, digest, { breaking: isBreaking(fields), time: reading }, 422)
  })
  .post('/:id/stop', requireRole('editor'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    const outcome = await stopDigest(c.var.services, digest.id, byOf(c))
    const page = `/admin/digests/${digest.id}`
    return c.redirect(outcome.kind === 'draft-again' ? `${page}/send?stopped` : `${page}?late`, 303)
  })

const isBreaking = (fields: Fields) => fields.breaking !== undefined

async function dispatch(c: C, fields: Fields, wish: TimeWish, time?: TypedTime) {
  const { services } = c.var
  const digest = await digestOf(c)
  if (!digest) return missing(c)
  const breaking = isBreaking(fields)
  if (fields.seen !== undefined && (await hasNews(c, digest, fields.seen, wish.at)))
    return sendPage(c, digest, { breaking, time, news: true }, 409, wish.at)
  const hold = services.config.sendHold
  const outcome = await dispatchDigest(services, digest.id, { ...wish, breaking, hold, by: byOf(c) })
  switch (outcome.kind) {
    case 'created':
    case 'same':
      return c.redirect(
        `/admin/digests/${digest.id}${outcome.dispatch.state === 'scheduled' && time ? '/send' : ''}`,
        303,
      )
    case 'another-time':
      return sendPage(c, digest, { breaking, time: { ...(time ?? nothingTyped), error: 'another' } }, 409)
    case 'refused': {
      const { language, publication } = await workspaceFrame(c)
      const early = time && outcome.errors.find(found => found.code === 'embargo')
      const why = early && sayFound(early, language, publication.timeZone)
      return sendPage(
        c,
        digest,
        { breaking, time: time && { ...time, why }, refused: early ? [] : outcome.errors },
        409,
      )
    }
    case 'not-found':
      return missing(c)
  }
}

const nothingTyped: TypedTime = { at: '', clock: 'publication' }

/** Whether something is to be looked at, now or at the time wished, that was not on the page from which it is sent. */
async function hasNews(c: C, digest: Digest, seen: string, due?: Date): Promise<boolean> {
  if (digest.state !== 'draft') return false
  const known = new Set(seen.split(' '))
  const warnings = warningsOf(await preflight(c.var.services, digest, { at: due }))
  return warnings.some(found => !known.has(fingerprint(found)))
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
  const frame = await workspaceFrame(c)
  const [findings, readers, newsletters, embargo, approval, audience] = await Promise.all([
    preflight(c.var.services, digest, { at: due }),
    countAudience(db, readershipOf(digest)),
    findNewslettersById(db, ids),
    embargoOf(db, digest),
    approvalView(c, digest),
    audienceInWords(c, digest.audience, frame.language),
  ])
  const from = newsletters.map(one => {
    const name = one.senderName || frame.publication.senderName || frame.publication.name
    const address = one.senderAddress || frame.publication.senderAddress
    return address ? `${name} <${address}>` : name
  })
  const props: SendProps = {
    frame,
    digest,
    // What is missing of an approval has its own place on the page.
    findings: findings.filter(found => found.code !== 'not-approved'),
    embargo,
    approval,
    audience,
    readers,
    hold: config.sendHold,
    from: [...new Set(from)],
    caught: config.transport.kind === 'mailbox',
    maySend: mayAct(c.var.actor.role, 'editor'),
    test: { who: 'me', to: '' },
    ...more,
  }
  return c.html(<SendPage {...props} />, status)
}
