import type { Child } from 'hono/jsx'
import { clock, sayNumber } from '../../domain/dates.ts'
import type { PauseReason } from '../../domain/dispatch.ts'
import type { Found } from '../../domain/preflight/finding.ts'
import { secondsLeft } from '../../domain/progress.ts'
import { digestWords } from '../../domain/words/digests.ts'
import { sayFound } from '../../domain/words/findings.ts'
import { outcomeWords, sayShare } from '../../domain/words/outcome.ts'
import { resultWords } from '../../domain/words/results.ts'
import { sendingWords } from '../../domain/words/sending.ts'
import type { Digest } from '../../store/digests.ts'
import type { Dispatch } from '../../store/dispatches.ts'
import { Notice, Status } from '../views/parts/status.tsx'
import { Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { tones } from './digest-list.tsx'
import type { WorkspaceFrame } from './frame.ts'

/** Why going on is asked for first, and how many readers would get it now. */
export type Asks = { why: 'late' | 'interrupted' | 'stale'; readers: number }

/** What keeps a part of a dispatch waiting while the rest goes out. */
export type Waits = {
  domains: { domain: string; until: Date }[]
  newsletters: { name: string; from: string }[]
}

export type ProgressProps = {
  frame: Pick<WorkspaceFrame, 'language' | 'publication'>
  digest: Digest
  dispatch: Dispatch
  /** Messages a second of late; absent: the average since it began stands for it. */
  pace?: number
  asks?: Asks
  waits?: Waits
}

const counted = ['sent', 'failed', 'suppressed', 'unknown', 'pending'] as const

/** Whether its numbers change by themselves. */
export const isMoving = (dispatch: Dispatch) => dispatch.state === 'sending' || dispatch.state === 'scheduled'

/** Where a dispatch stands: its state, how far it is, its balance. Counters only, since it is asked for each second. */
export const Progress = (props: ProgressProps) => {
  const { frame, digest, dispatch } = props
  const { language, publication } = frame
  const words = resultWords[language]
  return (
    <>
      <p>
        <Status tone={tones[dispatch.state]}>{digestWords[language].states[dispatch.state]}</Status>{' '}
        {dispatch.breaking && <Status>{digestWords[language].breaking}</Status>}{' '}
        {digest.newsletters.map(one => one.name).join(', ')} ·{' '}
        <Time at={dispatch.startedAt ?? dispatch.dueAt} zone={publication.timeZone} language={language} />
      </p>
      {dispatch.state === 'paused' && <Paused {...props} />}
      {wasPausedForFault(dispatch) && (
        <p class="muted small">
          {words.pausedBefore} {pauseWords(dispatch, language)} {evidenceOf(dispatch, frame)}
        </p>
      )}
      {dispatch.state === 'scheduled' && <Countdown {...props} />}
      {dispatch.state === 'sending' && <Bar {...props} />}
      {dispatch.state === 'sending' && <Waiting {...props} />}
      {dispatch.startedAt && (
        <Table
          caption={words.balance}
          rows={[...counted, 'intended' as const]}
          columns={[
            { head: words.what, kind: 'title', cell: row => <Count row={row} {...props} /> },
            { head: words.readers, kind: 'number', cell: row => sayNumber(dispatch[row], language) },
            {
              head: outcomeWords[language].share,
              kind: 'number',
              cell: row => sayShare(dispatch[row], dispatch.intended, language),
            },
          ]}
        />
      )}
    </>
  )
}

/** The seconds in which it can be stopped; then a sender takes it up. */
const Countdown = ({ frame: { language }, dispatch }: ProgressProps) => {
  const seconds = Math.ceil((dispatch.dueAt.getTime() - Date.now()) / 1000)
  return (
    <p class="countdown">
      {seconds > 0 ? sendingWords[language].waiting(seconds) : resultWords[language].starting}
    </p>
  )
}

const Waiting = ({ frame: { language, publication }, dispatch, waits }: ProgressProps) => {
  const words = resultWords[language]
  if (!waits || dispatch.pending === 0) return null
  return (
    <>
      {waits.newsletters.map(({ name, from }) => (
        <p class="muted small">{words.waitsForHours(name, from)}</p>
      ))}
      {waits.domains.map(({ domain, until }) => (
        <p class="muted small">
          {words.waitsForDomain(domain, clock(until, publication.timeZone, language))}
        </p>
      ))}
    </>
  )
}

type Counted = (typeof counted)[number] | 'intended'

/** The name of a count; where readers did not get it, the way to see who and why. */
const Count = ({ row, frame, digest, dispatch }: ProgressProps & { row: Counted }) => {
  const name = resultWords[frame.language].counts[row]
  const listed = (row === 'failed' || row === 'unknown') && dispatch[row] > 0
  return listed ? (
    <a href={`/admin/digests/${digest.id}/failures?state=${row}`}>{name}</a>
  ) : (
    <span>{name}</span>
  )
}

const Bar = ({ frame: { language }, dispatch, pace = averageOf(dispatch) }: ProgressProps) => {
  const words = resultWords[language]
  const done = dispatch.intended - dispatch.pending
  const left = secondsLeft(dispatch.pending, pace)
  return (
    <div class="progress">
      <progress
        aria-label={words.progress}
        value={String(done)}
        max={String(Math.max(1, dispatch.intended))}
      />
      <p class="progress-figures">
        <strong>{words.of(done, dispatch.intended)}</strong>
        {pace !== undefined && <span>{words.pace(pace)}</span>}
        {left !== undefined && dispatch.pending > 0 && <span>{words.left(left)}</span>}
      </p>
    </div>
  )
}

/** Messages a second since it began; undefined in its first two seconds. */
function averageOf({ startedAt, intended, pending }: Dispatch): number | undefined {
  const elapsed = startedAt ? (Date.now() - startedAt.getTime()) / 1000 : 0
  return elapsed > 2 ? (intended - pending) / elapsed : undefined
}

const Paused = ({ frame, dispatch, asks }: ProgressProps) => (
  <Notice tone="fix" title={asks && resultWords[frame.language].asks[asks.why](asks.readers)}>
    <p>{pauseWords(dispatch, frame.language)}</p>
    {evidenceOf(dispatch, frame)}
  </Notice>
)

/** What was mended stays to be read; that an editor paused it is no news to anybody. */
const wasPausedForFault = ({ state, pauseReason }: Dispatch) =>
  state !== 'paused' && pauseReason !== null && pauseReason !== 'editor'

type Language = ProgressProps['frame']['language']

const pauseWords = ({ pauseReason }: Dispatch, language: Language) =>
  sendingWords[language].paused[(pauseReason ?? 'editor') as PauseReason]

/** What stood behind a pause: the server's words, what kept the digest from being sent, or what broke. */
function evidenceOf({ pauseEvidence }: Dispatch, { language, publication }: ProgressProps['frame']): Child {
  const zone = publication.timeZone
  const { reply, errors, error } = (pauseEvidence ?? {}) as {
    reply?: unknown
    errors?: Found[]
    error?: unknown
  }
  if (Array.isArray(errors))
    return (
      <ul class="hints">
        {errors.map(found => (
          <li>{sayFound(found, language, zone)}</li>
        ))}
      </ul>
    )
  const said = reply ?? error
  return typeof said === 'string' ? <q class="reply">{said}</q> : null
}
