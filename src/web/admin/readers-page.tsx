import { sayNumber } from '../../domain/dates.ts'
import { readerWords } from '../../domain/words/readers.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import type { ListedSubscriber } from '../../store/subscribers.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Field, Select } from '../views/parts/fields.tsx'
import { Empty, Notice, Status } from '../views/parts/status.tsx'
import { Pager, Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { ReadersTabs } from './readers-tabs.tsx'

export type ReaderCounts = { all: number; reading: number; waiting: number; suppressed: number }
export type ReaderList = {
  rows: (ListedSubscriber & { suppressed: boolean })[]
  search: string
  newsletter?: string
  newsletters: Newsletter[]
  first?: string
  older?: string
  mayExport: boolean
}

type Props = WorkspaceFrame & { numbers: ReaderCounts; list?: ReaderList; erased: boolean }

/** How many readers there are, and, for those who may see them, who. */
export const ReadersPage = ({ numbers, list, erased, ...frame }: Props) => {
  const words = readerWords[frame.language]
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="readers"
      notice={erased && <Notice tone="good">{words.erasing.done}</Notice>}
      actions={list?.mayExport && <a href="/admin/readers/export">{words.export}</a>}
    >
      <ReadersTabs current="list" actor={frame.actor} />
      <Counts counts={numbers} language={frame.language} />
      {list ? <List list={list} frame={frame} /> : <p class="muted">{words.onlyNumbers}</p>}
    </WorkspacePage>
  )
}

const Counts = ({ counts, language }: { counts: ReaderCounts; language: WorkspaceFrame['language'] }) => {
  const words = readerWords[language].counts
  const facts = [
    [words.reading, counts.reading],
    [words.none, counts.all - counts.reading],
    [words.waiting, counts.waiting],
    [words.suppressed, counts.suppressed],
  ] as const
  return (
    <dl class="facts">
      {facts.map(([name, count]) => (
        <>
          <dt>{name}</dt>
          <dd class="number">{sayNumber(count, language)}</dd>
        </>
      ))}
    </dl>
  )
}

const List = ({ list, frame }: { list: ReaderList; frame: WorkspaceFrame }) => {
  const { language, publication } = frame
  const words = readerWords[language]
  const searching = list.search !== '' || list.newsletter !== undefined
  if (!searching && list.rows.length === 0 && !list.first)
    return (
      <Empty title={words.nothing}>
        <p>{words.noneYet}</p>
      </Empty>
    )
  return (
    <>
      <Search list={list} language={language} />
      {list.rows.length === 0 ? (
        <Empty title={words.nothing}>
          <p>{words.nothingFound}</p>
        </Empty>
      ) : (
        <Table
          caption={words.caption}
          rows={list.rows}
          columns={[
            {
              head: words.address,
              kind: 'title',
              cell: row => (
                <>
                  <a href={`/admin/readers/${row.id}`}>{row.email}</a>
                  {row.suppressed && (
                    <>
                      {' '}
                      <Status tone="look">{words.suppressed}</Status>
                    </>
                  )}
                </>
              ),
            },
            { head: words.name, cell: row => row.name },
            { head: words.gets, cell: row => <Gets row={row} list={list} none={words.getsNothing} /> },
            {
              head: words.since,
              cell: row => (
                <Time at={row.createdAt} zone={publication.timeZone} language={language} as="day" />
              ),
            },
          ]}
        />
      )}
      <Pager newer={list.first} older={list.older} language={language} />
    </>
  )
}

const Gets = ({ row, list, none }: { row: ListedSubscriber; list: ReaderList; none: string }) => {
  const names = row.subscriptions
    .filter(subscription => subscription.state === 'active')
    .map(({ newsletter }) => list.newsletters.find(one => one.slug === newsletter)?.name ?? newsletter)
  return names.length ? names.join(', ') : <span class="muted">{none}</span>
}

const Search = ({ list, language }: { list: ReaderList; language: WorkspaceFrame['language'] }) => {
  const words = readerWords[language]
  return (
    <form method="get" action="/admin/readers" class="search">
      <Field name="q" type="search" label={words.search} value={list.search} autocomplete="off" />
      <Select
        name="newsletter"
        label={words.newsletter}
        value={list.newsletter ?? ''}
        options={[
          { value: '', label: words.every },
          ...list.newsletters.map(({ slug, name }) => ({ value: slug, label: name })),
        ]}
      />
      <Button>{words.find}</Button>
    </form>
  )
}
