import type { Embargo } from '../../actions/embargo.ts'
import { errorsOf, type Finding, warningsOf } from '../../domain/preflight/finding.ts'
import { fingerprint } from '../../domain/preflight/fingerprint.ts'
import { digestWords } from '../../domain/words/digests.ts'
import { preflightWords } from '../../domain/words/preflight.ts'
import { sendingWords } from '../../domain/words/sending.ts'
import { wallTime } from '../../domain/zoned-time.ts'
import type { Digest } from '../../store/digests.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Check, Field } from '../views/parts/fields.tsx'
import { Notice, Status } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { PreflightList } from './preflight-list.tsx'
import { ShowPart, TestPart } from './send-parts.tsx'

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
  at?: { typed: string; error?: 'timeMissing' | 'timePast' | 'another'; why?: string }
  /** What was ticked, where the page comes back. */
  breaking?: boolean
  /** It was not sent: something came up that was not on the page. */
  news?: boolean
  /** A preview link that was just made. */
  preview?: { url: string; until: Date }
  /** All preview links were just ended. */
  ended?: boolean
}

/** The last page before a digest goes: what, to whom, how many, and what stands in the way. */
export const SendPage = (props: SendProps) => {
  const { frame, digest, findings, readers, from, caught } = props
  const { language, publication } = frame
  const words = sendingWords[language]
  const base = `/admin/digests/${digest.id}`
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="digests"
      actions={<ButtonLink href={base}>{words.back}</ButtonLink>}
      notice={<Notices {...props} />}
    >
      <dl class="facts">
        <dt>{words.subject}</dt>
        <dd class="facts-title">{digest.subject || '–'}</dd>
        <dt>{words.from}</dt>
        <dd>{from.join(', ') || '–'}</dd>
        <dt>{words.to}</dt>
        <dd>
          {digest.newsletters.map(one => one.name).join(', ') || '–'} · {words.readers(readers)}
        </dd>
      </dl>
      {caught && <p class="muted">{words.mailbox}</p>}
      <h2>{words.checks}</h2>
      <PreflightList findings={findings} digest={digest} language={language} zone={publication.timeZone} />
      <Buttons>
        <ButtonLink href={`${base}/checks`}>{preflightWords[language].all}</ButtonLink>
      </Buttons>
      <Scheduled {...props} />
      <Going {...props} />
      <TestPart {...props} />
      <ShowPart {...props} />
    </WorkspacePage>
  )
}

const Notices = ({ frame, news, tested, ended }: SendProps) => {
  const words = sendingWords[frame.language]
  return (
    <>
      {news && <Notice tone="fix">{words.news}</Notice>}
      {tested && (
        <Notice tone="good">
          {/^\d+$/.test(tested) ? words.test.sentToTesters(Number(tested)) : words.test.sent(tested)}
        </Notice>
      )}
      {ended && <Notice tone="good">{words.preview.ended}</Notice>}
    </>
  )
}

const Scheduled = ({ frame: { language, publication }, digest, maySend }: SendProps) => {
  const words = sendingWords[language]
  if (digest.state !== 'scheduled' || !digest.dueAt) return null
  return (
    <Notice
      tone="look"
      title={
        <>
          {words.scheduledFor(digest.dueAt, publication.timeZone)}{' '}
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

/** Now, or at a time. What is to be looked at stands above, and comes along as seen. */
const Going = ({ frame: { language, publication }, digest, findings, ...props }: SendProps) => {
  const words = sendingWords[language]
  const base = `/admin/digests/${digest.id}`
  const errors = errorsOf(findings)
  const warnings = warningsOf(findings)
  // An embargo ends: until then it can be scheduled for later.
  const later = errors.every(found => found.code === 'embargo')
  if (digest.state !== 'draft' || !props.maySend || !later) return null
  const { at, embargo } = props
  const ends = embargo && wallTime(new Date(embargo.until.getTime() + 59_999), publication.timeZone)
  return (
    <form method="post" action={`${base}/schedule`} class="stack" novalidate>
      {/* Enter presses a form's first button: it asks for a time, and never sends. */}
      <button type="submit" hidden />
      <input type="hidden" name="seen" value={warnings.map(fingerprint).join(' ')} />
      {errors.length === 0 && warnings.length > 0 && <p>{words.asks(warnings.length)}</p>}
      <Check name="breaking" label={words.breaking} checked={props.breaking} />
      {errors.length === 0 && (
        <Button kind="main" formaction={`${base}/send`}>
          {words.now(props.readers)}
        </Button>
      )}
      <Field
        name="at"
        type="datetime-local"
        label={errors.length === 0 ? words.at : words.atOnly}
        hint={words.atHint(publication.timeZone)}
        value={at?.typed ?? ends}
        error={at?.why ?? (at?.error && words[at.error])}
        beside={<Button>{words.schedule}</Button>}
      />
    </form>
  )
}
