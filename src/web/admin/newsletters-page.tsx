import { sayNumber } from '../../domain/dates.ts'
import { mayAct } from '../../domain/roles.ts'
import { newsletterWords } from '../../domain/words/newsletters.ts'
import { templateWords } from '../../domain/words/template.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Empty, Notice, Status } from '../views/parts/status.tsx'
import { type Column, Table } from '../views/parts/table.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'

type Readers = Map<number, { active: number; paused: number }>
type Props = WorkspaceFrame & { rows: Newsletter[]; readers: Readers; done?: string }

const add = '/admin/newsletters/new'

/** All newsletters with their numbers of readers. */
export const NewslettersPage = ({ rows, readers, done, ...frame }: Props) => {
  const words = newsletterWords[frame.language]
  const rules = mayAct(frame.actor.role, 'owner')
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="newsletters"
      notice={done && <Notice tone="good">{done}</Notice>}
      actions={
        rules &&
        rows.length > 0 && (
          <ButtonLink kind="main" href={add}>
            {words.add}
          </ButtonLink>
        )
      }
    >
      {rows.length > 0 ? (
        <Table
          caption={words.list}
          rows={rows}
          columns={[
            ...columnsFor(readers, frame, rules),
            ...(mayAct(frame.actor.role, 'editor') ? [templateColumn(frame)] : []),
            ...(rules ? ownersColumns(rows, frame.language) : []),
          ]}
        />
      ) : (
        <Empty
          title={words.none}
          action={
            rules && (
              <ButtonLink kind="main" href={add}>
                {words.add}
              </ButtonLink>
            )
          }
        >
          <p>{rules ? words.noneText : words.noneForOthers}</p>
        </Empty>
      )}
    </WorkspacePage>
  )
}

function columnsFor(readers: Readers, { language }: WorkspaceFrame, rules: boolean): Column<Newsletter>[] {
  const words = newsletterWords[language]
  return [
    {
      head: words.name,
      kind: 'title',
      cell: row => (rules ? <a href={`/admin/newsletters/${row.id}`}>{row.name}</a> : row.name),
    },
    { head: words.cadence, cell: row => row.schedule || words.cadences[row.cadence] },
    {
      head: words.state,
      cell: row =>
        row.state === 'open' ? <Status tone="good">{words.open}</Status> : <Status>{words.closed}</Status>,
    },
    {
      head: words.readers,
      kind: 'number',
      cell: row => {
        const { active, paused } = readers.get(row.id) ?? { active: 0, paused: 0 }
        return (
          <span>
            {sayNumber(active, language)}
            {paused > 0 && <span class="muted"> ({words.pausing(sayNumber(paused, language))})</span>}
          </span>
        )
      },
    },
  ]
}

const templateColumn = ({ language }: WorkspaceFrame): Column<Newsletter> => ({
  head: templateWords[language].template,
  cell: row => (
    <a href={`/admin/newsletters/${row.slug}/template`}>
      {row.template === null ? templateWords[language].shared : templateWords[language].own}
    </a>
  ),
})

function ownersColumns(rows: Newsletter[], language: WorkspaceFrame['language']): Column<Newsletter>[] {
  const words = newsletterWords[language]
  return [
    {
      head: words.order,
      kind: 'action',
      cell: row => (
        <form method="post" action={`/admin/newsletters/${row.id}/move`}>
          <Button
            small
            name="direction"
            value="up"
            label={words.up(row.name)}
            disabled={row.id === rows[0]?.id}
          >
            ↑
          </Button>{' '}
          <Button
            small
            name="direction"
            value="down"
            label={words.down(row.name)}
            disabled={row.id === rows.at(-1)?.id}
          >
            ↓
          </Button>
        </form>
      ),
    },
    {
      head: words.embed,
      kind: 'action',
      cell: row => <a href={`/embed/${row.slug}`}>{words.embed}</a>,
    },
  ]
}

type Removal = WorkspaceFrame & { newsletter: Newsletter; readers: number }

/** What can't be undone has its own page. */
export const RemoveNewsletterPage = ({ newsletter, readers, ...frame }: Removal) => {
  const words = newsletterWords[frame.language]
  const path = `/admin/newsletters/${newsletter.id}`
  return (
    <WorkspacePage {...frame} title={words.removing.title(newsletter.name)} current="newsletters">
      <p>{words.removing.readers(readers, sayNumber(readers, frame.language))}</p>
      <p>{words.removing.text}</p>
      <p>{words.removing.instead}</p>
      <form method="post" action={`${path}/remove`}>
        <Buttons>
          <Button kind="danger">{words.removing.act(newsletter.name)}</Button>
          <ButtonLink href={path}>{words.cancel}</ButtonLink>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}
