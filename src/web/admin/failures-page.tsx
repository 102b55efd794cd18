import { sayNumber } from '../../domain/dates.ts'
import type { Sight } from '../../domain/sight.ts'
import { failureWords } from '../../domain/words/failures.ts'
import type { Digest } from '../../store/digests.ts'
import type { Dispatch } from '../../store/dispatches.ts'
import { type Missed, type Tally, tallied } from '../../store/failures.ts'
import { Button, ButtonLink } from '../views/parts/buttons.tsx'
import { Field } from '../views/parts/fields.tsx'
import { Empty, Notice } from '../views/parts/status.tsx'
import { Table } from '../views/parts/table.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { type FailureFilter, queryOf } from './failure-filter.ts'
import type { WorkspaceFrame } from './frame.ts'
import { MissedList } from './missed-list.tsx'

export type FailuresProps = {
  frame: WorkspaceFrame
  digest: Digest
  dispatch: Dispatch
  filter: FailureFilter
  rows: Missed[]
  /** On the first page. */
  tallies?: { replies: Tally[]; domains: Tally[] }
  /** How many of them can be tried again; absent where this editor, or nobody, may. */
  retriable?: number
  sight: Sight
  start?: string
  more?: string
  done: { what?: string; readers: number }
}

/** Whom a digest did not reach, with what their servers said, and the way to try again. */
export const FailuresPage = (props: FailuresProps) => {
  const { frame, digest, dispatch, filter, rows, retriable } = props
  const words = failureWords[frame.language]
  const base = `/admin/digests/${digest.id}`
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="digests"
      notice={<Done {...props} />}
      actions={
        <>
          <ButtonLink href={base}>{words.back}</ButtonLink>
          {retriable ? (
            <ButtonLink kind="main" href={`${base}/retry${queryOf(filter)}`}>
              {words.tryAgain(retriable)}
            </ButtonLink>
          ) : null}
        </>
      }
    >
      <p class="facts-title">{digest.subject}</p>
      <Tabs {...props} />
      {dispatch.suppressed + dispatch.pending > 0 && (
        <p class="hint">{words.further(dispatch.suppressed, dispatch.pending)}</p>
      )}
      {(rows.length > 0 || isNarrowed(filter)) && <Search {...props} />}
      {rows.length === 0 ? (
        <Empty title={words.none}>
          <p>{isNarrowed(filter) ? words.noneFound : words.noneMissed}</p>
        </Empty>
      ) : (
        <>
          <Tallies {...props} />
          <h2>{words.list}</h2>
          <MissedList {...props} />
          <Pages {...props} />
        </>
      )}
    </WorkspacePage>
  )
}

const isNarrowed = ({ q, domain }: FailureFilter) => q !== '' || domain !== ''

const Done = ({ frame, done }: FailuresProps) => {
  const words = failureWords[frame.language].done
  switch (done.what) {
    case 'send':
    case 'count-as-sent':
      return <Notice tone="good">{words[done.what](done.readers)}</Notice>
    case 'nobody':
      return <Notice tone="look">{words.nobody}</Notice>
    case 'final':
      return <Notice tone="fix">{words.final}</Notice>
    default:
      return null
  }
}

const Tabs = ({ frame, digest, dispatch, filter }: FailuresProps) => {
  const words = failureWords[frame.language]
  const counts = {
    missed: dispatch.failed + dispatch.unknown,
    failed: dispatch.failed,
    unknown: dispatch.unknown,
    pending: undefined,
  }
  return (
    <nav class="tabs" aria-label={words.tabs.label}>
      {(['missed', 'failed', 'unknown', 'pending'] as const).map(state => (
        <a
          href={`/admin/digests/${digest.id}/failures${queryOf(filter, { state })}`}
          aria-current={state === filter.state ? 'page' : undefined}
        >
          {words.tabs[state]}
          {counts[state] !== undefined && (
            <span class="tab-count">{sayNumber(counts[state], frame.language)}</span>
          )}
        </a>
      ))}
    </nav>
  )
}

const Search = ({ frame, digest, filter, sight }: FailuresProps) => {
  const words = failureWords[frame.language]
  const path = `/admin/digests/${digest.id}/failures`
  return (
    <form method="get" action={path} class="search">
      {filter.state !== 'missed' && <input type="hidden" name="state" value={filter.state} />}
      <Field name="q" type="search" label={words.searches[sight]} value={filter.q} autocomplete="off" />
      <Field name="domain" label={words.domain} value={filter.domain} autocomplete="off" />
      <Button>{words.find}</Button>
      {isNarrowed(filter) && (
        <ButtonLink href={`${path}${queryOf({ ...filter, q: '', domain: '' })}`}>
          {words.everything}
        </ButtonLink>
      )}
      {sight !== 'none' && <a href={`${path}.csv${queryOf(filter)}`}>{words.download}</a>}
    </form>
  )
}

/** What is common to many, which says more than a list of thousands. */
const Tallies = ({ frame, digest, filter, tallies }: FailuresProps) => {
  const words = failureWords[frame.language]
  if (!tallies) return null
  const path = `/admin/digests/${digest.id}/failures`
  const count = {
    head: words.count,
    kind: 'number' as const,
    cell: (row: Tally) => sayNumber(row.count, frame.language),
  }
  const looked = tallies.replies.reduce((sum, row) => sum + row.count, 0)
  return (
    <div class="tallies">
      {looked >= tallied && <p class="hint">{words.among(looked)}</p>}
      <section>
        <h2>{words.replies}</h2>
        <Table
          caption={words.repliesCaption}
          rows={tallies.replies}
          columns={[
            {
              head: words.reply,
              cell: row =>
                row.name ? (
                  <a class="reply" href={`${path}${queryOf(filter, { q: row.name.slice(0, 254) })}`}>
                    {row.name}
                  </a>
                ) : (
                  <span class="muted">{words.noReply}</span>
                ),
            },
            count,
          ]}
        />
      </section>
      <section>
        <h2>{words.domains}</h2>
        <Table
          caption={words.domainsCaption}
          rows={tallies.domains}
          columns={[
            {
              head: words.domain,
              cell: row => <a href={`${path}${queryOf(filter, { domain: row.name })}`}>{row.name}</a>,
            },
            count,
          ]}
        />
      </section>
    </div>
  )
}

const Pages = ({ frame, start, more }: FailuresProps) => {
  const words = failureWords[frame.language]
  if (start === undefined && more === undefined) return null
  return (
    <nav class="pager" aria-label={words.list}>
      {start !== undefined ? <a href={start || '?'}>{words.start}</a> : <span />}
      {more !== undefined && (
        <a rel="next" href={more}>
          {words.more}
        </a>
      )}
    </nav>
  )
}
