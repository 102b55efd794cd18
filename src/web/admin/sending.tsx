import { type Context, Hono } from 'hono'
import { checkDispatch } from '../../actions/check-dispatch.ts'
import { dispatchDigest } from '../../actions/dispatch-digest.ts'
import { queueTest } from '../../actions/queue-test.ts'
import { renderDigest } from '../../actions/render-digest.ts'
import { parseEmailAddress } from '../../domain/email-address.ts'
import { mayAct } from '../../domain/roles.ts'
import { hoursOpen, timeOfDay } from '../../domain/sending-hours.ts'
import { momentAt } from '../../domain/zoned-time.ts'
import { findArticles } from '../../store/articles.ts'
import { countAudience } from '../../store/audience.ts'
import type { Digest } from '../../store/digests.ts'
import { findNewslettersById, type Newsletter } from '../../store/newsletters.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { digestOf, missing } from './digest-of.ts'
import { workspaceFrame } from './frame.ts'
import { SendPage, type SendProps } from './send-page.tsx'

type C = Context<AppEnv>

/** A digest on its way out: tests, and the last page before it goes. What comes of it stands in result.tsx. */
export const sending = new Hono<AppEnv>()
  .get('/:id/send', requireRole('writer'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    if (digest.state !== 'draft' && digest.state !== 'scheduled')
      return c.redirect(`/admin/digests/${digest.id}`, 303)
    return sendPage(c, digest, {
      test: { to: c.req.query('tested') ?? addressOf(c), sent: c.req.query('tested') !== undefined },
    })
  })
  .post('/:id/test', requireRole('writer'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    const to = ((await formFields(c)).to ?? '').slice(0, 1000)
    const reading = parseEmailAddress(to)
    if (reading.kind === 'refused') return sendPage(c, digest, { test: { to, error: 'notAnAddress' } }, 422)
    const name = c.var.actor.kind === 'editor' ? c.var.actor.name : ''
    const outcome = await queueTest(c.var.services, digest, reading.address, name)
    if (outcome.kind !== 'queued') return sendPage(c, digest, { test: { to, error: 'noNewsletter' } }, 422)
    return c.redirect(
      `/admin/digests/${digest.id}/send?tested=${encodeURIComponent(reading.address.address)}`,
      303,
    )
  })
  .post('/:id/send', requireRole('editor'), async c =>
    dispatch(c, { breaking: isBreaking(await formFields(c)) }),
  )
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
    return dispatch(c, { at, breaking }, typed)
  })

const addressOf = (c: C) => (c.var.actor.kind === 'editor' ? c.var.actor.address : '')

const isBreaking = (fields: Fields) => fields.breaking !== undefined

async function dispatch(c: C, { at, breaking }: { at?: Date; breaking: boolean }, typed = '') {
  const { services, actor } = c.var
  const digest = await digestOf(c)
  if (!digest) return missing(c)
  const outcome = await dispatchDigest(services, digest.id, {
    at,
    breaking,
    by: actor.kind === 'editor' ? actor.id : undefined,
  })
  switch (outcome.kind) {
    case 'created':
    case 'same':
      return c.redirect(
        `/admin/digests/${digest.id}${outcome.dispatch.state === 'scheduled' && at ? '/send' : ''}`,
        303,
      )
    case 'another-time':
      return sendPage(c, digest, { breaking, at: { typed, error: 'another' } }, 409)
    case 'refused':
      return sendPage(c, digest, { breaking }, 409)
    case 'not-found':
      return missing(c)
  }
}

async function sendPage(c: C, digest: Digest, more: Partial<SendProps>, status: 200 | 409 | 422 = 200) {
  const { db, config } = c.var.services
  const ids = digest.newsletters.map(one => one.id)
  const [frame, check, readers, newsletters] = await Promise.all([
    workspaceFrame(c),
    checkDispatch(c.var.services, digest.id),
    countAudience(db, ids),
    findNewslettersById(db, ids),
  ])
  const from = newsletters.map(one => {
    const name = one.senderName || frame.publication.senderName || frame.publication.name
    const address = one.senderAddress || frame.publication.senderAddress
    return address ? `${name} <${address}>` : name
  })
  const props: SendProps = {
    frame,
    digest,
    check: check!,
    rendered: await renderFindings(c, digest, newsletters),
    closed: closedAt(digest.dueAt ?? new Date(), newsletters, frame.publication.timeZone),
    readers,
    from: [...new Set(from)],
    caught: config.transport.kind === 'mailbox',
    maySend: mayAct(c.var.actor.role, 'editor'),
    test: { to: addressOf(c) },
    ...more,
  }
  return c.html(<SendPage {...props} />, status)
}

/** Those that don't go out at this moment; their zone is said where it is not the publication's. */
const closedAt = (at: Date, newsletters: Newsletter[], zone: string): SendProps['closed'] =>
  newsletters
    .filter(one => !hoursOpen(one, at))
    .map(one => ({
      newsletter: one.name,
      from: timeOfDay(one.sendsFrom) ?? '',
      ...(one.timeZone !== zone && { zone: one.timeZone }),
    }))

/** What rendering the digest for its newsletters brings up, each once. */
async function renderFindings(
  c: C,
  digest: Digest,
  newsletters: Newsletter[],
): Promise<SendProps['rendered']> {
  const outcomes = await Promise.all(
    newsletters.map(newsletter => renderDigest(c.var.services, digest, newsletter)),
  )
  const warnings = outcomes.flatMap(outcome => (outcome.kind === 'rendered' ? outcome.warnings : []))
  const octets = warnings.flatMap(warning => (warning.code === 'html-too-large' ? [warning.octets] : []))
  const ids = new Set(
    warnings.flatMap(warning => (warning.code === 'picture-without-description' ? [warning.articleId] : [])),
  )
  const articles = await findArticles(c.var.services.db, [...ids])
  return [
    ...(octets.length
      ? [{ code: 'too-large' as const, kilobytes: Math.ceil(Math.max(...octets) / 1000) }]
      : []),
    ...[...articles.values()].map(({ title }) => ({ code: 'undescribed' as const, title })),
  ]
}
