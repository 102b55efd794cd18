import type { Results } from '../../actions/read-results.ts'
import { dayOfYear } from '../../domain/dates.ts'
import { correctionWords } from '../../domain/words/corrections.ts'
import { historyWords } from '../../domain/words/history.ts'
import { outcomeWords } from '../../domain/words/outcome.ts'
import { resultWords } from '../../domain/words/results.ts'
import { sendingWords } from '../../domain/words/sending.ts'
import { withdrawalWords } from '../../domain/words/withdrawal.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { isMoving, Progress, type ProgressProps } from './progress.tsx'
import { ResultStories } from './result-stories.tsx'

export type ResultProps = ProgressProps & {
  frame: WorkspaceFrame
  maySend: boolean
  /** Where the edition stands in the archive. */
  archive?: string
  /** Somebody pressed Stop after it had started. */
  tooLate?: boolean
  live: Live
  /** What came of it beside its balance, once it has started. */
  results?: Results
  isOwner: boolean
  done?: 'corrected' | 'put-back'
}

/** How a page follows what moves: by a stream, or by asking each second until a moment (milliseconds of the epoch). */
export type Live = { kind: 'stream' } | { kind: 'poll'; until: number }

/** What became of a digest that was sent: while it goes out, the numbers follow by themselves. */
export const ResultPage = (props: ResultProps) => {
  const { frame, digest, dispatch, archive } = props
  const words = resultWords[frame.language]
  const runs = isMoving(dispatch)
  return (
    <WorkspacePage
      {...frame}
      title={digest.subject}
      current="digests"
      notice={<Notices {...props} />}
      scripts={runs ? ['htmx.js'] : []}
      actions={
        <>
          <ButtonLink href={`/admin/digests/${digest.id}/history`}>
            {historyWords[frame.language].link}
          </ButtonLink>
          {archive && <ButtonLink href={archive}>{words.archive}</ButtonLink>}
          <Steering {...props} />
        </>
      }
    >
      {runs ? (
        <>
          <LiveProgress {...props} />
          <noscript>
            <p>
              <ButtonLink href={`/admin/digests/${digest.id}`}>{words.refresh}</ButtonLink>
            </p>
          </noscript>
        </>
      ) : (
        <>
          <Summary {...props} />
          <Progress {...props} />
          <Further {...props} />
        </>
      )}
      {props.results && <ResultStories {...props} results={props.results} />}
      {props.results && props.maySend && !digest.withdrawnAt && (
        <p class="taking-back">
          <a href={`/admin/digests/${digest.id}/withdraw`}>{outcomeWords[frame.language].withdraw}</a>
        </p>
      )}
    </WorkspacePage>
  )
}

/** What was just done, and that the edition is withdrawn for as long as it is. */
const Notices = ({ frame, digest, results, maySend, isOwner, done, tooLate }: ResultProps) => {
  const { language, publication } = frame
  const words = withdrawalWords[language]
  const last = results?.corrections.at(-1)
  return (
    <>
      {tooLate && <Notice tone="fix">{sendingWords[language].tooLate}</Notice>}
      {digest.withdrawnAt && (
        <Notice
          tone="fix"
          title={outcomeWords[language].withdrawn}
          action={
            isOwner && (
              <form method="post" action={`/admin/digests/${digest.id}/put-back`}>
                <Button>{words.putBack}</Button>
              </form>
            )
          }
        >
          <p>{words.done(dayOfYear(digest.withdrawnAt, publication.timeZone, language))}</p>
          <q class="reply">{digest.withdrawnFor}</q>
        </Notice>
      )}
      {done === 'put-back' && !digest.withdrawnAt && <Notice tone="good">{words.putBackDone}</Notice>}
      {done === 'corrected' && maySend && last && <CorrectionDone {...{ frame, digest }} correction={last} />}
    </>
  )
}

type Done = Pick<ResultProps, 'frame' | 'digest'> & { correction: Results['corrections'][number] }

const CorrectionDone = ({ frame, digest, correction }: Done) => {
  const words = correctionWords[frame.language]
  return (
    <Notice
      tone="good"
      title={words.done}
      action={
        correction.letterId === null && (
          <form method="post" action={`/admin/digests/${digest.id}/corrections/${correction.id}/letter`}>
            <Button>{words.write}</Button>
          </form>
        )
      }
    >
      <p>{words.doneText}</p>
    </Notice>
  )
}

/** In a sentence: how many got it, in which time, and how many left by it. */
const Summary = ({ frame, dispatch, results }: ResultProps) => {
  const words = outcomeWords[frame.language]
  if (!results) return null
  const ended = dispatch.state === 'finished' || dispatch.state === 'cancelled'
  return (
    <p class="lead">
      {words.delivered(dispatch.sent, dispatch.intended)}
      {ended ? words.took(results.seconds, results.pace) : words.soFar} {words.left(results.left)}
    </p>
  )
}

/** The progress, and what brings the next. Once it stands still the page is read anew: it has other buttons then. */
export const LiveProgress = ({ live, ...props }: ProgressProps & { live: Live }) => {
  const path = `/admin/digests/${props.digest.id}/progress`
  if (live.kind === 'stream')
    return (
      // It asks by itself too: a `done` that comes with the connection may be heard by nobody yet, and some proxies keep
      // streams back.
      <div hx-get={path} hx-trigger="done, load delay:2s, every 15s" hx-swap="none">
        <div
          id="progress"
          hx-swap="innerMorph"
          {...{ 'hx-sse:connect': `${path}/events`, 'hx-sse:close': 'done' }}
        >
          <Progress {...props} />
        </div>
      </div>
    )
  if (Date.now() > live.until)
    return (
      <div id="progress">
        <Progress {...props} />
        <p>
          <ButtonLink href={`/admin/digests/${props.digest.id}`}>
            {resultWords[props.frame.language].refresh}
          </ButtonLink>
        </p>
      </div>
    )
  return (
    <div id="progress" hx-get={`${path}?until=${live.until}`} hx-trigger="every 1s" hx-swap="outerHTML">
      <Progress {...props} />
    </div>
  )
}

/** Pages that walk the whole ledger, and so are read only when somebody asks: who did not get it, and the domains. */
const Further = ({ frame, digest, dispatch }: ResultProps) => {
  const words = resultWords[frame.language]
  const missed = dispatch.failed + dispatch.unknown
  if (!dispatch.startedAt) return null
  return (
    <Buttons>
      {missed > 0 && (
        <ButtonLink href={`/admin/digests/${digest.id}/failures`}>{words.seeMissed(missed)}</ButtonLink>
      )}
      <ButtonLink href={`/admin/digests/${digest.id}/domains`}>{words.domains.link}</ButtonLink>
    </Buttons>
  )
}

const Steering = ({ frame, digest, dispatch, maySend, asks }: ResultProps) => {
  const words = resultWords[frame.language]
  const base = `/admin/digests/${digest.id}`
  if (maySend && dispatch.state === 'scheduled')
    return (
      <form method="post" action={`${base}/stop`}>
        <Button kind="main">{sendingWords[frame.language].stop}</Button>
      </form>
    )
  if (!maySend || dispatch.state === 'finished' || dispatch.state === 'cancelled') return null
  return (
    <>
      <ButtonLink href={`${base}/cancel`}>{asks ? words.skip : words.cancel}</ButtonLink>
      {dispatch.state === 'paused' ? (
        <form method="post" action={`${base}/resume`}>
          {asks && <input type="hidden" name="confirmed" value="true" />}
          <Button kind="main">{asks ? words.sendNow(asks.readers) : words.resume}</Button>
        </form>
      ) : (
        <form method="post" action={`${base}/pause`}>
          <Button kind="main">{words.pause}</Button>
        </form>
      )}
    </>
  )
}
