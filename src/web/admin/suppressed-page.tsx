import { mayAct } from '../../domain/roles.ts'
import { readerWords } from '../../domain/words/readers.ts'
import type { Suppression } from '../../store/suppressions.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Field } from '../views/parts/fields.tsx'
import { Empty, Notice } from '../views/parts/status.tsx'
import { Pager, Table } from '../views/parts/table.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { evidenceOf } from './one-reader.tsx'
import { When } from './reader-history.tsx'
import { ReadersTabs } from './readers-tabs.tsx'

type Props = WorkspaceFrame & {
  rows: Suppression[]
  first?: string
  older?: string
  fields: Fields
  errors: FormErrors
  done?: string
}

/** All suppressed addresses with their evidence, and the form that adds one. */
export const SuppressedPage = ({ rows, first, older, fields, errors, done, ...frame }: Props) => {
  const words = readerWords[frame.language]
  return (
    <WorkspacePage
      {...frame}
      title={words.suppressions.title}
      current="readers"
      notice={
        (done === 'suppressed' && <Notice tone="good">{words.reader.suppressedNow}</Notice>) ||
        (done === 'lifted' && <Notice tone="good">{words.reader.lifted}</Notice>)
      }
    >
      <ReadersTabs current="suppressions" actor={frame.actor} />
      <p class="hint">{words.suppressions.intro}</p>
      {rows.length === 0 ? (
        <Empty title={words.suppressions.none}>
          <p>{words.suppressions.noneText}</p>
        </Empty>
      ) : (
        <List rows={rows} frame={frame} />
      )}
      <Pager newer={first} older={older} language={frame.language} />
      <h2>{words.suppressions.add}</h2>
      <p class="hint">{words.suppressions.addText}</p>
      <form method="post" action="/admin/readers/suppressed" class="stack">
        <Field
          name="email"
          type="email"
          label={words.address}
          autocomplete="off"
          value={fields.email}
          error={errors.email}
          required
        />
        <Field
          name="why"
          label={words.suppressions.why}
          hint={words.suppressions.whyHint}
          value={fields.why}
          error={errors.why}
          required
        />
        <Button>{words.suppressions.addAct}</Button>
      </form>
    </WorkspacePage>
  )
}

const List = ({ rows, frame }: { rows: Suppression[]; frame: WorkspaceFrame }) => {
  const all = readerWords[frame.language]
  const words = all.suppressions
  const owns = mayAct(frame.actor.role, 'owner')
  return (
    <Table
      caption={words.caption}
      rows={rows}
      columns={[
        {
          head: all.address,
          cell: row => row.addressKey ?? <span class="muted">{words.hashOnly}</span>,
        },
        { head: words.cause, cell: row => words.causes[row.cause] },
        { head: words.evidence, cell: row => evidenceOf(row) },
        { head: all.reader.when, cell: row => <When at={row.createdAt} {...frame} /> },
        ...(owns
          ? [
              {
                head: words.lift,
                kind: 'action' as const,
                cell: (row: Suppression) => (
                  <form method="post" action={`/admin/readers/suppressed/${row.id}/lift`}>
                    <Button small label={words.liftLabel(row.addressKey ?? words.hashOnly)}>
                      {words.lift}
                    </Button>
                  </form>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}
