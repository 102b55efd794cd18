import { historyWords } from '../../domain/words/history.ts'
import { resultWords } from '../../domain/words/results.ts'
import { sendingWords } from '../../domain/words/sending.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { isMoving, Progress, type ProgressProps } from './progress.tsx'

export type ResultProps = ProgressProps & {
  frame: WorkspaceFrame
  maySend: boolean
  /** Where the edition stands in the archive. */
  archive?: string
  /** Somebody pressed Stop after it had started. */
  tooLate?: boolean
  live: Live
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
      scripts={runs ? ['htmx.js'] : []}
      notice={props.tooLate && <Notice tone="fix">{sendingWords[frame.language].tooLate}</Notice>}
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
          <Progress {...props} />
          <Further {...props} />
        </>
      )}
    </WorkspacePage>
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
