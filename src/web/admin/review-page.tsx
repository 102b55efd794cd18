import type { Proposal, When } from '../../domain/approval.ts'
import { sayMoment } from '../../domain/dates.ts'
import { changesBetween } from '../../domain/proposal-diff.ts'
import { approvalWords } from '../../domain/words/approval.ts'
import { composeWords } from '../../domain/words/compose.ts'
import { sendingWords } from '../../domain/words/sending.ts'
import { sayWhen } from '../../domain/words/when.ts'
import type { Approval } from '../../store/approvals.ts'
import type { Digest } from '../../store/digests.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { TextArea } from '../views/parts/fields.tsx'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { ApprovalView } from './approval-view.ts'
import { ChangeList } from './change-list.tsx'
import { EditionFrames } from './edition-frames.tsx'
import type { WorkspaceFrame } from './frame.ts'

export type ReviewProblem = 'ownWork' | 'gone' | 'sendBackMissing'

export type ReviewProps = {
  frame: WorkspaceFrame
  digest: Digest
  approval: ApprovalView
  asked: Approval
  /** What the one who looks last knew of it. */
  seen?: { proposal: Proposal; at: Date }
  readers: number
  /** The conditions in words: as asked for, and as seen last. */
  audience: string[]
  audienceBefore: string[]
  /** The time asked for is over. */
  isPast: boolean
  comment?: string
  remark?: string
  problem?: ReviewProblem
}

/** What a second person decides about: who asks, what changed since they last looked, the mails themselves. */
export const ReviewPage = (props: ReviewProps) => {
  const { frame, digest, approval, problem } = props
  const words = approvalWords[frame.language]
  const base = `/admin/digests/${digest.id}`
  return (
    <WorkspacePage
      {...frame}
      title={words.reviewTitle(digest.subject || composeWords[frame.language].newTitle)}
      current="digests"
      actions={<ButtonLink href={base}>{sendingWords[frame.language].back}</ButtonLink>}
      notice={
        <>
          {problem && problem !== 'sendBackMissing' && <Notice tone="fix">{words[problem]}</Notice>}
          {!problem && approval.isOwnWork && <Notice tone="look">{words.ownWork}</Notice>}
        </>
      }
    >
      <Facts {...props} />
      <h2>{words.changes.title}</h2>
      <Changes {...props} />
      {approval.mayDecide && <Decide {...props} />}
      <EditionFrames digest={digest} language={frame.language} />
    </WorkspacePage>
  )
}

const Facts = ({ frame, digest, asked, approval, readers, audience, isPast }: ReviewProps) => {
  const { language, publication } = frame
  const words = approvalWords[language]
  return (
    <>
      <dl class="facts">
        <dt>{words.facts.subject}</dt>
        <dd class="facts-title">{digest.subject || '–'}</dd>
        <dt>{words.facts.asked}</dt>
        <dd>{approval.asker || words.onItsOwn}</dd>
        {approval.said && (
          <>
            <dt>{words.facts.comment}</dt>
            <dd>
              <q>{approval.said}</q>
            </dd>
          </>
        )}
        <dt>{words.facts.to}</dt>
        <dd>
          {digest.newsletters.map(one => one.name).join(', ')} · {sendingWords[language].readers(readers)}
          {audience.map(condition => (
            <span class="condition"> · {condition}</span>
          ))}
        </dd>
        <dt>{words.facts.when}</dt>
        <dd>{sayWhen(asked.proposal.when, publication.timeZone, language)}</dd>
      </dl>
      {isPast && <Notice tone="look">{words.past}</Notice>}
    </>
  )
}

const Changes = ({ frame, asked, seen, audience, audienceBefore }: ReviewProps) => {
  const { language, publication } = frame
  const words = approvalWords[language].changes
  if (!seen) return <p class="muted">{words.first}</p>
  const changes = changesBetween(seen.proposal, asked.proposal)
  if (!changes.length) return <p class="muted">{words.none}</p>
  const say = (when: When) => sayWhen(when, publication.timeZone, language)
  return (
    <>
      <p class="muted">{words.since(sayMoment(seen.at, publication.timeZone, language))}</p>
      <ChangeList
        changes={changes}
        words={words}
        say={say}
        audiences={{ from: audienceBefore, to: audience }}
      />
    </>
  )
}

const Decide = ({ frame, digest, asked, isPast, comment, remark, problem }: ReviewProps) => {
  const { language, publication } = frame
  const words = approvalWords[language]
  const base = `/admin/digests/${digest.id}`
  const { when } = asked.proposal
  const goesByItself = when.kind !== 'now' && !isPast
  return (
    <div class="decide">
      <form method="post" action={`${base}/approve`} class="stack">
        <input type="hidden" name="approval" value={asked.id} />
        <TextArea name="comment" label={words.approveComment} value={comment} rows={2} maxlength={2000} />
        <Buttons>
          <Button kind="main">
            {goesByItself
              ? words.approve.at(sayWhen(when, publication.timeZone, language))
              : words.approve.now}
          </Button>
        </Buttons>
      </form>
      <form method="post" action={`${base}/send-back`} class="stack" novalidate>
        <input type="hidden" name="approval" value={asked.id} />
        <TextArea
          name="remark"
          label={words.sendBackComment}
          value={remark}
          rows={2}
          maxlength={2000}
          error={problem === 'sendBackMissing' ? words.sendBackMissing : undefined}
        />
        <Buttons>
          <Button>{words.sendBack}</Button>
        </Buttons>
      </form>
    </div>
  )
}

/** Where nothing waits: decided by somebody else, edited, or never asked for. */
export const NothingToReview = ({
  frame,
  digest,
  problem,
}: {
  frame: WorkspaceFrame
  digest: Digest
  problem?: ReviewProblem
}) => {
  const words = approvalWords[frame.language]
  const base = `/admin/digests/${digest.id}`
  return (
    <WorkspacePage {...frame} title={words.title} current="digests">
      <p class="facts-title">{digest.subject}</p>
      {problem === 'gone' ? <Notice tone="fix">{words.gone}</Notice> : <p>{words.waits}</p>}
      <Buttons>
        <ButtonLink kind="main" href={base}>
          {sendingWords[frame.language].back}
        </ButtonLink>
      </Buttons>
    </WorkspacePage>
  )
}
