import type { Language } from '../../domain/languages.ts'
import { importRefusal } from '../../domain/words/import-refusals.ts'
import { storyWords } from '../../domain/words/stories.ts'
import type { Article } from '../../store/articles.ts'
import { Button, ButtonLink } from '../views/parts/buttons.tsx'
import { Field } from '../views/parts/fields.tsx'
import { Empty } from '../views/parts/status.tsx'
import { Pager, Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'

/** A link that could not be imported, as it was typed. */
export type FailedImport = { url: string; refusal: Parameters<typeof importRefusal>[1] }

type Props = {
  frame: WorkspaceFrame
  rows: Article[]
  search: string
  older?: string
  first: boolean
  failed?: FailedImport
}

/** The stories, the newest first, with the two ways to get one. */
export const StoryList = ({ frame, rows, search, older, first, failed }: Props) => {
  const { language } = frame
  const words = storyWords[language]
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="stories"
      actions={<ButtonLink href="/admin/stories/new">{words.write}</ButtonLink>}
    >
      <ImportForm language={language} failed={failed} />
      {frame.counts.stories > 0 && (
        <search>
          <form method="get" action="/admin/stories">
            <Field
              name="q"
              type="search"
              label={words.search}
              value={search}
              beside={<Button>{words.searchButton}</Button>}
            />
          </form>
        </search>
      )}
      {search && (
        <p>
          {words.found(rows.length, search)} · <a href="/admin/stories">{words.all}</a>
        </p>
      )}
      {rows.length > 0 ? (
        <StoryTable rows={rows} frame={frame} />
      ) : (
        !search && (
          <Empty title={words.emptyTitle}>
            <p>{words.empty}</p>
          </Empty>
        )
      )}
      <Pager older={older} newer={first ? undefined : '/admin/stories'} language={language} />
    </WorkspacePage>
  )
}

const ImportForm = ({ language, failed }: { language: Language; failed?: FailedImport }) => {
  const words = storyWords[language]
  return (
    <form method="post" action="/admin/stories/import" novalidate>
      <Field
        name="url"
        type="url"
        label={words.importLabel}
        hint={words.importHint}
        placeholder="https://"
        value={failed?.url}
        error={failed && importRefusal(language, failed.refusal)}
        beside={<Button kind="main">{words.importButton}</Button>}
      />
    </form>
  )
}

const StoryTable = ({
  rows,
  frame: { language, publication },
}: {
  rows: Article[]
  frame: WorkspaceFrame
}) => {
  const words = storyWords[language]
  return (
    <Table
      caption={words.caption}
      rows={rows}
      columns={[
        {
          head: words.columns.title,
          kind: 'title',
          cell: row => <a href={`/admin/stories/${row.id}`}>{row.title}</a>,
        },
        { head: words.columns.section, cell: row => row.section },
        {
          head: words.columns.kind,
          cell: row => (row.kind === 'partner' ? words.partner(row.sponsor ?? '') : words.editorial),
        },
        {
          head: words.columns.published,
          cell: row =>
            row.publishedAt ? (
              <Time at={row.publishedAt} zone={publication.timeZone} language={language} as="day" />
            ) : (
              '–'
            ),
        },
      ]}
    />
  )
}
