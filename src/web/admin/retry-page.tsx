import { failureWords } from '../../domain/words/failures.ts'
import type { Digest } from '../../store/digests.ts'
import type { Dispatch } from '../../store/dispatches.ts'
import type { Retriable } from '../../store/failures.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { type FailureFilter, queryOf } from './failure-filter.ts'
import type { WorkspaceFrame } from './frame.ts'

type Props = {
  frame: WorkspaceFrame
  digest: Digest
  dispatch: Dispatch
  filter: FailureFilter
  counts: Retriable
  asOf: Date
  /** Whether the dispatch can go on. */
  open: boolean
}

/** Before readers are tried again: how many, what happens then, and who stays out. */
export const RetryPage = (props: Props) => {
  const { frame, digest, filter, counts, open } = props
  const words = failureWords[frame.language].retry
  const readers = counts.failed + counts.unknown
  const able = open && readers > 0
  const back = `/admin/digests/${digest.id}/failures${queryOf({ ...filter, readers: [] })}`
  return (
    <WorkspacePage {...frame} title={able ? words.title(readers) : words.nothing} current="digests">
      <p class="facts-title">{digest.subject}</p>
      {able ? <WhatHappens {...props} /> : <p>{open ? words.nothingText : words.final}</p>}
      <WhoStaysOut {...props} />
      <form method="post" action={`/admin/digests/${digest.id}/retry${queryOf(filter)}`}>
        <input type="hidden" name="asOf" value={props.asOf.toISOString()} />
        <Buttons>
          {able && (
            <Button kind="main" name="how" value="send">
              {words.act(readers)}
            </Button>
          )}
          {able && counts.unknown > 0 && (
            <Button name="how" value="count-as-sent">
              {words.asSent(counts.unknown)}
            </Button>
          )}
          <ButtonLink href={back}>{words.keep}</ButtonLink>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}

const WhatHappens = ({ frame, dispatch, counts }: Props) => {
  const words = failureWords[frame.language].retry
  return (
    <>
      <p>
        {dispatch.state === 'finished' && `${words.reopens} `}
        {dispatch.state === 'paused' ? words.paused : words.sends}
      </p>
      {counts.unknown > 0 && <p>{words.twice(counts.unknown)}</p>}
      {isOld(dispatch) && <p>{words.tooLate}</p>}
    </>
  )
}

/** Whether its time to deliver is over. */
const isOld = ({ deliverUntil }: Dispatch) => deliverUntil !== null && deliverUntil.getTime() < Date.now()

const WhoStaysOut = ({ frame, dispatch, filter, counts }: Props) => {
  const words = failureWords[frame.language].retry
  const byItself = dispatch.unknownPolicy === 'retry' && dispatch.unknown > 0 && filter.state !== 'failed'
  return (
    <>
      {counts.kept > 0 && (
        <p>
          {words.kept(counts.kept)}{' '}
          <a href={`/admin/readers/suppressed?dispatch=${dispatch.id}`}>{words.see}</a>
        </p>
      )}
      {byItself && <p>{words.byItself}</p>}
    </>
  )
}
