import { sayNumber } from '../../domain/dates.ts'
import { digestWords } from '../../domain/words/digests.ts'
import { type SendingWords, sendingWords } from '../../domain/words/sending.ts'
import type { Digest } from '../../store/digests.ts'
import type { Dispatch } from '../../store/dispatches.ts'
import type { FailedDelivery } from '../../store/failures.ts'
import { Button, ButtonLink } from '../views/parts/buttons.tsx'
import { Notice, Status } from '../views/parts/status.tsx'
import { Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { tones } from './digest-list.tsx'
import type { workspaceFrame } from './frame.ts'

export type ResultProps = {
  frame: Awaited<ReturnType<typeof workspaceFrame>>
  digest: Digest
  dispatch: Dispatch
  failures: FailedDelivery[]
  /** The number of readers that wait, where going on after a long pause asks first. */
  asks?: number
  maySend: boolean
  /** Where the edition stands in the archive. */
  archive?: string
}

const counted = ['sent', 'failed', 'suppressed', 'unknown', 'pending'] as const

/** What became of a digest that was sent: while it goes out, the numbers follow by themselves. */
export const ResultPage = (props: ResultProps) => {
  const { frame, digest, dispatch, archive } = props
  const words = sendingWords[frame.language].result
  const runs = isMoving(dispatch)
  return (
    <WorkspacePage
      {...frame}
      title={digest.subject}
      current="digests"
      scripts={runs ? ['htmx.js'] : []}
      actions={
        <>
          {archive && <ButtonLink href={archive}>{words.archive}</ButtonLink>}
          <Steering {...props} words={words} />
        </>
      }
    >
      {runs ? (
        <div
          id="progress"
          hx-get={`/admin/digests/${digest.id}/progress`}
          hx-trigger="every 1s"
          hx-swap="outerHTML"
        >
          <Progress {...props} />
        </div>
      ) : (
        <Progress {...props} />
      )}
    </WorkspacePage>
  )
}

/** Whether its numbers change by themselves. */
export const isMoving = (dispatch: Dispatch) => dispatch.state === 'sending' || dispatch.state === 'scheduled'

/** The part that changes while it goes out. */
export const Progress = ({ frame, digest, dispatch, failures, asks }: ResultProps) => {
  const { language, publication } = frame
  const all = sendingWords[language]
  const words = all.result
  const done = dispatch.intended - dispatch.pending
  return (
    <>
      <p>
        <Status tone={tones[dispatch.state]}>{digestWords[language].states[dispatch.state]}</Status>{' '}
        {dispatch.breaking && <Status>{digestWords[language].breaking}</Status>}{' '}
        {digest.newsletters.map(one => one.name).join(', ')} ·{' '}
        <Time at={dispatch.startedAt ?? dispatch.dueAt} zone={publication.timeZone} language={language} />
      </p>
      {dispatch.state === 'paused' && (
        <Notice tone="fix" title={asks === undefined ? undefined : words.asks(asks)}>
          <p>{all.paused[(dispatch.pauseReason ?? 'editor') as keyof SendingWords['paused']]}</p>
          {evidenceOf(dispatch) && <p class="small">{evidenceOf(dispatch)}</p>}
        </Notice>
      )}
      {dispatch.state === 'scheduled' && <p>{words.starting}</p>}
      {dispatch.state === 'sending' && (
        <p>
          <label>
            {words.progress} <progress value={done} max={Math.max(1, dispatch.intended)} />
          </label>{' '}
          {words.of(done, dispatch.intended)}
          {secondsLeft(dispatch) !== undefined && ` · ${words.left(secondsLeft(dispatch)!)}`}
        </p>
      )}
      <Table
        caption={words.balance}
        rows={[...counted, 'intended' as const]}
        columns={[
          { head: words.what, kind: 'title', cell: row => words.counts[row] },
          { head: words.readers, kind: 'number', cell: row => sayNumber(dispatch[row], language) },
        ]}
      />
      {failures.length > 0 && <Failures failures={failures} total={dispatch.failed} frame={frame} />}
    </>
  )
}

const evidenceOf = ({ pauseEvidence }: Dispatch): string | undefined => {
  const reply = (pauseEvidence as { reply?: unknown } | null)?.reply
  return typeof reply === 'string' ? reply : undefined
}

/** At the pace so far; undefined until there is one. */
function secondsLeft({ startedAt, sent, pending }: Dispatch): number | undefined {
  const elapsed = startedAt ? (Date.now() - startedAt.getTime()) / 1000 : 0
  return elapsed > 2 && sent > 0 ? Math.max(1, Math.round((pending * elapsed) / sent)) : undefined
}

const Failures = ({
  failures,
  total,
  frame,
}: {
  failures: FailedDelivery[]
  total: number
  frame: ResultProps['frame']
}) => {
  const words = sendingWords[frame.language].result
  // Writers see that something failed and why, never whose address it was.
  const showsAddresses = frame.actor.role !== 'writer'
  return (
    <section>
      <h2>{words.failures}</h2>
      <Table
        caption={words.failuresCaption}
        rows={failures}
        columns={[
          ...(showsAddresses
            ? [
                {
                  head: words.reader,
                  kind: 'title' as const,
                  cell: (row: FailedDelivery) => row.address ?? `#${row.subscriberId}`,
                },
              ]
            : []),
          {
            head: words.reply,
            cell: row => (showsAddresses ? row.reply : (row.reply ?? '').replace(/\S+@\S+/g, '…')),
          },
        ]}
      />
      {total > failures.length && <p class="muted">{words.more(total - failures.length)}</p>}
    </section>
  )
}

const Steering = ({
  digest,
  dispatch,
  maySend,
  asks,
  words,
}: ResultProps & { words: SendingWords['result'] }) => {
  const base = `/admin/digests/${digest.id}`
  if (!maySend || dispatch.state === 'finished' || dispatch.state === 'cancelled') return null
  return (
    <>
      <ButtonLink href={`${base}/cancel`}>{words.cancel}</ButtonLink>
      {dispatch.state === 'paused' ? (
        <form method="post" action={`${base}/resume`}>
          {asks !== undefined && <input type="hidden" name="confirmed" value="true" />}
          <Button kind="main">{asks === undefined ? words.resume : words.sendNow(asks)}</Button>
        </form>
      ) : (
        <form method="post" action={`${base}/pause`}>
          <Button kind="main">{words.pause}</Button>
        </form>
      )}
    </>
  )
}
