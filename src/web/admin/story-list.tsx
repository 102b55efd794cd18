import { isEmbargoed } from '../../domain/article.ts'
import { exactMoment, sayClock } from '../../domain/dates.ts'
import { storyWords } from '../../domain/words/stories.ts'
import { saySent, sayStoryAge, trayWords } from '../../domain/words/tray.ts'
import type { Article } from '../../store/articles.ts'
import type { TrayArticle } from '../../store/tray.ts'
import { Button, ButtonLink } from '../views/parts/buttons.tsx'
import { Field } from '../views/parts/fields.tsx'
import { Empty, Notice, Status } from '../views/parts/status.tsx'
import { Pager, Table } from '../views/parts/table.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { type Imports, StoryImports } from './story-imports.tsx'
import { StoryThumb } from './story-thumb.tsx'

/** What was just done with a story, which its notice undoes. */
export type TrayDone = { kind: 'dismissed' | 'restored'; article: Article }

type Props = {
  frame: WorkspaceFrame
  rows: TrayArticle[]
  search: string
  /** This page's own address, to come back to. */
  here: string
  older?: string
  newer?: string
  imports?: Imports
  done?: TrayDone
}

/** The stories, the newest first, with the three ways to get some. */
export const StoryList = ({ frame, rows, search, here, older, newer, imports, done }: Props) => {
  const { language } = frame
  const words = storyWords[language]
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="stories"
      actions={
        <>
          <ButtonLink href="/admin/stories/feeds">{words.feeds}</ButtonLink>
          <ButtonLink href="/admin/stories/new">{words.write}</ButtonLink>
        </>
      }
      notice={done && <DoneNotice {...done} {...{ frame, here }} />}
    >
      <StoryImports language={language} imports={imports} />
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
        <StoryTable {...{ rows, frame, here }} />
      ) : (
        !search && (
          <Empty
            title={words.emptyTitle}
            action={<ButtonLink href="/admin/stories/feeds">{words.emptyFeeds}</ButtonLink>}
          >
            <p>{words.empty}</p>
          </Empty>
        )
      )}
      <Pager older={older} newer={newer} language={language} />
    </WorkspacePage>
  )
}

type Place = { frame: WorkspaceFrame; here: string }

const DoneNotice = ({ kind, article, frame, here }: TrayDone & Place) => {
  const words = trayWords[frame.language]
  const title = article.title
  return (
    <Notice tone="good" action={<Move article={article} {...{ frame, here }} />}>
      {kind === 'dismissed' ? words.isDismissed(title) : words.isRestored(title)}
    </Notice>
  )
}

/** Puts a story out of the tray, or brings it back. */
const Move = ({ article, frame, here }: { article: Article } & Place) => {
  const words = trayWords[frame.language]
  const out = article.dismissedAt !== null
  return (
    <form method="post" action={`/admin/stories/${article.id}/${out ? 'restore' : 'dismiss'}`}>
      <input type="hidden" name="to" value={here} />
      <Button small label={(out ? words.restoreNamed : words.dismissNamed)(article.title)}>
        {out ? words.restore : words.dismiss}
      </Button>
    </form>
  )
}

const StoryTable = ({ rows, frame, here }: { rows: TrayArticle[] } & Place) => {
  const { language, publication } = frame
  const words = storyWords[language]
  const place = { zone: publication.timeZone, language }
  return (
    <div class="stories">
      <Table
        caption={words.caption}
        rows={rows}
        columns={[
          { head: words.columns.title, kind: 'title', cell: row => <Story {...{ row, frame }} /> },
          { head: words.columns.section, cell: row => row.section },
          {
            head: words.columns.age,
            cell: row => {
              const at = row.publishedAt ?? row.createdAt
              return (
                <time datetime={at.toISOString()} title={exactMoment(at, place.zone, language)}>
                  {sayStoryAge(row, place)}
                </time>
              )
            },
          },
          {
            head: words.columns.actions,
            kind: 'action',
            cell: row => <Move article={row} {...{ frame, here }} />,
          },
        ]}
      />
    </div>
  )
}

/** A story's picture and headline, what it is, and where it has been. */
const Story = ({ row, frame: { language, publication } }: { row: TrayArticle; frame: WorkspaceFrame }) => {
  const words = trayWords[language]
  const place = { zone: publication.timeZone, language }
  const states = [
    row.kind === 'partner' && <Status>{storyWords[language].partner(row.sponsor ?? '')}</Status>,
    row.dismissedAt && <Status>{words.dismissed}</Status>,
    isEmbargoed(row) && (
      <Status tone="look">{words.embargo(sayClock(row.embargoUntil!, place.zone, language))}</Status>
    ),
  ].filter(Boolean)
  return (
    <div class="story">
      <StoryThumb article={row} />
      <div>
        <a href={`/admin/stories/${row.id}`}>{row.title}</a>
        {states.length > 0 && <p class="statuses">{states}</p>}
        {row.sent.map(sent => (
          <p class="story-sent">{saySent(sent, place)}</p>
        ))}
      </div>
    </div>
  )
}
