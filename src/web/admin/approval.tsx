import { type Context, Hono } from 'hono'
import { askForApproval, overrideApproval } from '../../actions/ask-for-approval.ts'
import { approve, sendBack, takeBackApproval } from '../../actions/decide-approval.ts'
import { lastSeen } from '../../actions/proposal.ts'
import { type When, whenStill } from '../../domain/approval.ts'
import { noteApprovalSeen } from '../../store/approvals.ts'
import { countAudience } from '../../store/audience.ts'
import { type Digest, readershipOf } from '../../store/digests.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { approvalView } from './approval-view.ts'
import { audienceInWords } from './audience-words.ts'
import { digestOf, missing } from './digest-of.ts'
import { byOf, editorOf, workspaceFrame } from './frame.ts'
import { OverridePage } from './override-page.tsx'
import { NothingToReview, ReviewPage, type ReviewProps } from './review-page.tsx'
import { sendPage } from './sending.tsx'
import { readTime, type TypedTime, typedTime } from './time-choice.tsx'

type C = Context<AppEnv>

/** Approval: asked for by whoever writes, given or refused by a second person, or done without by an owner. */
export const approval = new Hono<AppEnv>()
  .post('/:id/ask', requireRole('writer'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    const fields = await formFields(c)
    const wish = await wishedTime(c, fields)
    if (wish.kind === 'typed') return sendPage(c, digest, { time: wish.typed, comment: fields.comment }, 422)
    const comment = (fields.comment ?? '').trim().slice(0, 2000)
    const outcome = await askForApproval(c.var.services, digest.id, { when: wish.when, comment, by: byOf(c) })
    switch (outcome.kind) {
      case 'asked':
      case 'dispatched':
        return c.redirect(`/admin/digests/${digest.id}/send`, 303)
      case 'refused':
        return sendPage(c, digest, { time: wish.typed, comment, refused: outcome.errors }, 409)
      case 'not-found':
        return missing(c)
    }
  })
  .post('/:id/take-back', requireRole('writer'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    await takeBackApproval(c.var.services, digest.id, byOf(c))
    return c.redirect(`/admin/digests/${digest.id}/send`, 303)
  })
  .get('/:id/review', requireRole('writer'), async c => {
    const digest = await digestOf(c)
    return digest ? review(c, digest) : missing(c)
  })
  .post('/:id/approve', requireRole('editor'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    const { approval = '', comment = '' } = await formFields(c)
    const outcome = await approve(c.var.services, Number(approval) || 0, {
      by: personOf(c),
      comment: comment.trim().slice(0, 2000),
    })
    switch (outcome.kind) {
      case 'approved': {
        const { dispatch } = outcome
        if (dispatch?.kind !== 'refused') return c.redirect(`/admin/digests/${digest.id}/send?approved`, 303)
        return sendPage(c, digest, { refused: dispatch.errors }, 409)
      }
      case 'own-work':
        return review(c, digest, { comment, problem: 'ownWork' }, 409)
      case 'gone':
        return review(c, digest, { comment, problem: 'gone' }, 409)
    }
  })
  .post('/:id/send-back', requireRole('editor'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    const { approval = '', remark = '' } = await formFields(c)
    if (!remark.trim()) return review(c, digest, { remark, problem: 'sendBackMissing' }, 422)
    const outcome = await sendBack(c.var.services, Number(approval) || 0, {
      by: personOf(c),
      comment: remark.trim().slice(0, 2000),
    })
    return outcome.kind === 'sent-back'
      ? c.redirect(`/admin/digests/${digest.id}/send?back`, 303)
      : review(c, digest, { remark, problem: 'gone' }, 409)
  })
  .get('/:id/override', requireRole('owner'), async c => {
    const digest = await digestOf(c)
    return digest
      ? c.html(<OverridePage frame={await workspaceFrame(c)} digest={digest} reason="" />)
      : missing(c)
  })
  .post('/:id/override', requireRole('owner'), async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    const fields = await formFields(c)
    const reason = (fields.reason ?? '').trim().slice(0, 2000)
    const wish = await wishedTime(c, fields)
    const frame = await workspaceFrame(c)
    if (wish.kind === 'typed' || !reason)
      return c.html(
        <OverridePage frame={frame} digest={digest} reason={reason} time={wish.typed} wrong={!reason} />,
        422,
      )
    const outcome = await overrideApproval(c.var.services, digest.id, {
      when: wish.when,
      reason,
      by: personOf(c),
    })
    if (outcome.kind === 'not-found') return missing(c)
    if (outcome.kind === 'refused') return sendPage(c, digest, { refused: outcome.errors }, 409)
    return c.redirect(`/admin/digests/${digest.id}/send`, 303)
  })

/** A page behind the sign-in is a person's. */
const personOf = (c: C) => byOf(c) as Extract<ReturnType<typeof byOf>, { kind: 'editor' }>

/** The button says whether a time is wished; then it is read from the fields. */
async function wishedTime(
  c: C,
  fields: Fields,
): Promise<{ kind: 'when'; when: When; typed?: TypedTime } | { kind: 'typed'; typed: TypedTime }> {
  const typed = typedTime(fields)
  if (fields.when !== 'at') return { kind: 'when', when: { kind: 'now' } }
  const { publication } = await workspaceFrame(c)
  const reading = readTime(typed, publication.timeZone)
  return 'kind' in reading ? { kind: 'when', when: reading.when, typed } : { kind: 'typed', typed: reading }
}

/** What is asked for, what changed since the one who looks decided last, and the two answers. */
async function review(
  c: C,
  digest: Digest,
  more: Partial<Pick<ReviewProps, 'comment' | 'remark' | 'problem'>> = {},
  status: 200 | 409 | 422 = 200,
) {
  const { db } = c.var.services
  const frame = await workspaceFrame(c)
  const view = await approvalView(c, digest)
  const asked = view.approval
  if (!asked || view.state !== 'asked')
    return c.html(<NothingToReview frame={frame} digest={digest} problem={more.problem} />, status)
  const seen = await lastSeen(db, asked, editorOf(c).id)
  await noteApprovalSeen(db, asked.id, editorOf(c).id)
  const inWords = (audience: Digest['audience']) => audienceInWords(c, audience, frame.language)
  const when = whenStill(asked.proposal.when, new Date())
  return c.html(
    <ReviewPage
      frame={frame}
      digest={digest}
      approval={view}
      asked={asked}
      seen={seen}
      readers={await countAudience(db, readershipOf(digest))}
      audience={await inWords(asked.proposal.audience)}
      audienceBefore={seen ? await inWords(seen.proposal.audience) : []}
      isPast={when.kind !== asked.proposal.when.kind}
      {...more}
    />,
    status,
  )
}
