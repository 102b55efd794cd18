import { listedAddress, listedWords } from '../../domain/sight.ts'
import { failureWords } from '../../domain/words/failures.ts'
import type { Dispatch } from '../../store/dispatches.ts'
import type { Missed } from '../../store/failures.ts'
import { Button, Buttons } from '../views/parts/buttons.tsx'
import { Status } from '../views/parts/status.tsx'
import { Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import type { FailuresProps } from './failures-page.tsx'

const tones = { failed: 'fix', unknown: 'look', pending: 'plain' } as const

/** Whom a digest did not reach, each with what their server said; to be chosen where they can be tried again. */
export const MissedList = (props: FailuresProps) => {
  const { frame, digest, dispatch, filter, rows, retriable, sight } = props
  const words = failureWords[frame.language]
  const nameOf = (row: Missed) =>
    row.address ? listedAddress(sight, row.address) : `#${row.id} (${words.erased})`
  const table = (
    <Table
      caption={words.caption}
      rows={rows}
      columns={[
        ...(retriable
          ? [
              {
                head: words.choose,
                kind: 'action' as const,
                cell: (row: Missed) =>
                  isRetriable(row, dispatch) && (
                    <input
                      type="checkbox"
                      name="reader"
                      value={row.id}
                      aria-label={words.chooseReader(nameOf(row) ?? '')}
                    />
                  ),
              },
            ]
          : []),
        ...(sight !== 'none'
          ? [
              {
                head: words.reader,
                kind: 'title' as const,
                cell: (row: Missed) => (
                  <>
                    {row.address ? <a href={`/admin/readers/${row.id}`}>{nameOf(row)}</a> : nameOf(row)}{' '}
                    {row.suppressed && (
                      <a href={`/admin/readers/${row.id}`}>
                        <Status tone="look">{words.suppressed}</Status>
                      </a>
                    )}
                  </>
                ),
              },
            ]
          : []),
        {
          head: words.state,
          cell: (row: Missed) => <Status tone={tones[row.state]}>{words.states[row.state]}</Status>,
        },
        { head: words.reply, cell: (row: Missed) => <Reply row={row} {...props} /> },
      ]}
    />
  )
  if (!retriable) return table
  return (
    <form method="get" action={`/admin/digests/${digest.id}/retry`} class="chosen">
      <input type="hidden" name="state" value={filter.state} />
      <input type="hidden" name="reader" value="0" />
      {table}
      <Buttons>
        <Button>{words.tryChosen}</Button>
      </Buttons>
    </form>
  )
}

// As `retriable` in the store has it.
const isRetriable = ({ state, address, suppressed }: Missed, { unknownPolicy }: Dispatch) =>
  (state === 'failed' || (state === 'unknown' && unknownPolicy === 'hold')) && address !== null && !suppressed

/** What the server said, and below it how often and when. */
const Reply = ({ row, frame, sight }: FailuresProps & { row: Missed }) => {
  const words = failureWords[frame.language]
  return (
    <div class="reply">
      {row.reply ? <p>{listedWords(sight, row.reply)}</p> : <p class="muted">{words.noReply}</p>}
      <p class="muted small">
        {words.tries(row.attempts)}
        {row.at && (
          <>
            {' · '}
            <Time at={row.at} zone={frame.publication.timeZone} language={frame.language} />
          </>
        )}
      </p>
    </div>
  )
}
