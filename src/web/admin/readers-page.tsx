import { sayNumber } from '../../domain/dates.ts'
import { oneReaderWords } from '../../domain/words/one-reader.ts'
import { readerSearchWords } from '../../domain/words/reader-search.ts'
import { readerWords } from '../../domain/words/readers.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import type { UpTo } from '../../store/reader-counts.ts'
import type { TermInUse } from '../../store/reader-terms.ts'
import type { ListedSubscriber } from '../../store/subscribers.ts'
import { ButtonLink } from '../views/parts/buttons.tsx'
import { Empty, Notice, Status } from '../views/parts/status.tsx'
import { Pager, Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import type { SoughtReaders } from './reader-filter.ts'
import { ReaderSearch } from './reader-search-form.tsx'
import { Tags } from './reader-tags.tsx'
import { ReadersTabs } from './readers-tabs.tsx'

export type ReaderCounts = {
  reading: number
  /** Undefined: too many readers to count those who read nothing. */
  none: number | undefined
  waiting: UpTo
  suppressed: UpTo
  newsletters: (Newsletter & { active?: number; paused?: number })[]
}
export type ReaderList = {
  rows: (ListedSubscriber & { suppressed: boolean })[]
  sought: SoughtReaders
  newsletters: Newsletter[]
  tags: TermInUse[]
  attributes: TermInUse[]
  first?: string
  older?: string
  /** Addresses in full, and a search by any part of one. */
  seesAll: boolean
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
      notice={erased && <Notice tone="good">{oneReaderWords[frame.language].erasing.done}</Notice>}
      actions={
        list && (
          <>
            {list.mayExport && <a href="/admin/readers/export">{words.export}</a>}
            <ButtonLink href="/admin/readers/add">{words.add}</ButtonLink>
          </>
        )
      }
    >
      <ReadersTabs current="list" actor={frame.actor} />
      <Counts counts={numbers} language={frame.language} />
      {list ? (
        <List list={list} frame={frame} />
      ) : (
        <>
          <ByNewsletter {...numbers} language={frame.language} />
          <p class="muted">{words.onlyNumbers}</p>
        </>
      )}
    </WorkspacePage>
  )
}

type Spoken = { language: WorkspaceFrame['language'] }

const Counts = ({ counts, language }: { counts: ReaderCounts } & Spoken) => {
  const words = readerWords[language].counts
  const say = ({ count, more }: UpTo) => {
    const number = sayNumber(count, language)
    return more ? readerSearchWords[language].moreThan(number) : number
  }
  const facts = [
    [words.reading, sayNumber(counts.reading, language)],
    ...(counts.none === undefined ? [] : [[words.none, sayNumber(counts.none, language)] as const]),
    [words.waiting, say(counts.waiting)],
    [words.suppressed, say(counts.suppressed)],
  ] as const
  return (
    <dl class="facts">
      {facts.map(([name, count]) => (
        <>
          <dt>{name}</dt>
          <dd class="number">{count}</dd>
        </>
      ))}
    </dl>
  )
}

const ByNewsletter = ({ newsletters, language }: Pick<ReaderCounts, 'newsletters'> & Spoken) => {
  const words = readerWords[language]
  if (!newsletters.length) return null
  return (
    <Table
      caption={words.newsletter}
      rows={newsletters}
      columns={[
        { head: words.newsletter, kind: 'title', cell: row => row.name },
        {
          head: oneReaderWords[language].active,
          kind: 'number',
          cell: row => sayNumber(row.active ?? 0, language),
        },
        {
          head: oneReaderWords[language].paused,
          kind: 'number',
          cell: row => sayNumber(row.paused ?? 0, language),
        },
      ]}
    />
  )
}

const List = ({ list, frame }: { list: ReaderList; frame: WorkspaceFrame }) => {
  const { language, publication } = frame
  const words = readerWords[language]
  const searching = Object.keys(list.sought.typed).length > 0
  if (!searching && list.rows.length === 0 && !list.first)
    return (
      <Empty title={words.nothing}>
        <p>{words.noneYet}</p>
      </Empty>
    )
  const tagged = list.rows.some(row => row.tags.length > 0)
  return (
    <>
      <ReaderSearch list={list} language={language} />
      {list.rows.length === 0 ? (
        <Empty title={words.nothing}>
          <p>{readerSearchWords[language].nothingFound}</p>
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
            ...(tagged
              ? [
                  {
                    head: readerSearchWords[language].tags,
                    cell: (row: ListedSubscriber) => <Tags tags={row.tags} />,
                  },
                ]
              : []),
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
