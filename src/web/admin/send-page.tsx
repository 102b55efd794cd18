import type { Embargo } from '../../actions/embargo.ts'
import { whenOf } from '../../domain/approval.ts'
import { errorsOf, type Finding, warningsOf } from '../../domain/preflight/finding.ts'
import { fingerprint } from '../../domain/preflight/fingerprint.ts'
import { sayList } from '../../domain/say-list.ts'
import { approvalWords } from '../../domain/words/approval.ts'
import { audienceWords } from '../../domain/words/audience.ts'
import { digestWords } from '../../domain/words/digests.ts'
import { sayFound } from '../../domain/words/findings.ts'
import { historyWords } from '../../domain/words/history.ts'
import { preflightWords } from '../../domain/words/preflight.ts'
import { sendingWords } from '../../domain/words/sending.ts'
import { sayWhen } from '../../domain/words/when.ts'
import { wallTime } from '../../domain/zoned-time.ts'
import type { Digest } from '../../store/digests.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Check, TextArea } from '../views/parts/fields.tsx'
import { Notice, Status } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { ApprovalNotice, ApprovalSteps } from './approval-parts.tsx'
import type { ApprovalView } from './approval-view.ts'
import type { WorkspaceFrame } from './frame.ts'
import { PreflightList } from './preflight-list.tsx'
import { ShowPart, TestPart } from './send-parts.tsx'
import { TimeChoice, type TypedTime, timeOf } from './time-choice.tsx'

/** To whom a test goes, as it was chosen. */
export type TestForm = { who: 'me' | 'testers' | 'other'; to: string; error?: string }

export type SendProps = {
  frame: WorkspaceFrame
  digest: Digest
  findings: readonly Finding[]
  /** What keeps it in the house now. */
  embargo?: Embargo
  readers: number
  from: string[]
  caught: boolean
  maySend: boolean
  test: TestForm
  /** To whom a test was just sent: an address, or how many testers. */
  tested?: string
  /** Where it stands between those who write it and those who approve. */
  approval: ApprovalView
  /** Each condition of its readers, in words. */
  audience: string[]
  /** For how many seconds "Send" can be stopped. */
  hold: number
  /** The time as it was typed. */
  time?: TypedTime
  /** What was typed for whoever approves. */
  comment?: string
  /** Why nothing came of what was asked for. */
  refused?: Finding[]
  /** What was ticked, where the page comes back. */
  breaking?: boolean
  /** It was not sent: something came up that was not on the page. */
  news?: boolean
  /** A preview link that was just made. */
  preview?: { url: string; until: Date }
  /** What was just done: all preview links ended, the send stopped, approved, or sent back. */
  done?: 'ended' | 'stopped' | 'approved' | 'back'
}

/** The last page before a digest goes: what, to whom, how many, and what stands in the way. */
export const SendPage = (props: SendProps) => {
  const { frame, digest, findings, readers, from, caught } = props
  const { language, publication } = frame
  const words = sendingWords[language]
  const base = `/admin/digests/${digest.id}`
  const names = digest.newsletters.map(one => one.name)
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="digests"
      actions={
        <>
          <ButtonLink href={`${base}/history`}>{historyWords[language].link}</ButtonLink>
          <ButtonLink href={base}>{words.back}</ButtonLink>
        </>
      }
      notice={<Notices {...props} />}
    >
      <p class="summary">
        {words.summary(
          digest.subject || digestWords[language].untitled,
          words.readers(readers),
          names.length ? sayList(names, language) : '–',
        )}
      </p>
      <dl class="facts">
        <dt>{words.from}</dt>
        <dd>{from.join(', ') || '–'}</dd>
        <dt>{words.to}</dt>
        <dd>
          {names.join(', ') || '–'} · {words.readers(readers)}
          {props.audience.map(condition => (
            <span class="condition"> · {condition}</span>
          ))}{' '}
          <a href={`${base}/audience`}>{audienceWords[language].change}</a>
        </dd>
      </dl>
      {caught && <p class="muted">{words.mailbox}</p>}
      <h2>{words.checks}</h2>
      <PreflightList findings={findings} digest={digest} language={language} zone={publication.timeZone} />
      <Buttons>
        <ButtonLink href={`${base}/checks`}>{preflightWords[language].all}</ButtonLink>
      </Buttons>
      <Scheduled {...props} />
      {digest.state === 'draft' && (
        <>
          <Going {...props} />
          <ApprovalSteps {...{ frame, digest, approval: props.approval }} />
        </>
      )}
      <TestPart {...props} />
      <ShowPart {...props} />
    </WorkspacePage>
  )
}

const Notices = ({ frame, digest, news, done, refused, approval }: SendProps) => {
  const { language, publication } = frame
  const words = sendingWords[language]
  return (
    <>
      {news && <Notice tone="fix">{words.news}</Notice>}
      {done === 'ended' && <Notice tone="good">{words.preview.ended}</Notice>}
      {done === 'stopped' && <Notice tone="good">{words.stopped}</Notice>}
      {done === 'back' && <Notice tone="good">{approvalWords[language].doneBack}</Notice>}
      {refused && refused.length > 0 && (
        <Notice
          tone="fix"
          title={approval.state === 'approved' ? approvalWords[language].notScheduled : undefined}
        >
          {refused.map(found => (
            <p>{sayFound(found, language, publication.timeZone)}</p>
          ))}
        </Notice>
      )}
      <ApprovalNotice {...{ frame, digest, approval }} />
    </>
  )
}

const Scheduled = ({ frame: { language, publication }, digest, maySend }: SendProps) => {
  const words = sendingWords[language]
  if (digest.state !== 'scheduled' || !digest.dueAt) return null
  const when = whenOf({ at: digest.dueAt, localTime: digest.localTime ?? undefined })
  return (
    <Notice
      tone="look"
      title={
        <>
          {words.scheduledFor(sayWhen(when, publication.timeZone, language))}{' '}
          {digest.breaking && <Status>{digestWords[language].breaking}</Status>}
        </>
      }
    >
      {maySend && (
        <form method="post" action={`/admin/digests/${digest.id}/cancel`}>
          <Button>{words.unschedule}</Button>
        </form>
      )}
    </Notice>
  )
}

/**
 * Now, or at a time: sent by an editor, or asked for where a second person has to approve. What is to be looked at stands
 * above, and comes along as seen.
 */
const Going = (props: SendProps) => {
  const { frame, digest, findings, approval, embargo, time } = props
  const { language, publication } = frame
  const words = sendingWords[language]
  const base = `/admin/digests/${digest.id}`
  const errors = errorsOf(findings)
  const warnings = warningsOf(findings)
  const asks = approval.newsletters.length > 0 && approval.state !== 'approved'
  // An embargo ends: until then it can be scheduled for later.
  const later = errors.every(found => found.code === 'embargo')
  if (approval.state === 'asked' || !(later || asks) || (!asks && !props.maySend)) return null
  // What is asked for comes back with all that stands in its way, and with what was typed.
  const now = asks || errors.length === 0
  const ends = embargo && wallTime(new Date(embargo.until.getTime() + 59_999), publication.timeZone)
  const approved = approval.state === 'approved' ? approval.approval?.proposal.when : undefined
  const atApproved = approved && timeOf(approved, publication.timeZone)
  return (
    <form method="post" action={asks ? `${base}/ask` : `${base}/schedule`} class="stack" novalidate>
      {/* Enter presses a form's first button: it asks for a time, and never sends. */}
      <button type="submit" name="when" value="at" hidden />
      <input type="hidden" name="seen" value={warnings.map(fingerprint).join(' ')} />
      {now && warnings.length > 0 && !asks && <p>{words.asks(warnings.length)}</p>}
      {!asks && <Check name="breaking" label={words.breaking} checked={props.breaking ?? digest.breaking} />}
      {asks && (
        <TextArea
          name="comment"
          label={approvalWords[language].comment}
          hint={approvalWords[language].commentHint}
          value={props.comment}
          rows={2}
          maxlength={2000}
        />
      )}
      {now && !atApproved && (
        <Buttons>
          <Button kind="main" name="when" value="now" formaction={asks ? undefined : `${base}/send`}>
            {asks ? approvalWords[language].askNow : words.now(props.readers)}
          </Button>
        </Buttons>
      )}
      {now && !atApproved && !asks && props.hold > 0 && <p class="hint">{words.holds(props.hold)}</p>}
      {approved?.kind !== 'now' && (
        <TimeChoice
          frame={frame}
          typed={time ?? atApproved ?? (ends ? { at: ends, clock: 'publication' } : undefined)}
          label={now && !atApproved ? words.at : words.atOnly}
          beside={
            <Button name="when" value="at" kind={atApproved ? 'main' : 'plain'}>
              {asks ? approvalWords[language].askAt : words.schedule}
            </Button>
          }
        />
      )}
    </form>
  )
}
