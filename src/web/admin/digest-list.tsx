import { approvalWords } from '../../domain/words/approval.ts'
import { digestWords } from '../../domain/words/digests.ts'
import type { Approval } from '../../store/approvals.ts'
import { type Digest, momentOf } from '../../store/digests.ts'
import { placeText } from '../list-query.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Empty, Status, type Tone } from '../views/parts/status.tsx'
import { Pager, Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { DigestsTabs } from './digests-tabs.tsx'
import type { WorkspaceFrame } from './frame.ts'

type Props = {
  frame: WorkspaceFrame
  rows: Digest[]
  /** Where those stand that wait for a second person, or were given back. */
  approvals: Map<number, Approval['state']>
  more: boolean
  first: boolean
  /** Something was sent that the next one may be begun from. */
  hasEdition: boolean
}

export const tones: Record<Digest['state'], Tone> = {
  draft: 'plain',
  scheduled: 'look',
  sending: 'look',
  paused: 'fix',
  finished: 'good',
  cancelled: 'plain',
}

/** All digests, the newest first, with the ways to begin one: anew, and from the last edition where there is one. */
export const DigestList = ({ frame, rows, approvals, more, first, hasEdition }: Props) => {
  const { language, publication } = frame
  const words = digestWords[language]
  const begin = (
    <>
      {hasEdition && (
        <form method="post" action="/admin/digests/from-last">
          <Button>{words.fromLast}</Button>
        </form>
      )}
      <form method="post" action="/admin/digests">
        <Button kind="main">{words.create}</Button>
      </form>
    </>
  )
  return (
    <WorkspacePage {...frame} title={words.title} current="digests" actions={begin}>
      <DigestsTabs current="list" language={language} />
      {rows.length === 0 ? (
        <Empty title={words.emptyTitle}>
          <p>{words.empty}</p>
        </Empty>
      ) : (
        <Table
          caption={words.caption}
          rows={rows}
          columns={[
            {
              head: words.columns.subject,
              kind: 'title',
              cell: row => <a href={`/admin/digests/${row.id}`}>{row.subject || words.untitled}</a>,
            },
            { head: words.columns.newsletters, cell: row => row.newsletters.map(one => one.name).join(', ') },
            {
              head: words.columns.state,
              cell: row => (
                <span class="statuses">
                  <Status tone={tones[row.state]}>{words.states[row.state]}</Status>
                  {row.breaking && <Status>{words.breaking}</Status>}
                  {row.withdrawnAt && <Status tone="fix">{words.withdrawn}</Status>}
                  <ApprovalState row={row} state={approvals.get(row.id)} language={language} />
                </span>
              ),
            },
            {
              head: words.columns.when,
              cell: row => <Time at={momentOf(row)} zone={publication.timeZone} language={language} />,
            },
          ]}
        />
      )}
      <Pager
        language={language}
        older={more ? `/admin/digests?before=${placeOf(rows.at(-1)!)}` : undefined}
        newer={first ? undefined : '/admin/digests'}
      />
    </WorkspacePage>
  )
}

const placeOf = (row: Digest) => placeText({ at: momentOf(row), id: row.id })

const approvalTones = { asked: 'look', approved: 'good', sent_back: 'fix', void: 'fix' } as const

/** What is a draft or waits for its time says where it stands; what has gone out says so itself. */
const ApprovalState = ({
  row,
  state,
  language,
}: {
  row: Digest
  state?: Approval['state']
  language: WorkspaceFrame['language']
}) =>
  state && (row.state === 'draft' || row.state === 'scheduled') ? (
    <Status tone={approvalTones[state]}>{approvalWords[language].states[state]}</Status>
  ) : null
