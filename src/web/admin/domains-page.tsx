import { sayNumber } from '../../domain/dates.ts'
import { resultWords } from '../../domain/words/results.ts'
import type { Digest } from '../../store/digests.ts'
import type { DomainBalance } from '../../store/dispatch-domains.ts'
import { ButtonLink } from '../views/parts/buttons.tsx'
import { Empty } from '../views/parts/status.tsx'
import { type Column, Table } from '../views/parts/table.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'

type Props = { frame: WorkspaceFrame; digest: Digest; rows: DomainBalance[] }

/** Where a dispatch stands at the domains that most of its readers have. */
export const DomainsPage = ({ frame, digest, rows }: Props) => {
  const words = resultWords[frame.language].domains
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="digests"
      actions={<ButtonLink href={`/admin/digests/${digest.id}`}>{words.back}</ButtonLink>}
    >
      <p class="facts-title">{digest.subject}</p>
      {rows.length === 0 ? (
        <Empty title={words.none}>
          <p>{words.noneText}</p>
        </Empty>
      ) : (
        <Table caption={words.caption} rows={rows} columns={columnsOf(frame, digest)} />
      )}
    </WorkspacePage>
  )
}

const counts = ['sent', 'failed', 'unknown', 'suppressed', 'pending', 'intended'] as const

function columnsOf({ language }: WorkspaceFrame, digest: Digest): Column<DomainBalance>[] {
  const words = resultWords[language].domains
  return [
    { head: words.domain, kind: 'title', cell: row => row.domain },
    ...counts.map(count => ({
      head: words.counts[count],
      kind: 'number' as const,
      cell: (row: DomainBalance) => {
        const number = sayNumber(row[count], language)
        const listed = (count === 'failed' || count === 'unknown') && row[count] > 0
        const query = new URLSearchParams({ state: count, domain: row.domain })
        return listed ? <a href={`/admin/digests/${digest.id}/failures?${query}`}>{number}</a> : number
      },
    })),
  ]
}
